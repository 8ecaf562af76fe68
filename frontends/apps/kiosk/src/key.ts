import { device } from '@app/sdk';
import { useEffect } from 'react';

/** How often the key is shown while nobody is there, in milliseconds: what it is good for ends after five minutes. */
const every = 3 * 60 * 1000;

/** Shows the key of this kiosk again. The journey that was at hand goes with the person. */
export async function showKey(): Promise<void> {
  // Without a line, or when somebody has revoked it, the next question is refused, and says so.
  await device.signIn().catch(() => false);
}

/** Keeps this kiosk signed in while nobody is there; in between it would take the journey away. */
export function useKey(isBusy: boolean): void {
  useEffect(() => {
    if (isBusy) return;
    const timer = setInterval(() => void showKey(), every);
    return () => clearInterval(timer);
  }, [isBusy]);
}
