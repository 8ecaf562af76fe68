import { can } from '@app/sdk';
import {
  Badge,
  Card,
  Columns,
  Facts,
  format,
  Link,
  Loaded,
  Page,
  refresh,
  Skeleton,
  Slot,
  useGraph,
  useLive,
} from '@app/ui';
import { ClaimMovedDocument, ClaimPageDocument, type ClaimPageQuery } from '../gql/graphql.ts';
import { ClaimState, Due, useAmount } from '../state.tsx';
import { useText } from '../text.ts';
import { Acts } from './acts.tsx';
import { Evidence, Filed, History, Payouts } from './beside.tsx';
import { Entitled, Laws } from './trace.tsx';

/** A claim, as this page asks for it. */
export type Claim = NonNullable<ClaimPageQuery['claim']>;

/** One claim: the facts, the rule and its reason, what follows, and the decision. */
export function ClaimPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(ClaimPageDocument, {
    id,
    withFlight: can('flight:read'),
    withCustomer: can('customer:read'),
    withCase: can('case:read'),
    withPayouts: can('payout:read'),
  });
  useLive(ClaimMovedDocument, { id }, () => void refresh(ClaimPageDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('claim')}>
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ claim }) =>
        claim ? (
          <Whole claim={claim} />
        ) : (
          <Page title={t('claim.none')} crumbs={[{ label: t('claims'), href: '/claims' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ claim }: { claim: Claim }) {
  const t = useText();
  const amount = useAmount(claim);
  const now = useNow(claim, amount);
  return (
    <Page
      title={amount}
      documentTitle={t('claim')}
      crumbs={[{ label: t('claims'), href: '/claims' }]}
      meta={
        <>
          <ClaimState status={claim.status} />
          {claim.regime ? <Badge>{claim.regime}</Badge> : null}
          <Due claim={claim} />
        </>
      }
      actions={<Acts claim={claim} amount={amount} />}
      answer={now}
    >
      <Columns
        aside={
          <>
            <Situation claim={claim} />
            {claim.payouts ? <Payouts payouts={claim.payouts.nodes} /> : null}
            <History claim={claim} />
            <Slot name="claim.aside" props={{ claimId: claim.id }} />
          </>
        }
      >
        {claim.filing ? <Filed filing={claim.filing} /> : null}
        {claim.trace ? <Entitled trace={claim.trace} reasons={claim.reviewReasons} /> : null}
        {claim.disruption ? <Laws assessments={claim.disruption.assessments?.nodes ?? []} /> : null}
        <Evidence evidence={claim.evidence?.nodes ?? []} />
      </Columns>
    </Page>
  );
}

function Situation({ claim }: { claim: Claim }) {
  const t = useText();
  const { customer, flight, disruption } = claim;
  return (
    <Card title={t('facts')}>
      <Facts
        items={[
          ...(customer
            ? [
                {
                  name: t('customer'),
                  value: <Link href={`/customers/${customer.id}`}>{customer.displayName}</Link>,
                },
              ]
            : []),
          ...(flight
            ? [
                {
                  name: t('flight'),
                  value: (
                    <Link href={`/flights/${flight.id}`}>
                      {flight.designator}, {format.date(flight.departsOn)}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(disruption
            ? [
                { name: t('on'), value: format.date(disruption.incidentOn) },
                {
                  name: t('delay'),
                  value:
                    disruption.arrivalDelayMinutes === null
                      ? null
                      : format.duration(disruption.arrivalDelayMinutes),
                },
                { name: t('cause'), value: disruption.causeCode },
              ]
            : []),
          { name: t('origin'), value: t(`origin.${claim.origin}`) },
          { name: t('due'), value: format.date(claim.dueBy) },
          ...(claim.case
            ? [
                {
                  name: t('case'),
                  value: <Link href={`/cases/${claim.case.id}`}>{claim.case.reference}</Link>,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

/** What matters about the claim at this moment. */
function useNow(claim: Claim, amount: string): string | null {
  const t = useText();
  const basis = [claim.regime, claim.basis].filter(Boolean).join(' ');
  const date = format.date(claim.dueBy);
  switch (claim.status) {
    case 'NEEDS_REVIEW':
      return `${t('now.decide', { amount, basis, date })}. ${claim.trace?.why ?? ''}`;
    case 'NEEDS_APPROVAL':
      return `${t('now.second', { amount, basis, role: claim.approverRole ?? '' })}.`;
    case 'APPROVED':
    case 'PAYING':
      return `${t('now.approved', { amount, basis, date })}.`;
    case 'PAID':
      return `${t('now.paid', { amount, basis })}.`;
    case 'REFUSED':
      return `${t('now.refused')}. ${claim.trace?.why ?? ''}`;
    default:
      return null;
  }
}
