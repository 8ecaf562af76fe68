import { Badge, format, Status, type Tone } from '@app/ui';
import type { ClaimStatus, PayoutStatus, Regime } from './gql/graphql.ts';
import { useText } from './text.ts';

const claimTones: Record<ClaimStatus, Tone> = {
  NEEDS_REVIEW: 'warning',
  NEEDS_APPROVAL: 'warning',
  APPROVED: 'accent',
  PAYING: 'accent',
  PAID: 'success',
  REFUSED: 'neutral',
  WITHDRAWN: 'neutral',
};

/** How far a claim has come. */
export function ClaimState({ status }: { status: ClaimStatus }) {
  const t = useText();
  return <Badge tone={claimTones[status]}>{t(`status.${status}`)}</Badge>;
}

const payoutTones: Record<PayoutStatus, Tone> = {
  REQUESTED: 'warning',
  APPROVED: 'accent',
  SENDING: 'accent',
  SENT: 'accent',
  SETTLED: 'success',
  FAILED: 'danger',
  CANCELLED: 'neutral',
};

/** How far a payout has come. */
export function PayoutState({ status }: { status: PayoutStatus }) {
  const t = useText();
  return <Badge tone={payoutTones[status]}>{t(`payout.status.${status}`)}</Badge>;
}

/** A body of law in a few words; nothing but a gesture where there is none. */
export function RegimeName({ regime }: { regime: Regime | null }) {
  const t = useText();
  return <>{regime ? t(`regime.${regime}`) : t('regime.none')}</>;
}

const day = 86_400_000;

/** Whole days from today to a day: negative when it is over. */
export function daysLeft(dueBy: string, now = new Date()): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((new Date(dueBy).getTime() - today) / day);
}

const soon = 7;

/** The last day to pay, and how near it is. It says nothing where nothing is owed any more. */
export function DueClock({ dueBy, isOpen }: { dueBy: string; isOpen: boolean }) {
  const t = useText();
  if (!isOpen) return <>{format.date(dueBy)}</>;
  const days = daysLeft(dueBy);
  if (days < 0) return <Status tone="danger">{t('due.late', { days: -days })}</Status>;
  return <Status tone={days <= soon ? 'warning' : 'neutral'}>{t('due.left', { days })}</Status>;
}

/** Whether money may still have to be paid. */
export function isOpen(status: ClaimStatus): boolean {
  return (
    status === 'NEEDS_REVIEW' || status === 'NEEDS_APPROVAL' || status === 'APPROVED' || status === 'PAYING'
  );
}
