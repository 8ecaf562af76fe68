import { can } from '@app/sdk';
import {
  amounts,
  Card,
  type Column,
  Empty,
  FilterBar,
  format,
  Loaded,
  More,
  Page,
  Skeleton,
  sumByCurrency,
  Table,
  useGraphPages,
} from '@app/ui';
import { useState } from 'react';
import { PayoutListDocument, type PayoutListQuery, type PayoutStatus } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { Places } from '../sections.tsx';
import { DueClock, PayoutState, RegimeName } from '../status.tsx';
import { useText } from '../text.ts';

type Found = PayoutListQuery['payouts']['nodes'][number];

const which = ['REQUESTED', 'FAILED', 'SENT', 'SETTLED', 'ALL'] as const;
const ended: PayoutStatus[] = ['SETTLED', 'CANCELLED'];

/** The payments: those that wait for somebody first. */
export function PayoutListPage() {
  const t = useText();
  const [shown, setShown] = useState<(typeof which)[number]>('REQUESTED');
  const found = useGraphPages(
    PayoutListDocument,
    {
      filter: shown === 'ALL' ? {} : { status: shown },
      sort: shown === 'ALL' || shown === 'SETTLED' ? ('REQUESTED_AT' as const) : ('DUE_BY' as const),
      withCustomer: can('customer:read'),
    },
    (data) => data.payouts.pageInfo,
  );
  const items = found.data?.pages.flatMap((page) => page.payouts.nodes) ?? [];
  const sum = amounts(sumByCurrency(items.map(({ amount }) => amount)), { whole: true });
  return (
    <Page
      title={t('place.payouts')}
      width="full"
      answer={
        sum ? t('payouts.now', { count: items.length, sum, more: found.hasNextPage ? 'yes' : 'no' }) : null
      }
    >
      <Places current="payouts" />
      <FilterBar
        label={t('filter')}
        options={which.map((id) => ({
          id,
          label: id === 'ALL' ? t('filter.ALL') : t(`payout.status.${id}`),
        }))}
        selected={[shown]}
        onChange={([next]) => setShown(next ?? 'REQUESTED')}
      />
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={8} />}>
          {() => <PayoutTable items={items} />}
        </Loaded>
        <More
          hasMore={found.hasNextPage}
          isLoading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
    </Page>
  );
}

function PayoutTable({ items }: { items: Found[] }) {
  const t = useText();
  const owed = useOwed();
  if (items.length === 0) return <Empty title={t('payouts.none')}>{t('payouts.none.text')}</Empty>;
  const columns: Column<Found>[] = [
    {
      id: 'amount',
      label: t('amount'),
      cell: (one) => owed({ amount: one.amount, miles: one.deliveredMiles ?? one.claim?.miles }),
    },
    ...(can('customer:read')
      ? [
          {
            id: 'customer',
            label: t('customer'),
            cell: (one: Found) => one.claim?.customer?.displayName ?? t('customer.none'),
          },
        ]
      : []),
    { id: 'method', label: t('pay.method'), isSecondary: true, cell: (one) => t(`method.${one.method}`) },
    {
      id: 'regime',
      label: t('regime'),
      isSecondary: true,
      cell: (one) => <RegimeName regime={one.claim?.regime ?? null} />,
    },
    { id: 'status', label: t('status'), cell: (one) => <PayoutState status={one.status} /> },
    {
      id: 'requested',
      label: t('payout.requested'),
      isSecondary: true,
      cell: (one) => format.relative(one.requestedAt),
    },
    {
      id: 'due',
      label: t('due'),
      cell: (one) => <DueClock dueBy={one.dueBy} isOpen={!ended.includes(one.status)} />,
    },
  ];
  return (
    <Table
      label={t('place.payouts')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/claims/payouts/${one.id}`}
    />
  );
}
