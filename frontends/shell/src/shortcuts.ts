import { on } from '@app/sdk';
import { type Command, isTyping } from '@app/ui';
import { useEffect, useRef } from 'react';

const offered = new Map<string, Command[]>();

on('commands', ({ owner, commands }) => {
  if (commands.length > 0) offered.set(owner, commands);
  else offered.delete(owner);
});

/** What the page offers at this moment. */
export function pageCommands(): Command[] {
  return [...offered.values()].flat();
}

const pause = 800;

/** Keys of the whole product: `/` and `Ctrl K`, `?`, and those of the page. */
export function useShortcuts(run: { find: () => void; help: () => void }): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    let before = { key: '', at: 0 };
    const take = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.find();
        return;
      }
      if (
        isTyping(event) ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        document.querySelector('[role="dialog"]')
      )
        return;
      const pair = Date.now() - before.at < pause ? `${before.key} ${event.key}` : '';
      before = { key: event.key, at: Date.now() };
      const command = pageCommands().find(
        ({ keys }) => keys !== undefined && (keys === pair || keys === event.key),
      );
      const act =
        command?.run ??
        (event.key === '/' ? latest.current.find : event.key === '?' ? latest.current.help : null);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', take);
    return () => document.removeEventListener('keydown', take);
  }, []);
}
