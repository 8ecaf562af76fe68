import { Badge, Card, Empty, format, LinkList, PlainList, Row, Status, type Tone } from '@app/ui';
import { useText } from '../text.ts';
import type { Customer } from './page.tsx';

type Cases = NonNullable<Customer['cases']>['nodes'];
type Claims = NonNullable<Customer['claims']>['nodes'];

const urgent: Record<string, Tone> = { P1: 'danger', P2: 'warning', P3: 'neutral', P4: 'neutral' };
const settled: Record<Claims[number]['status'], Tone> = {
  NEEDS_REVIEW: 'warning',
  NEEDS_APPROVAL: 'warning',
  APPROVED: 'success',
  PAYING: 'accent',
  PAID: 'success',
  REFUSED: 'danger',
  WITHDRAWN: 'neutral',
};

/** The latest cases of the customer. */
export function CaseList({ cases }: { cases: Cases }) {
  const t = useText();
  return (
    <Card title={t('cases')} flush>
      {cases.length === 0 ? (
        <Empty title={t('cases.none')} size="small" />
      ) : (
        <LinkList label={t('cases')} items={cases} itemKey={({ id }) => id} href={({ id }) => `/cases/${id}`}>
          {(one) => (
            <Row
              title={one.subject}
              detail={<bdi>{one.reference}</bdi>}
              end={
                <>
                  <Badge tone={one.isOpen ? (urgent[one.priority] ?? 'neutral') : 'neutral'}>
                    {one.priority}
                  </Badge>
                  {one.isOpen ? <small>{format.relative(one.targetAt)}</small> : null}
                </>
              }
            />
          )}
        </LinkList>
      )}
    </Card>
  );
}

/** The latest claims of the customer. */
export function ClaimList({ claims }: { claims: Claims }) {
  const t = useText();
  return (
    <Card title={t('claims')} flush>
      {claims.length === 0 ? (
        <Empty title={t('claims.none')} size="small" />
      ) : (
        <PlainList label={t('claims')} items={claims} itemKey={({ id }) => id}>
          {(claim) => (
            <Row
              title={claim.amount ? format.money(claim.amount) : t('claim.nothing')}
              detail={[claim.regime, claim.basis, claim.flight?.designator].filter(Boolean).join(' · ')}
              end={
                <>
                  <Status tone={settled[claim.status]}>{t(`claim.status.${claim.status}`)}</Status>
                  <small>{t('claim.due', { date: format.date(claim.dueBy) })}</small>
                </>
              }
            />
          )}
        </PlainList>
      )}
    </Card>
  );
}
