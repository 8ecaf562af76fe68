import { Badge, format, type Tone } from '@app/ui';
import type { RulePackStatus } from '../gql/graphql.ts';
import { useText } from '../text.ts';

const tones: Record<RulePackStatus, Tone> = {
  DRAFT: 'neutral',
  SUBMITTED: 'warning',
  APPROVED: 'accent',
  ACTIVE: 'success',
  RETIRED: 'neutral',
  DISABLED: 'neutral',
};

/** Where a version stands. */
export function PackState({ status }: { status: RulePackStatus }) {
  const t = useText();
  return <Badge tone={tones[status]}>{t(`pack.${status}`)}</Badge>;
}

/** The days that a version answers for, in words. */
export function useDays(): (version: { activeFrom: string | null; activeTo: string | null }) => string {
  const t = useText();
  return ({ activeFrom, activeTo }) => {
    const from = activeFrom ? format.date(activeFrom) : null;
    const to = activeTo ? format.date(activeTo) : null;
    if (from && to) return t('days.between', { from, to });
    if (from) return t('days.from', { from });
    if (to) return t('days.to', { to });
    return t('days.all');
  };
}
