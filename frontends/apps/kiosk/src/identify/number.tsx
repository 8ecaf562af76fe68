import { Button } from '@app/ui';
import { Delete } from 'lucide-react';
import { useState } from 'react';
import { readFlightNumber } from '../boarding-pass.ts';
import styles from '../kiosk.module.css';
import type { FlightOfDay } from '../kiosk.tsx';
import { useLanguage } from '../language.tsx';
import { useText } from '../text.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const digits = [...'1234567890'];
const longest = 6;
const day = 24 * 60 * 60 * 1000;

/** Takes a flight number by touch, and the day. */
export function FlightNumber({
  onBack,
  onAsked,
}: {
  onBack: () => void;
  onAsked: (flight: FlightOfDay) => void;
}) {
  const t = useText();
  const spoken = useLanguage();
  const [text, setText] = useState('');
  const [offset, setOffset] = useState(0);
  const flight = readFlightNumber(text);
  const days = [-1, 0, 1].map((one) => ({ offset: one, on: new Date(Date.now() + one * day).toISOString() }));
  const chosen = days.find((one) => one.offset === offset);
  const type = (key: string) => setText((before) => (before + key).slice(0, longest));
  return (
    <div className={styles.number}>
      <h1>{t('number')}</h1>
      <output className={styles.typed} aria-label={t('number')}>
        <bdi>{text || t('number.example')}</bdi>
      </output>
      <fieldset className={styles.days} aria-label={t('number.day')}>
        {days.map(({ offset: one, on }) => (
          <Button
            key={one}
            tone={one === offset ? 'primary' : 'secondary'}
            aria-pressed={one === offset}
            onPress={() => setOffset(one)}
          >
            {spoken.day(on, undefined)}
          </Button>
        ))}
      </fieldset>
      <div className={styles.keys} dir="ltr">
        {[...digits, ...letters].map((key) => (
          <Button key={key} onPress={() => type(key)}>
            {key}
          </Button>
        ))}
        <Button
          icon={<Delete aria-hidden />}
          aria-label={t('number.delete')}
          onPress={() => setText(text.slice(0, -1))}
        >
          {t('number.delete')}
        </Button>
      </div>
      <div className={styles.buttons}>
        <Button
          tone="primary"
          isDisabled={!flight || !chosen}
          onPress={() => flight && chosen && onAsked({ ...flight, departsOn: chosen.on.slice(0, 10) })}
        >
          {t('number.find')}
        </Button>
        <Button onPress={onBack}>{t('back')}</Button>
      </div>
    </div>
  );
}
