import { boot, type FrontendEntry, mountEntry, on, report } from '@app/sdk';
import { Banner, Button, Line, Skeleton } from '@app/ui';
import { useEffect, useRef, useState } from 'react';
import styles from './outlet.module.css';
import { useText } from './text.ts';

/** Shows a frontend. When it breaks, it breaks alone. */
export function Outlet({ frontend }: { frontend: FrontendEntry }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'there' | 'broken'>('loading');
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try mounts it again.
  useEffect(() => {
    const ended = new AbortController();
    const el = document.createElement('div');
    place.current?.replaceChildren(el);
    const fail = (error: unknown) => {
      if (ended.signal.aborted) return;
      report(frontend.name, error);
      setState('broken');
    };
    setState('loading');
    mountEntry(frontend, frontend.entry, el, ended.signal).then(() => setState('there'), fail);
    const quiet = on('frontend-error', ({ name, error }) => name === frontend.name && fail(error));
    return () => {
      quiet();
      ended.abort();
    };
  }, [frontend, tries]);
  return (
    <>
      {state === 'loading' ? <Skeleton kind="card" lines={2} /> : null}
      {state === 'broken' ? (
        <Broken frontend={frontend} tries={tries} onRetry={() => setTries(tries + 1)} />
      ) : null}
      <div ref={place} hidden={state === 'broken'} />
    </>
  );
}

// A browser may remember that a module was not there, so the second time the whole page is offered.
function Broken({
  frontend,
  tries,
  onRetry,
}: {
  frontend: FrontendEntry;
  tries: number;
  onRetry: () => void;
}) {
  const t = useText();
  const language = boot().locale.slice(0, 2);
  return (
    <div className={styles.broken}>
      <Banner
        tone="danger"
        title={t('crashed.title', { name: frontend.title[language] ?? frontend.name })}
        action={
          <Line>
            <Button onPress={onRetry}>{t('crashed.retry')}</Button>
            {tries > 0 ? <Button onPress={() => location.reload()}>{t('crashed.reload')}</Button> : null}
          </Line>
        }
      >
        {t('crashed.text')}
      </Banner>
    </div>
  );
}
