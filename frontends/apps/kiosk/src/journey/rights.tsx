import { Button } from '@app/ui';
import styles from '../kiosk.module.css';
import { useText } from '../text.ts';

const parts = ['care', 'choice', 'money', 'ask'] as const;

/** What people may ask for when a flight goes wrong, in plain words. What each of them gets, their account says. */
export function Rights({ onBack }: { onBack: () => void }) {
  const t = useText();
  return (
    <div className={styles.journey}>
      <h1>{t('choice.rights')}</h1>
      <ul className={styles.rights}>
        {parts.map((id) => (
          <li key={id}>
            <h2>{t(`rights.${id}`)}</h2>
            <p>{t(`rights.${id}.text`)}</p>
          </li>
        ))}
      </ul>
      <p>{t('rights.notice')}</p>
      <Button onPress={onBack}>{t('back')}</Button>
    </div>
  );
}
