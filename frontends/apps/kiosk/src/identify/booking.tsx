import { device } from '@app/sdk';
import { Button } from '@app/ui';
import { Delete } from 'lucide-react';
import { useState } from 'react';
import styles from '../kiosk.module.css';
import { useText } from '../text.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const digits = [...'1234567890'];
const codeLength = 6;
const longestName = 40;

/** Takes a booking code and a family name by touch, and has the journey of that booking at hand. */
export function Booking({ onBack, onFound }: { onBack: () => void; onFound: () => void }) {
  const t = useText();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [isNaming, setNaming] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isUnknown, setUnknown] = useState(false);
  const find = async () => {
    setBusy(true);
    try {
      // What was at hand before is so no more.
      await device.signIn();
      await device.lookUp({ recordLocator: code, familyName: name });
      onFound();
    } catch {
      setUnknown(true);
      setNaming(false);
    } finally {
      setBusy(false);
    }
  };
  const text = isNaming ? name : code;
  const change = (next: string) => {
    setUnknown(false);
    if (isNaming) setName(next.slice(0, longestName));
    else setCode(next.slice(0, codeLength));
  };
  return (
    <div className={styles.number}>
      <h1>{t(isNaming ? 'booking.name' : 'booking.code')}</h1>
      <output className={styles.typed} aria-label={t(isNaming ? 'booking.name' : 'booking.code')}>
        <bdi>{text || '…'}</bdi>
      </output>
      {isUnknown ? (
        <p className={styles.problem} role="alert">
          {t('booking.none')}. {t('booking.none.text')}
        </p>
      ) : null}
      <div className={styles.keys} dir="ltr">
        {[...(isNaming ? [] : digits), ...letters].map((key) => (
          <Button key={key} onPress={() => change(text + key)}>
            {key}
          </Button>
        ))}
        <Button icon={<Delete aria-hidden />} onPress={() => change(text.slice(0, -1))}>
          {t('number.delete')}
        </Button>
      </div>
      <div className={styles.buttons}>
        {isNaming ? (
          <Button tone="primary" isDisabled={name === ''} isPending={isBusy} onPress={() => void find()}>
            {t('booking.find')}
          </Button>
        ) : (
          <Button tone="primary" isDisabled={code.length !== codeLength} onPress={() => setNaming(true)}>
            {t('booking.next')}
          </Button>
        )}
        <Button onPress={isNaming ? () => setNaming(false) : onBack}>{t('back')}</Button>
      </div>
    </div>
  );
}
