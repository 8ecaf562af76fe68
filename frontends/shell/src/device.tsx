import { device, SignInError, signIn } from '@app/sdk';
import { Banner, Button, Form, Skeleton, TextField } from '@app/ui';
import { useEffect, useState } from 'react';
import { Mark } from './frame.tsx';
import styles from './sign-in.module.css';
import { SignInPage } from './sign-in.tsx';
import { useText } from './text.ts';

type State = 'looking' | 'code' | 'person';

/** The way in of a device: by its key, and the first time by a code. */
export default function DevicePage() {
  const t = useText();
  const [state, setState] = useState<State>('looking');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    enter().then(
      (isIn) => isIn || setState('code'),
      (error) => {
        setRefusal(error instanceof SignInError ? error.message : t('sign-in.failed'));
        setState('code');
      },
    );
  }, [t]);
  const enrol = async (code: string) => {
    setBusy(true);
    setRefusal(null);
    try {
      await device.enrol(code);
      if (!(await enter())) setRefusal(t('sign-in.failed'));
    } catch (error) {
      setRefusal(error instanceof SignInError ? error.message : t('sign-in.failed'));
    } finally {
      setBusy(false);
    }
  };
  if (state === 'person') return <SignInPage />;
  if (state === 'looking') return <Skeleton kind="card" lines={2} />;
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <header className={styles.header}>
          <Mark />
          <h1>{t('device')}</h1>
          <p>{t('device.text')}</p>
        </header>
        {refusal ? <Banner tone="danger">{refusal}</Banner> : null}
        <Form
          onSubmit={(values) => void enrol(String(values.get('code')))}
          actions={
            <>
              <Button tone="primary" type="submit" isPending={isBusy}>
                {t('device.enrol')}
              </Button>
              <Button tone="quiet" onPress={() => setState('person')}>
                {t('device.person')}
              </Button>
            </>
          }
        >
          <TextField label={t('device.code')} name="code" isRequired autoFocus autoComplete="off" />
        </Form>
      </section>
    </main>
  );
}

// The page is made anew for who has shown their key; a page that would not know them is not asked for.
async function enter(): Promise<boolean> {
  if (!(await device.signIn()) || !(await signIn.current())) return false;
  location.reload();
  return true;
}
