import { Button } from '@app/ui';
import styles from './kiosk.module.css';
import { useText } from './text.ts';

/** Asks whether somebody is still there, before everything of theirs goes from the screen. */
export function Still({ seconds, onReset }: { seconds: number; onReset: () => void }) {
  const t = useText();
  return (
    <div className={styles.still} role="alertdialog" aria-labelledby="still" aria-describedby="still-text">
      <div>
        <h2 id="still">{t('still')}</h2>
        <p id="still-text">{t('still.text', { seconds })}</p>
        <div className={styles.buttons}>
          {/* Any touch is an answer; this button only says where. */}
          <Button tone="primary" autoFocus>
            {t('still.yes')}
          </Button>
          <Button onPress={onReset}>{t('still.no')}</Button>
        </div>
      </div>
    </div>
  );
}
