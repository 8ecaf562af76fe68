import { Button } from '@app/ui';
import { Keyboard, QrCode, ScanLine, Ticket } from 'lucide-react';
import { useState } from 'react';
import styles from '../kiosk.module.css';
import type { Asked } from '../kiosk.tsx';
import { useText } from '../text.ts';
import { Booking } from './booking.tsx';
import { FlightNumber } from './number.tsx';

/** The first screen: scan, or type. */
export function Identify({ isUnread, onAsked }: { isUnread: boolean; onAsked: (asked: Asked) => void }) {
  const t = useText();
  const [typing, setTyping] = useState<'number' | 'booking' | null>(null);
  if (typing === 'booking') {
    return <Booking onBack={() => setTyping(null)} onFound={() => onAsked({ kind: 'booking' })} />;
  }
  if (typing === 'number') {
    return (
      <FlightNumber
        onBack={() => setTyping(null)}
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
      <Button icon={<Keyboard aria-hidden />} onPress={() => setTyping('number')}>
        {t('type')}
      </Button>
      <Button icon={<Ticket aria-hidden />} onPress={() => setTyping('booking')}>
        {t('booking.type')}
      </Button>
    </div>
  );
}
