import { useEffect, useState } from 'react';

/** After how many seconds without a touch everything begins anew, and when it is said. */
export const idle = { over: 30, warned: 20 };

/**
 * Watches whether somebody is there.
 *
 * @param isWatching nothing is watched on the first screen
 * @param onOver called when nobody was there for 30 s
 * @returns the seconds that are left, once there are few; null before
 */
export function useIdle(isWatching: boolean, onOver: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!isWatching) return;
    let last = performance.now();
    const touch = () => {
      last = performance.now();
      setLeft(null);
    };
    const look = () => {
      const seconds = Math.floor((performance.now() - last) / 1000);
      if (seconds >= idle.over) onOver();
      else setLeft(seconds >= idle.warned ? idle.over - seconds : null);
    };
    const timer = setInterval(look, 250);
    const kinds = ['pointerdown', 'keydown', 'scroll'] as const;
    for (const kind of kinds) addEventListener(kind, touch, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const kind of kinds) removeEventListener(kind, touch, { capture: true });
      setLeft(null);
    };
  }, [isWatching, onOver]);
  return left;
}
