import { Button } from '@app/ui';
import { House, WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import styles from './kiosk.module.css';
import { type Language, languages, useLanguage } from './language.tsx';
import { useText } from './text.ts';

/** What is there on every screen: the way back to the beginning, and every language. */
export function Bar({ onReset }: { onReset: (() => void) | null }) {
  const t = useText();
  const { language, speak } = useLanguage();
  const isOnline = useOnline();
  return (
    <header className={styles.bar}>
      {onReset ? (
        <Button icon={<House aria-hidden />} onPress={onReset}>
          {t('reset')}
        </Button>
      ) : (
        <strong className={styles.brand}>Jetbridge</strong>
      )}
      {isOnline ? null : (
        <span className={styles.offline} role="status">
          <WifiOff aria-hidden />
          {t('offline')}
        </span>
      )}
      <fieldset className={styles.languages} aria-label={t('language')}>
        {(Object.entries(languages) as [Language, string][]).map(([id, name]) => (
          <Button
            key={id}
            tone={id === language ? 'primary' : 'secondary'}
            aria-pressed={id === language}
            onPress={() => speak(id)}
          >
            <span lang={id}>{name}</span>
          </Button>
        ))}
      </fieldset>
    </header>
  );
}

/** Whether the browser has a line. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed);
      addEventListener('offline', changed);
      return () => {
        removeEventListener('online', changed);
        removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}
