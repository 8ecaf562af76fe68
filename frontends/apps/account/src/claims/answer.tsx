import { Button, Dialog, Form, TextField } from '@app/ui';
import { useAct } from '../act.ts';
import { AccountClaimDocument, AppealClaimDocument, WithdrawClaimDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

/** Speaks against a refusal. Somebody else decides then. */
export function Appeal({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const act = useAct(AppealClaimDocument, [AccountClaimDocument]);
  const send = async (values: FormData) => {
    const input = {
      claimId: claim.id,
      expectedVersion: claim.version,
      reason: String(values.get('reason')),
      idempotencyKey: act.key(),
    };
    if (await act.run({ input }, (data) => data.appealClaim)) onClose();
  };
  return (
    <Dialog title={t('appeal')} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={act.isPending}>
            {t('appeal.send')}
          </Button>
        }
      >
        <p>{t('appeal.text')}</p>
        <TextField
          label={t('appeal.reason')}
          name="reason"
          rows={6}
          isRequired
          maxLength={2000}
          autoFocus
          help={t('appeal.help')}
        />
      </Form>
    </Dialog>
  );
}

/** Takes a claim back. */
export function Withdraw({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const act = useAct(WithdrawClaimDocument, [AccountClaimDocument]);
  const send = async () => {
    const input = { claimId: claim.id, expectedVersion: claim.version, idempotencyKey: act.key() };
    if (await act.run({ input }, (data) => data.withdrawClaim)) onClose();
  };
  return (
    <Dialog title={t('withdraw')} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={() => void send()}
        actions={
          <>
            <Button tone="danger" type="submit" isPending={act.isPending}>
              {t('withdraw.do')}
            </Button>
            <Button onPress={onClose}>{t('keep')}</Button>
          </>
        }
      >
        <p>{t('withdraw.text')}</p>
      </Form>
    </Dialog>
  );
}
