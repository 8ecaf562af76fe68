import { can } from '@app/sdk';
import { Badge, Banner, Card, Columns, Facts, format, Link, Loaded, Page, Skeleton, useGraph } from '@app/ui';
import styles from '../claim/claim.module.css';
import { PayoutPageDocument, type PayoutPageQuery } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { DueClock, PayoutState, RegimeName } from '../status.tsx';
import { useText } from '../text.ts';
import { PayoutActs } from './acts.tsx';

/** A payout, as this page asks for it. */
export type Payout = NonNullable<PayoutPageQuery['payout']>;

/** One payment: how far it is, who asked for it, and what can be done. */
export function PayoutPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(
    PayoutPageDocument,
    { id, withCustomer: can('customer:read') },
    { refetchInterval: 10_000 },
  );
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('payout')}>
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ payout }) =>
        payout ? (
          <Whole payout={payout} />
        ) : (
          <Page title={t('payout.none')} crumbs={[{ label: t('place.payouts'), href: '/claims/payouts' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ payout }: { payout: Payout }) {
  const t = useText();
  const owed = useOwed();
  const { claim } = payout;
  const sum = owed({ amount: payout.amount, miles: payout.deliveredMiles ?? claim?.miles ?? null });
  const isOver = payout.status === 'SETTLED' || payout.status === 'CANCELLED';
  return (
    <Page
      title={sum}
      documentTitle={t('payout')}
      crumbs={[{ label: t('place.payouts'), href: '/claims/payouts' }]}
      meta={
        <>
          <PayoutState status={payout.status} />
          <Badge>{t(`method.${payout.method}`)}</Badge>
          {isOver ? null : <DueClock dueBy={payout.dueBy} isOpen />}
        </>
      }
      actions={<PayoutActs payout={payout} />}
      answer={t(`payout.now.${payout.status}`)}
    >
      <Columns aside={<ClaimOf payout={payout} />}>
        {payout.reason ? (
          <Banner tone={payout.status === 'FAILED' ? 'danger' : 'info'}>
            <span dir="auto">{payout.reason}</span>
          </Banner>
        ) : null}
        <Card title={t('payout')}>
          <PayoutFacts payout={payout} />
        </Card>
        <Card title={t('history')} flush>
          <ol className={styles.steps}>
            {[...(payout.history?.nodes ?? [])].reverse().map((step) => (
              <li key={step.version}>
                <header>
                  <PayoutState status={step.toStatus} />
                  {step.actor ? <bdi className={styles.quiet}>{step.actor}</bdi> : null}
                  <time dateTime={step.at}>{format.dateTime(step.at)}</time>
                </header>
                {step.reason ? <p dir="auto">{step.reason}</p> : null}
              </li>
            ))}
          </ol>
        </Card>
      </Columns>
    </Page>
  );
}

function PayoutFacts({ payout }: { payout: Payout }) {
  const t = useText();
  const { agreement, deliveredAmount, deliveredMiles } = payout;
  const delivered = deliveredAmount
    ? format.money(deliveredAmount)
    : deliveredMiles
      ? t('miles', { count: format.number(deliveredMiles) })
      : null;
  return (
    <Facts
      columns={2}
      items={[
        { name: t('pay.method'), value: t(`method.${payout.method}`) },
        { name: t('due'), value: format.date(payout.dueBy) },
        ...(delivered ? [{ name: t('payout.delivered'), value: delivered }] : []),
        { name: t('payout.requested'), value: format.dateTime(payout.requestedAt) },
        { name: t('payout.requestedBy'), value: payout.requestedBy },
        { name: t('payout.approvedBy'), value: payout.approvedBy },
        { name: t('payout.reference'), value: payout.providerReference },
        ...(agreement
          ? [
              {
                name: t('agreement'),
                value: `${t(`agreement.${agreement.channel}`)}, ${agreement.textVersion}, ${format.dateTime(agreement.signedAt)}`,
              },
            ]
          : []),
      ]}
    />
  );
}

function ClaimOf({ payout }: { payout: Payout }) {
  const t = useText();
  const { claim } = payout;
  if (!claim) return null;
  return (
    <Card title={t('claim')}>
      <Facts
        items={[
          ...(claim.customer
            ? [
                {
                  name: t('customer'),
                  value: <Link href={`/customers/${claim.customer.id}`}>{claim.customer.displayName}</Link>,
                },
              ]
            : []),
          { name: t('regime'), value: <RegimeName regime={claim.regime} /> },
          { name: t('basis'), value: <bdi>{claim.basis}</bdi> },
          {
            name: t('claim'),
            value: <Link href={`/claims/${claim.id}`}>{t(`kind.${claim.kind}`)}</Link>,
          },
        ]}
      />
    </Card>
  );
}
