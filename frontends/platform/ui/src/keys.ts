import { tell } from '@app/sdk';
import { useEffect } from 'react';

/** Something that the page offers in the palette, and on a key. */
export interface Command {
  id: string;
  label: string;
  /** `e`, or `g c` for one after the other. */
  keys?: string;
  run: () => void;
}

/** Offers commands while the component is shown: in the palette, in the help, and on their keys. */
export function useCommands(owner: string, commands: Command[]): void {
  useEffect(() => {
    tell('commands', { owner, commands });
  });
  useEffect(() => () => tell('commands', { owner, commands: [] }), [owner]);
}

/** Whether what is typed goes into a field, and is no command. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(
    target?.closest?.('input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]'),
  );
}
