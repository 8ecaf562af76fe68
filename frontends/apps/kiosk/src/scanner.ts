import { useEffect, useRef } from 'react';

/** A scanner types like a keyboard, only faster than any hand: in milliseconds between two characters. */
const fastest = 80;
/** A text shorter than this is no boarding pass. */
const shortest = 40;

/** Calls `take` with each text that a scanner reads, while the component is shown. */
export function useScanner(take: (text: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let text = '';
    let last = 0;
    const hear = (event: KeyboardEvent) => {
      if (event.timeStamp - last > fastest) text = '';
      last = event.timeStamp;
      if (event.key === 'Enter' && text.length >= shortest) {
        event.preventDefault();
        event.stopPropagation();
        latest.current(text);
        text = '';
      } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) text += event.key;
      // The rest of a scan is no shortcut of the page.
      if (text.length > 1) event.stopPropagation();
    };
    addEventListener('keydown', hear, { capture: true });
    return () => removeEventListener('keydown', hear, { capture: true });
  }, []);
}
