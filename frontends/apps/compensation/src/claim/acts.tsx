import { can } from '@app/sdk';
import { Banner, Button, Confirm, Line, useChange, useCommands, useProblems } from '@app/ui';
import { BadgeCheck, CircleX, Coins } from 'lucide-react';
import { useRef, useState } from 'react';
import { ApproveClaimDocument, DecideClaimDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';
import { Pay } from './pay.tsx';
import { Refuse } from './refuse.tsx';

/** What can be decided in the claim's state, by whoever may. */
export function Acts({ claim, amount }: { claim: Claim; amount: string }) {
  const t = useText();
  const [open, setOpen] = useState<'approve' | 'refuse' | 'pay' | null>(null);
  const mayDecide =
    can('claim:decide') && (claim.status === 'NEEDS_REVIEW' || claim.status === 'NEEDS_APPROVAL');
  const isProposed = claim.status === 'NEEDS_APPROVAL';
  // What the customer filed is granted with an amount and a law of its own, in the case.
  const canApprove = mayDecide && (isProposed || claim.origin === 'AUTOMATIC');
  const mayPay = can('payout:request') && claim.status === 'APPROVED';
  const close = () => setOpen(null);
  useCommands('claim', [
    ...(canApprove ? [{ id: 'approve', label: t('approve'), keys: 'y', run: () => setOpen('approve') }] : []),
    ...(mayDecide ? [{ id: 'refuse', label: t('refuse'), keys: 'x', run: () => setOpen('refuse') }] : []),
    ...(mayPay ? [{ id: 'pay', label: t('pay'), keys: 'p', run: () => setOpen('pay') }] : []),
  ]);
  return (
    <Line>
      {canApprove ? (
        <Button tone="primary" icon={<BadgeCheck aria-hidden />} onPress={() => setOpen('approve')}>
          {t(isProposed ? 'approve.second' : 'approve')}
        </Button>
      ) : null}
      {mayDecide ? (
        <Button icon={<CircleX aria-hidden />} onPress={() => setOpen('refuse')}>
          {t('refuse')}
        </Button>
      ) : null}
      {mayPay ? (
        <Button tone="primary" icon={<Coins aria-hidden />} onPress={() => setOpen('pay')}>
          {t('pay')}
        </Button>
      ) : null}
      {open === 'approve' ? <Approve claim={claim} amount={amount} onClose={close} /> : null}
      {open === 'refuse' ? <Refuse claim={claim} onClose={close} /> : null}
      {open === 'pay' ? <Pay claim={claim} amount={amount} onClose={close} /> : null}
    </Line>
  );
}

function Approve({ claim, amount, onClose }: { claim: Claim; amount: string; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const decide = useChange(DecideClaimDocument);
  const approve = useChange(ApproveClaimDocument);
  const [problems, take] = useProblems();
  const base = { claimId: claim.id, expectedVersion: claim.version, idempotencyKey: key.current };
  const send = async () => {
    const outcome =
      claim.status === 'NEEDS_APPROVAL'
        ? (await approve.mutateAsync({ input: base })).approveClaim
        : (await decide.mutateAsync({ input: { ...base, decision: 'APPROVE' } })).decideClaim;
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  const basis = [claim.regime, claim.basis].filter(Boolean).join(' ');
  return (
    <Confirm
      title={t('approve.title', { amount })}
      isOpen
      onClose={onClose}
      onConfirm={() => void send()}
      action={t('approve')}
      isPending={decide.isPending || approve.isPending}
    >
      {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
      {Object.values(problems.fields).map((problem) => (
        <Banner key={problem} tone="danger">
          {problem}
        </Banner>
      ))}
      <p>{t('approve.text', { amount, who: claim.customer?.displayName ?? t('customer'), basis })}</p>
    </Confirm>
  );
}
