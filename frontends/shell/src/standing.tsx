import { boot, on, session } from '@app/sdk';
import { Banner, Button, format } from '@app/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';
import styles from './standing.module.css';
import { useText } from './text.ts';

const warnBefore = 5 * 60_000;
const lookEvery = 60_000;

/** How things stand between the page and the server: no line, an old page, a session that ends. */
export function Standing() {
  const t = useText();
  const isOnline = useSyncExternalStore(watchLine, () => navigator.onLine);
  const [isOld, setOld] = useState(false);
  const [isOver, setOver] = useState(false);
  const [now, setNow] = useState(Date.now());
  useEffect(() => on('session-ended', () => setOver(true)), []);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      if (document.visibilityState === 'visible') void isNewer().then((newer) => newer && setOld(true));
    }, lookEvery);
    return () => clearInterval(timer);
  }, []);
  const expiresAt = session()?.expiresAt;
  const isEnding = expiresAt && new Date(expiresAt).getTime() - now < warnBefore;
  return (
    <div className={styles.standing}>
      {isOnline ? null : <Banner tone="warning">{t('offline')}</Banner>}
      {isOver ? (
        <Banner
          tone="danger"
          action={<Button onPress={() => location.reload()}>{t('sign-in.again')}</Button>}
        >
          {t('session.ended')}
        </Banner>
      ) : null}
      {isEnding && !isOver ? (
        <Banner tone="warning">{t('session.soon', { when: format.relative(expiresAt) })}</Banner>
      ) : null}
      {isOld ? (
        <Banner action={<Button onPress={() => location.reload()}>{t('version.reload')}</Button>}>
          {t('version')}
        </Banner>
      ) : null}
    </div>
  );
}

function watchLine(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

async function isNewer(): Promise<boolean> {
  try {
    const answer = await fetch('/_app/revision');
    return answer.ok && (await answer.json()).revision !== boot().revision;
  } catch {
    return false;
  }
}
