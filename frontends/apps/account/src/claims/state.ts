import { format, type Tone } from '@app/ui';
import type { ClaimStatus, OwnClaimFragment } from '../gql/graphql.ts';
import { useText } from '../text.ts';

/** The colour of a claim's state. */
export const tones: Record<ClaimStatus, Tone> = {
  NEEDS_REVIEW: 'warning',
  NEEDS_APPROVAL: 'warning',
  APPROVED: 'success',
  PAYING: 'accent',
  PAID: 'success',
  REFUSED: 'danger',
  WITHDRAWN: 'neutral',
};

/** Says what happens next with a claim, and by when. */
export function useNext({ status, dueBy }: Pick<OwnClaimFragment, 'status' | 'dueBy'>): string {
  const t = useText();
  return t(`claim.next.${status}`, { date: format.date(dueBy) });
}

/** Where a claim stands on its way: 0 asked, 1 decided, 2 paid. */
export function stageOf(status: ClaimStatus): 0 | 1 | 2 {
  if (status === 'NEEDS_REVIEW' || status === 'NEEDS_APPROVAL') return 0;
  return status === 'PAID' ? 2 : 1;
}
