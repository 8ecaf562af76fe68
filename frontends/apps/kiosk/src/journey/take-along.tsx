import { Button } from '@app/ui';
import { encode } from 'uqr';
import styles from '../kiosk.module.css';
import { useText } from '../text.ts';
import type { Flight } from './card.tsx';

/** A code that opens the same flight in the customer's own account, where they can ask for what they are owed. */
export function TakeAlong({ flight, onBack }: { flight: Flight; onBack: () => void }) {
  const t = useText();
  const { data, size } = encode(`${location.origin}/account/ask?flight=${flight.id}`, {
    ecc: 'M',
    border: 4,
  });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <div className={styles.take}>
      <h1>{t('choice.take')}</h1>
      <p>{t('take.text')}</p>
      <svg className={styles.code2d} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('take.code')}>
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" shapeRendering="crispEdges" />
      </svg>
      <p>{t('take.sign')}</p>
      <Button onPress={onBack}>{t('back')}</Button>
    </div>
  );
}
