import { on, type ShellEvents, SignInError, session, signIn } from '@app/sdk';
import { Banner, Button, Dialog, Form, TextField } from '@app/ui';
import { useEffect, useState } from 'react';
import { useText } from './text.ts';

type Question = ShellEvents['step-up'];
type Method = Parameters<typeof signIn.stepUp>[0];

/** Asks the person to show again who they are, before something that a stolen session must not be enough for. */
export function StepUp() {
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(
    () =>
      on('step-up', (asked) => {
        asked.isTaken = true;
        setQuestion(asked);
      }),
    [],
  );
  if (!question) return null;
  const close = (isShown: boolean) => {
    setQuestion(null);
    question.done(isShown);
  };
  return <Ask onClose={close} />;
}

function Ask({ onClose }: { onClose: (isShown: boolean) => void }) {
  const t = useText();
  const [method, setMethod] = useState<Method>(session()?.secondFactor ? 'TOTP' : 'PASSWORD');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const show = async (code: string) => {
    setBusy(true);
    setRefusal(null);
    try {
      await signIn.stepUp(method, code);
      onClose(true);
    } catch (error) {
      setRefusal(error instanceof SignInError ? error.message : t('sign-in.failed'));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('step-up')} isOpen onClose={() => onClose(false)}>
      <Form
        onSubmit={(values) => void show(String(values.get('code')))}
        actions={
          <>
            <Button tone="primary" type="submit" isPending={isBusy}>
              {t('step-up.confirm')}
            </Button>
            <Other method={method} onChoose={setMethod} />
          </>
        }
      >
        {refusal ? <Banner tone="danger">{refusal}</Banner> : null}
        <p>{t('step-up.text')}</p>
        <Field key={method} method={method} />
      </Form>
    </Dialog>
  );
}

function Other({ method, onChoose }: { method: Method; onChoose: (method: Method) => void }) {
  const t = useText();
  if (method === 'PASSWORD') return null;
  const other = method === 'TOTP' ? 'RECOVERY_CODE' : 'TOTP';
  return (
    <Button tone="quiet" onPress={() => onChoose(other)}>
      {t(other === 'RECOVERY_CODE' ? 'sign-in.code.recovery' : 'sign-in.code.totp')}
    </Button>
  );
}

function Field({ method }: { method: Method }) {
  const t = useText();
  if (method === 'PASSWORD')
    return (
      <TextField
        label={t('sign-in.password')}
        name="code"
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus
      />
    );
  return (
    <TextField
      label={t('sign-in.code')}
      name="code"
      isRequired
      autoFocus
      autoComplete="one-time-code"
      inputMode={method === 'TOTP' ? 'numeric' : 'text'}
      help={t(method === 'TOTP' ? 'sign-in.code.help' : 'sign-in.code.recovery.help')}
    />
  );
}
