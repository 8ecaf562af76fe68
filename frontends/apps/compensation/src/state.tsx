import { Badge, format, Status, type Tone } from '@app/ui';
import type { ClaimLineFragment, ClaimStatus } from './gql/graphql.ts';
import { useText } from './text.ts';

const tones: Record<ClaimStatus, Tone> = {
  NEEDS_REVIEW: 'warning',
  NEEDS_APPROVAL: 'warning',
  APPROVED: 'success',
  PAYING: 'accent',
  PAID: 'success',
  REFUSED: 'danger',
  WITHDRAWN: 'neutral',
};

/** How far a claim has come. */
export function ClaimState({ status }: { status: ClaimStatus }) {
  const t = useText();
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>;
}

const settled = new Set<ClaimStatus>(['PAID', 'REFUSED', 'WITHDRAWN']);
const day = 86_400_000;

/** Until when it is due, and how much too late it is. */
export function Due({ claim }: { claim: Pick<ClaimLineFragment, 'dueBy' | 'status'> }) {
  const t = useText();
  if (settled.has(claim.status)) return null;
  const days = Math.ceil((Date.parse(claim.dueBy) - Date.now()) / day);
  if (days < 0)
    return <Status tone="danger">{t('due.late', { time: format.duration(-days * 1440) })}</Status>;
  return <Status tone={days < 3 ? 'warning' : 'neutral'}>{format.date(claim.dueBy)}</Status>;
}

/** What a claim is about, in money or miles. */
export function useAmount(claim: Pick<ClaimLineFragment, 'amount' | 'miles'>): string {
  const t = useText();
  if (claim.amount) return format.money(claim.amount);
  return claim.miles ? format.number(claim.miles) : t('amount.none');
}
