import { can } from '@app/sdk';
import { Badge, Columns, format, Loaded, Page, Skeleton, Slot, useGraph } from '@app/ui';
import { OrderPageDocument, type OrderPageQuery } from '../gql/graphql.ts';
import { OrderState } from '../state.tsx';
import { useText } from '../text.ts';
import { Acts } from './acts.tsx';
import { Beside } from './beside.tsx';
import { Bought } from './bought.tsx';
import { Journeys } from './journeys.tsx';
import { Passengers } from './passengers.tsx';

/** An order, as this page asks for it. */
export type Order = NonNullable<OrderPageQuery['order']>;

/** One order: who travels, when and how it goes, and what was paid. */
export function OrderPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(
    OrderPageDocument,
    {
      id,
      withCustomer: can('customer:read'),
      withFlight: can('flight:read'),
      withCases: can('case:read'),
      withClaims: can('claim:read'),
    },
    { refetchInterval: 30_000 },
  );
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('order')}>
          <Skeleton kind="card" lines={4} />
        </Page>
      }
    >
      {({ order }) =>
        order ? (
          <Whole order={order} />
        ) : (
          <Page title={t('order.none')} crumbs={[{ label: t('orders'), href: '/orders' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ order }: { order: Order }) {
  const t = useText();
  return (
    <Page
      title={order.recordLocator}
      documentTitle={t('order')}
      crumbs={[{ label: t('orders'), href: '/orders' }]}
      meta={
        <>
          <OrderState status={order.status} />
          <Badge>{t(`channel.${order.channel}`)}</Badge>
          <Badge>{t(`fare.${order.fareKind}`)}</Badge>
        </>
      }
      actions={<Acts order={order} />}
      answer={useNow(order)}
    >
      <Columns
        aside={
          <>
            <Beside order={order} />
            <Slot name="order.aside" props={{ orderId: order.id, customerId: order.customer?.id }} />
          </>
        }
      >
        <Journeys order={order} />
        <Passengers order={order} />
        <Bought order={order} />
      </Columns>
    </Page>
  );
}

/** What matters about the order at this moment. */
function useNow(order: Order): string {
  const t = useText();
  const journeys = order.journeys ?? [];
  const count = order.passengers?.length ?? 0;
  if (order.status === 'CANCELLED') {
    const date = order.cancelledAt ? format.date(order.cancelledAt) : '';
    return t('now.cancelled', { date, refund: format.money(order.refund) });
  }
  const hit = journeys.find(({ status }) => status === 'DISRUPTED' || status === 'DELAYED');
  const next = hit ?? journeys.find(({ status }) => status === 'IN_PROGRESS' || status === 'ON_TIME');
  if (!next) return t('now.over', { count });
  return t(hit ? 'now.hit' : 'now.next', {
    count,
    from: next.origin?.city ?? next.origin?.iataCode,
    to: next.destination?.city ?? next.destination?.iataCode,
    date: format.date(next.scheduledDepartureAt, { timeZone: next.origin?.timeZone ?? 'UTC' }),
    state: next.status ? t(`journey.${next.status}`) : '',
  });
}
