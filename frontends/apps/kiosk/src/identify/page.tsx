import { Button } from '@app/ui';
import { Keyboard, QrCode, ScanLine } from 'lucide-react';
import { useState } from 'react';
import styles from '../kiosk.module.css';
import type { Asked } from '../kiosk.tsx';
import { useText } from '../text.ts';
import { FlightNumber } from './number.tsx';

/** The first screen: scan, or type. */
export function Identify({ isUnread, onAsked }: { isUnread: boolean; onAsked: (asked: Asked) => void }) {
  const t = useText();
  const [isTyping, setTyping] = useState(false);
  if (isTyping) {
    return (
      <FlightNumber
        onBack={() => setTyping(false)}
        onAsked={(flight) => onAsked({ kind: 'number', flight })}
      />
    );
  }
  return (
    <div className={styles.identify}>
      <h1>{t('hello')}</h1>
      <section className={styles.scan}>
        <span className={styles.picture} aria-hidden>
          <QrCode />
          <ScanLine />
        </span>
        <p>{t('scan')}</p>
      </section>
      {isUnread ? (
        <p className={styles.problem} role="alert">
          {t('scan.unread')}
        </p>
      ) : null}
      <Button icon={<Keyboard aria-hidden />} onPress={() => setTyping(true)}>
        {t('type')}
      </Button>
    </div>
  );
}
