import { mountEntry, report, slotsFor } from '@app/sdk';
import { useEffect, useRef, useState } from 'react';
import styles from './slot.module.css';
import { Failed, Skeleton } from './states.tsx';

/**
 * A place on a page that other frontends fill.
 *
 * @param name whose page, and which place: `customer.aside`
 * @param props what the page says to them
 */
export function Slot({ name, props }: { name: string; props: Record<string, unknown> }) {
  return slotsFor(name).map(({ frontend, entry }) => (
    <Filled
      key={entry.entry}
      name={frontend.name}
      load={(el, signal) => mountEntry(frontend, entry.entry, el, signal, props)}
      id={JSON.stringify(props)}
    />
  ));
}

function Filled({
  name,
  load,
  id,
}: {
  name: string;
  load: (el: HTMLElement, signal: AbortSignal) => Promise<void>;
  id: string;
}) {
  const el = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<{ error?: unknown; isThere?: boolean }>({});
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is filled again when what the page says changes.
  useEffect(() => {
    const ended = new AbortController();
    const inside = document.createElement('div');
    el.current?.replaceChildren(inside);
    load(inside, ended.signal).then(
      () => setState({ isThere: true }),
      (error) => {
        report(name, error);
        setState({ error });
      },
    );
    return () => ended.abort();
  }, [id, tries]);
  return (
    <div className={styles.slot}>
      {state.error ? (
        <Failed
          error={state.error}
          onRetry={() => {
            setState({});
            setTries(tries + 1);
          }}
        />
      ) : null}
      {!state.error && !state.isThere ? <Skeleton lines={3} /> : null}
      <div ref={el} />
    </div>
  );
}
