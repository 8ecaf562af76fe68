import { can } from '@app/sdk';
import {
  Badge,
  Card,
  type Column,
  Columns,
  Empty,
  FilterBar,
  format,
  Loaded,
  More,
  Page,
  Skeleton,
  Table,
  useGraphPages,
} from '@app/ui';
import { useState } from 'react';
import { OrderListDocument, type OrderListQuery, type OrderStatus } from '../gql/graphql.ts';
import { JourneyState, OrderState } from '../state.tsx';
import { useText } from '../text.ts';
import { Find } from './find.tsx';
import styles from './list.module.css';

type Found = OrderListQuery['orders']['nodes'][number];

const which = ['ALL', 'OPEN', 'COMPLETED', 'CANCELLED'] as const;

/** The latest orders, and the way to one by its locator. */
export function OrderListPage() {
  const t = useText();
  const [shown, setShown] = useState<OrderStatus | 'ALL'>('ALL');
  const found = useGraphPages(
    OrderListDocument,
    { filter: shown === 'ALL' ? {} : { status: shown }, withCustomer: can('customer:read') },
    (data) => data.orders.pageInfo,
  );
  return (
    <Page title={t('orders')} width="full">
      <Columns aside={<Find />}>
        <FilterBar
          label={t('filter')}
          options={which.map((id) => ({ id, label: t(`filter.${id}`) }))}
          selected={[shown]}
          onChange={([next]) => setShown(next ?? 'ALL')}
        />
        <Card flush>
          <Loaded from={found} skeleton={<Skeleton kind="rows" lines={10} />}>
            {({ pages }) => <OrderTable items={pages.flatMap((page) => page.orders.nodes)} />}
          </Loaded>
          <More
            hasMore={found.hasNextPage}
            isLoading={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      </Columns>
    </Page>
  );
}

function OrderTable({ items }: { items: Found[] }) {
  const t = useText();
  if (items.length === 0) return <Empty title={t('orders.none')}>{t('orders.none.text')}</Empty>;
  const columns: Column<Found>[] = [
    {
      id: 'order',
      label: t('order'),
      cell: (one) => (
        <span className={styles.words}>
          <bdi className={styles.locator}>{one.recordLocator}</bdi>
          <small>{t(`channel.${one.channel}`)}</small>
        </span>
      ),
    },
    ...(can('customer:read')
      ? [
          {
            id: 'customer',
            label: t('customer'),
            cell: (one: Found) => one.customer?.displayName ?? t('customer.none'),
          },
        ]
      : []),
    { id: 'journeys', label: t('journeys'), isSecondary: true, cell: (one) => <Ways order={one} /> },
    {
      id: 'status',
      label: t('state'),
      isSecondary: true,
      cell: (one) => <OrderState status={one.status} />,
    },
    { id: 'total', label: t('total'), align: 'end', cell: (one) => format.money(one.total) },
    {
      id: 'placed',
      label: t('placed'),
      align: 'end',
      isSecondary: true,
      cell: (one) => format.relative(one.placedAt),
    },
  ];
  return (
    <Table
      label={t('orders')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/orders/${one.id}`}
    />
  );
}

function Ways({ order }: { order: Found }) {
  return (
    <span className={styles.words}>
      {(order.journeys ?? []).map((journey) => (
        <span key={journey.id} className={styles.way}>
          <Badge>
            <bdi>{`${journey.origin?.iataCode} – ${journey.destination?.iataCode}`}</bdi>
          </Badge>
          <small>
            {format.date(journey.scheduledDepartureAt, { timeZone: journey.origin?.timeZone ?? 'UTC' })}
          </small>
          <JourneyState status={journey.status} />
        </span>
      ))}
    </span>
  );
}
