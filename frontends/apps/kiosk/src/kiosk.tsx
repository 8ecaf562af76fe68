import { queryClient } from '@app/sdk';
import { useScale } from '@app/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Leg, readBoardingPass } from './boarding-pass.ts';
import { Bar } from './frame.tsx';
import { Identify } from './identify/page.tsx';
import { useIdle } from './idle.ts';
import { JourneyPage } from './journey/page.tsx';
import { showKey, useKey } from './key.ts';
import styles from './kiosk.module.css';
import { type Language, Languages } from './language.tsx';
import { useScanner } from './scanner.ts';
import { Still } from './still.tsx';

/** What a flight number leads to: the flights of that number on a day. */
export interface FlightOfDay {
  carrier: string;
  number: number;
  departsOn: string;
}

/** Who stands before the kiosk, as far as it knows: the flights of a boarding pass, a flight number, or a booking. */
export type Asked =
  | { kind: 'pass'; legs: Leg[] }
  | { kind: 'number'; flight: FlightOfDay }
  | { kind: 'booking' };

interface State {
  /** Counted up by each new beginning, so that nothing of the last person is left in any component. */
  visit: number;
  language: Language;
  asked: Asked | null;
  isUnread: boolean;
}

const first: Omit<State, 'visit'> = { language: 'en', asked: null, isUnread: false };

/** The whole of the kiosk: it covers everything else on the page. */
export function Kiosk() {
  useScale('kiosk');
  const [state, setState] = useState<State>({ visit: 0, ...first });
  const change = useCallback((changes: Partial<State>) => setState((all) => ({ ...all, ...changes })), []);
  const reset = useCallback(() => {
    // Answers lie in memory alone; they go with the person.
    queryClient.clear();
    void showKey();
    setState(({ visit }) => ({ visit: visit + 1, ...first }));
  }, []);
  useScanner((text) => {
    const legs = readBoardingPass(text, new Date());
    change(legs ? { asked: { kind: 'pass', legs }, isUnread: false } : { isUnread: true });
  });
  useKey(state.asked !== null);
  const isBusy = state.asked !== null || state.isUnread || state.language !== first.language;
  const left = useIdle(isBusy, reset);
  const speak = useCallback((language: Language) => change({ language }), [change]);
  return (
    <Cover>
      <Languages language={state.language} onChange={speak}>
        <Bar onReset={isBusy ? reset : null} />
        <main className={styles.main} key={state.visit}>
          {state.asked ? (
            <JourneyPage asked={state.asked} onReset={reset} />
          ) : (
            <Identify isUnread={state.isUnread} onAsked={(asked) => change({ asked, isUnread: false })} />
          )}
        </main>
        {left === null ? null : <Still seconds={left} onReset={reset} />}
      </Languages>
    </Cover>
  );
}

// A modal dialog of the browser: whatever else is on the page can neither be seen, nor touched, nor reached.
function Cover({ children }: { children: React.ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current && !current.open) current.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.cover}
      aria-label="Jetbridge"
      onCancel={(event) => event.preventDefault()}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}
