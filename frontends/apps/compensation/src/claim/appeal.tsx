import { Button, Dialog, Form, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { AppealClaimDocument, ClaimPageDocument, WithdrawClaimDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import { textOf } from './grant.tsx';
import type { Claim } from './page.tsx';

/** Takes down an appeal of the customer: the claim is decided once more, by somebody else. */
export function Appeal({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const appeal = useChange(AppealClaimDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { appealClaim: outcome } = await appeal.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        reason: String(values.get('reason')),
        idempotencyKey: key.current,
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('act.appeal')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={appeal.isPending}>
            {t('act.appeal')}
          </Button>
        }
      >
        <p className={styles.consequence}>{t('appeal.consequence')}</p>
        <TextField label={t('appeal.reason')} name="reason" rows={5} maxLength={2000} isRequired autoFocus />
      </Form>
    </Dialog>
  );
}

/** Takes the claim back for the customer who filed it. */
export function Withdraw({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const withdraw = useChange(WithdrawClaimDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { withdrawClaim: outcome } = await withdraw.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        reason: textOf(values, 'reason'),
        idempotencyKey: key.current,
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('act.withdraw')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="danger" type="submit" isPending={withdraw.isPending}>
            {t('act.withdraw')}
          </Button>
        }
      >
        <p className={styles.consequence}>{t('withdraw.consequence')}</p>
        <TextField label={t('reason')} name="reason" rows={3} maxLength={2000} autoFocus />
      </Form>
    </Dialog>
  );
}
