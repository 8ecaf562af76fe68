import {
  boot,
  type Challenge,
  preferences,
  type SignInAnswer,
  SignInError,
  setPreferences,
  signIn,
} from '@app/sdk';
import { Banner, Button, Form, TextField } from '@app/ui';
import { Languages } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Mark } from './frame.tsx';
import styles from './sign-in.module.css';
import { useText } from './text.ts';

/** The way in. */
export function SignInPage() {
  const t = useText();
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('sign-in')} · Jetbridge`;
  }, [t]);
  const attempt = async (asked: Promise<SignInAnswer>) => {
    setBusy(true);
    setRefusal(null);
    try {
      const answer = await asked;
      if (answer.state === 'SIGNED_IN') location.reload();
      else setChallenge(answer);
    } catch (error) {
      setRefusal(error instanceof SignInError ? error.message : t('sign-in.failed'));
    } finally {
      setBusy(false);
    }
  };
  const other = preferences().language === 'ar' ? 'en' : 'ar';
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <header className={styles.header}>
          <Mark />
          <h1>{t('app')}</h1>
          <p>{t('sign-in.text')}</p>
        </header>
        {refusal ? <Banner tone="danger">{refusal}</Banner> : null}
        <Step challenge={challenge} isBusy={isBusy} attempt={(asked) => void attempt(asked)} />
        <Button
          tone="quiet"
          icon={<Languages aria-hidden />}
          onPress={() => setPreferences({ language: other })}
        >
          {other === 'ar' ? 'العربية' : 'English'}
        </Button>
      </section>
    </main>
  );
}

interface StepProps {
  isBusy: boolean;
  attempt: (asked: Promise<SignInAnswer>) => void;
}

function Step({ challenge, ...rest }: StepProps & { challenge: Challenge | null }) {
  const t = useText();
  if (challenge?.state === 'ENROL_SECOND_FACTOR') return <Banner tone="warning">{t('sign-in.enrol')}</Banner>;
  if (challenge) return <SecondFactor challenge={challenge} {...rest} />;
  return <FirstStep {...rest} />;
}

function FirstStep(props: StepProps) {
  const t = useText();
  const { account, token } = boot().signIn;
  const [isByToken, setByToken] = useState(!account);
  return (
    <>
      {isByToken ? <Token {...props} /> : <Password {...props} />}
      {account && token ? (
        <Button tone="quiet" onPress={() => setByToken(!isByToken)}>
          {t(isByToken ? 'sign-in.by-password' : 'sign-in.by-token')}
        </Button>
      ) : null}
    </>
  );
}

function Token({ isBusy, attempt }: StepProps) {
  const t = useText();
  return (
    <Form
      onSubmit={(values) => attempt(signIn.withToken(String(values.get('token'))))}
      actions={
        <Button tone="primary" type="submit" isPending={isBusy}>
          {t('sign-in')}
        </Button>
      }
    >
      <TextField
        label={t('sign-in.token')}
        name="token"
        isRequired
        autoFocus
        rows={4}
        help={t('sign-in.development', { command: 'jetbridge token --role contact-centre-agent' })}
      />
    </Form>
  );
}

function Password({ isBusy, attempt }: StepProps) {
  const t = useText();
  const send = (values: FormData) =>
    attempt(signIn.withPassword(String(values.get('email')), String(values.get('password'))));
  return (
    <Form
      onSubmit={send}
      actions={
        <Button tone="primary" type="submit" isPending={isBusy}>
          {t('sign-in')}
        </Button>
      }
    >
      <TextField
        label={t('sign-in.email')}
        name="email"
        type="email"
        autoComplete="username"
        isRequired
        autoFocus
      />
      <TextField
        label={t('sign-in.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
      />
    </Form>
  );
}

function SecondFactor({ challenge, isBusy, attempt }: StepProps & { challenge: Challenge }) {
  const t = useText();
  const [method, setMethod] = useState<'TOTP' | 'RECOVERY_CODE'>('TOTP');
  const has = (one: Challenge['methods'][number]) => challenge.methods.includes(one);
  const other = method === 'TOTP' ? 'RECOVERY_CODE' : 'TOTP';
  return (
    <Form
      onSubmit={(values) =>
        attempt(signIn.withSecondFactor(challenge.challenge, method, String(values.get('code'))))
      }
      actions={
        <>
          <Button tone="primary" type="submit" isPending={isBusy}>
            {t('sign-in')}
          </Button>
          {has(other) ? (
            <Button tone="quiet" onPress={() => setMethod(other)}>
              {t(method === 'TOTP' ? 'sign-in.code.recovery' : 'sign-in.code.totp')}
            </Button>
          ) : null}
        </>
      }
    >
      <h2>{t('sign-in.code.title')}</h2>
      <p>{t('sign-in.code.text')}</p>
      <TextField
        key={method}
        label={t('sign-in.code')}
        name="code"
        isRequired
        autoFocus
        autoComplete="one-time-code"
        inputMode={method === 'TOTP' ? 'numeric' : 'text'}
        help={t(method === 'TOTP' ? 'sign-in.code.help' : 'sign-in.code.recovery.help')}
      />
    </Form>
  );
}
