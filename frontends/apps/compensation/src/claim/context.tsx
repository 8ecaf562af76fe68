import { can } from '@app/sdk';
import { Badge, Card, format, Line, Link, LinkList, Row, Slot, Stack } from '@app/ui';
import { useOwed } from '../owed.tsx';
import { PayoutState } from '../status.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import type { Claim } from './page.tsx';

/** Whose claim it is, and what else belongs to it. */
export function Context({ claim }: { claim: Claim }) {
  const { customer, payouts } = claim;
  return (
    <>
      {customer ? <Person customer={customer} /> : null}
      <Trip claim={claim} />
      {claim.case ? <Work found={claim.case} /> : null}
      {payouts ? <Payouts payouts={payouts.nodes} /> : null}
      <Slot
        name="claim.aside"
        props={{
          claimId: claim.id,
          customerId: customer?.id,
          flightId: claim.flight?.id,
          orderId: claim.order?.id,
        }}
      />
    </>
  );
}

function Person({ customer }: { customer: NonNullable<Claim['customer']> }) {
  const t = useText();
  return (
    <Card title={t('customer')}>
      <Line>
        <Link href={`/customers/${customer.id}`}>{customer.displayName}</Link>
        {customer.tier && customer.tier !== 'BASE' ? (
          <Badge tone="accent">{t(`tier.${customer.tier}`)}</Badge>
        ) : null}
        {customer.isVip ? <Badge tone="accent">{t('flag.vip')}</Badge> : null}
        {customer.needsAssistance ? <Badge tone="warning">{t('flag.assistance')}</Badge> : null}
        <Badge>{format.language(customer.language)}</Badge>
      </Line>
    </Card>
  );
}

function Trip({ claim }: { claim: Claim }) {
  const t = useText();
  const { flight, order } = claim;
  if (!flight && !order) return null;
  return (
    <Card title={t('trip')}>
      <Stack gap="small">
        {flight ? (
          <div>
            <Link href={`/flights/${flight.id}`}>
              <bdi>{flight.designator}</bdi>, <bdi>{format.date(flight.departsOn)}</bdi>
            </Link>
            <p className={styles.quiet}>
              {t('way', {
                from: flight.origin?.city ?? flight.origin?.iataCode,
                to: flight.destination?.city ?? flight.destination?.iataCode,
              })}
              {'. '}
              {t(`flight.${flight.status}`)}
              {flight.arrivalDelayMinutes && flight.arrivalDelayMinutes > 0
                ? `, ${t('flight.late', { delay: format.duration(flight.arrivalDelayMinutes) })}`
                : ''}
            </p>
          </div>
        ) : null}
        {order ? (
          <p>
            <Link href={`/orders/${order.id}`}>{t('order', { locator: order.recordLocator })}</Link>
          </p>
        ) : null}
      </Stack>
    </Card>
  );
}

function Work({ found }: { found: NonNullable<Claim['case']> }) {
  const t = useText();
  return (
    <Card title={t('case')}>
      <Stack gap="small">
        {can('case:read') ? <Link href={`/cases/${found.id}`}>{found.subject}</Link> : found.subject}
        <span className={styles.quiet}>
          <bdi>{found.reference}</bdi>
        </span>
      </Stack>
    </Card>
  );
}

function Payouts({ payouts }: { payouts: NonNullable<Claim['payouts']>['nodes'] }) {
  const t = useText();
  const owed = useOwed();
  if (payouts.length === 0) return null;
  return (
    <Card title={t('place.payouts')} flush>
      <LinkList
        label={t('place.payouts')}
        items={payouts}
        itemKey={({ id }) => id}
        href={({ id }) => `/claims/payouts/${id}`}
      >
        {(one) => (
          <Row
            title={one.amount ? owed(one) : t(`method.${one.method}`)}
            detail={`${t(`method.${one.method}`)} · ${format.date(one.requestedAt)}`}
            end={<PayoutState status={one.status} />}
          />
        )}
      </LinkList>
    </Card>
  );
}
