import { can } from '@app/sdk';
import { Button, Dialog, Form, Line, TextField, useChange, useCommands, useProblems } from '@app/ui';
import { useRef, useState } from 'react';
import styles from '../claim/claim.module.css';
import {
  ApprovePayoutDocument,
  CancelPayoutDocument,
  ConfirmPayoutDocument,
  PayoutPageDocument,
  RetryPayoutDocument,
} from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { useText } from '../text.ts';
import type { Payout } from './page.tsx';

type Act = 'approve' | 'retry' | 'received' | 'returned' | 'cancel';

const keys: Partial<Record<Act, string>> = { approve: 'a', retry: 'r' };
const needsReason = new Set<Act>(['returned', 'cancel']);

/** What can be done with the payout. */
export function PayoutActs({ payout }: { payout: Payout }) {
  const t = useText();
  const [open, setOpen] = useState<Act | null>(null);
  const acts = actsOf(payout);
  useCommands(
    'payout',
    acts.map((id) => ({
      id,
      label: t(`payout.act.${id}`),
      ...(keys[id] ? { keys: keys[id] } : {}),
      run: () => setOpen(id),
    })),
  );
  if (acts.length === 0) return null;
  return (
    <Line>
      {acts.map((id, index) => (
        <Button key={id} tone={index === 0 ? 'primary' : 'secondary'} onPress={() => setOpen(id)}>
          {t(`payout.act.${id}`)}
        </Button>
      ))}
      {open ? <Ask payout={payout} act={open} onClose={() => setOpen(null)} /> : null}
    </Line>
  );
}

function actsOf({ status }: Payout): Act[] {
  const offered: [Act, boolean][] = [
    ['approve', can('payout:approve') && status === 'REQUESTED'],
    ['retry', can('payout:approve') && status === 'FAILED'],
    ['received', can('payout:approve') && status === 'SENT'],
    ['returned', can('payout:approve') && status === 'SENT'],
    [
      'cancel',
      can('payout:request') && (status === 'REQUESTED' || status === 'APPROVED' || status === 'FAILED'),
    ],
  ];
  return offered.flatMap(([act, isOffered]) => (isOffered ? [act] : []));
}

function Ask({ payout, act, onClose }: { payout: Payout; act: Act; onClose: () => void }) {
  const t = useText();
  const owed = useOwed();
  const { send, isPending } = useAct(payout, act);
  const [problems, take] = useProblems();
  const submit = async (values: FormData) => {
    if (take(await send(String(values.get('reason') ?? '').trim()))) onClose();
  };
  const isTakenBack = needsReason.has(act);
  return (
    <Dialog title={t(`payout.act.${act}`)} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void submit(values)}
        actions={
          <Button tone={isTakenBack ? 'danger' : 'primary'} type="submit" isPending={isPending} autoFocus>
            {t(`payout.act.${act}`)}
          </Button>
        }
      >
        <div className={styles.consequence}>
          <strong>
            {owed({ amount: payout.amount, miles: payout.deliveredMiles ?? payout.claim?.miles ?? null })}
          </strong>
          <p>{t(`payout.consequence.${act}`)}</p>
        </div>
        {isTakenBack ? (
          <TextField label={t('reason')} name="reason" rows={3} maxLength={2000} isRequired autoFocus />
        ) : null}
      </Form>
    </Dialog>
  );
}

function useAct(payout: Payout, act: Act) {
  const key = useRef(crypto.randomUUID());
  const approve = useChange(ApprovePayoutDocument, [PayoutPageDocument]);
  const retry = useChange(RetryPayoutDocument, [PayoutPageDocument]);
  const cancel = useChange(CancelPayoutDocument, [PayoutPageDocument]);
  const confirm = useChange(ConfirmPayoutDocument, [PayoutPageDocument]);
  const send = async (reason: string) => {
    const base = { payoutId: payout.id, expectedVersion: payout.version, idempotencyKey: key.current };
    key.current = crypto.randomUUID();
    switch (act) {
      case 'approve':
        return (await approve.mutateAsync({ input: base })).approvePayout;
      case 'retry':
        return (await retry.mutateAsync({ input: base })).retryPayout;
      case 'cancel':
        return (await cancel.mutateAsync({ input: { ...base, reason } })).cancelPayout;
      case 'received':
        return (await confirm.mutateAsync({ input: { ...base, confirmation: 'RECEIVED' } })).confirmPayout;
      case 'returned':
        return (await confirm.mutateAsync({ input: { ...base, confirmation: 'RETURNED', reason } }))
          .confirmPayout;
    }
  };
  return { send, isPending: [approve, retry, cancel, confirm].some((one) => one.isPending) };
}
