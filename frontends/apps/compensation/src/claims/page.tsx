import { can } from '@app/sdk';
import {
  amounts,
  Card,
  type Column,
  Empty,
  FilterBar,
  format,
  Line,
  Loaded,
  More,
  Page,
  Select,
  Skeleton,
  sumByCurrency,
  Table,
  useGraphPages,
} from '@app/ui';
import { useState } from 'react';
import {
  type ClaimFilter,
  ClaimListDocument,
  type ClaimListQuery,
  type ClaimSort,
  type Regime,
} from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { Places } from '../sections.tsx';
import { ClaimState, DueClock, daysLeft, isOpen, RegimeName } from '../status.tsx';
import { useText } from '../text.ts';
import styles from './claims.module.css';

type Found = ClaimListQuery['claims']['nodes'][number];

const which = ['NEEDS_REVIEW', 'NEEDS_APPROVAL', 'APPROVED', 'REFUSED', 'PAID', 'ALL'] as const;
const regimes = ['EU261', 'UK261', 'US_DOT', 'CA_APPR', 'MONTREAL', 'UAE_PWP', 'GOODWILL'] as const;

/** The claims that wait, in the order in which they are due. */
export function ClaimListPage() {
  const t = useText();
  const [shown, setShown] = useState<(typeof which)[number]>('NEEDS_REVIEW');
  const [regime, setRegime] = useState<Regime | 'ALL'>('ALL');
  const [sort, setSort] = useState<ClaimSort>('DUE_BY');
  const filter: ClaimFilter = {
    ...(shown === 'ALL' ? {} : { status: shown }),
    ...(regime === 'ALL' ? {} : { regime }),
  };
  const found = useGraphPages(
    ClaimListDocument,
    { filter, sort, withCustomer: can('customer:read'), withFlight: can('flight:read') },
    (data) => data.claims.pageInfo,
  );
  const items = found.data?.pages.flatMap((page) => page.claims.nodes) ?? [];
  return (
    <Page title={t('claims')} width="full" answer={useNow(items, found.hasNextPage)}>
      <Places current="claims" />
      <Line spread>
        <FilterBar
          label={t('filter')}
          options={which.map((id) => ({ id, label: t(`filter.${id}`) }))}
          selected={[shown]}
          onChange={([next]) => setShown(next ?? 'NEEDS_REVIEW')}
        />
        <Line>
          <Select
            label={t('regime')}
            hideLabel
            value={regime}
            onChange={setRegime}
            options={[
              { id: 'ALL' as const, label: t('regime.all') },
              ...regimes.map((id) => ({ id, label: t(`regime.${id}`) })),
            ]}
          />
          <Select
            label={t('sort')}
            hideLabel
            value={sort}
            onChange={setSort}
            options={(['DUE_BY', 'OPENED_AT'] as const).map((id) => ({ id, label: t(`sort.${id}`) }))}
          />
        </Line>
      </Line>
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={10} />}>
          {() => <ClaimTable items={items} />}
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

function useNow(items: Found[], hasMore: boolean): string | null {
  const t = useText();
  const open = items.filter(({ status }) => isOpen(status));
  if (open.length === 0) return null;
  const late = open.filter(({ dueBy }) => daysLeft(dueBy) < 0).length;
  const sum = amounts(sumByCurrency(open.map(({ amount }) => amount)), { whole: true });
  const parts = [
    t(hasMore ? 'claims.now.first' : 'claims.now', { count: open.length, sum: sum ?? t('owed.open') }),
    late > 0 ? t('claims.now.late', { count: late }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

function ClaimTable({ items }: { items: Found[] }) {
  const t = useText();
  const columns = useColumns();
  if (items.length === 0) return <Empty title={t('claims.none')}>{t('claims.none.text')}</Empty>;
  return (
    <Table
      label={t('claims')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/claims/${one.id}`}
    />
  );
}

function useColumns(): Column<Found>[] {
  const t = useText();
  const owed = useOwed();
  return [
    {
      id: 'amount',
      label: t('amount'),
      cell: (one) => (
        <span className={styles.words}>
          <span className={styles.amount}>{owed(one)}</span>
          <small>
            <RegimeName regime={one.regime} /> · {t(`kind.${one.kind}`)}
          </small>
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
    {
      id: 'why',
      label: t('why.open'),
      isSecondary: true,
      cell: (one) => (
        <span className={styles.reasons} dir="auto">
          {one.reviewReasons[0] ?? t(`origin.${one.origin}`)}
        </span>
      ),
    },
    {
      id: 'flight',
      label: t('flight'),
      isSecondary: true,
      cell: (one) =>
        one.flight ? (
          <span className={styles.words}>
            <bdi>{one.flight.designator}</bdi>
            <small>{format.date(one.flight.departsOn)}</small>
          </span>
        ) : null,
    },
    {
      id: 'status',
      label: t('status'),
      isSecondary: true,
      cell: (one) => <ClaimState status={one.status} />,
    },
    {
      id: 'due',
      label: t('due'),
      cell: (one) => <DueClock dueBy={one.dueBy} isOpen={isOpen(one.status)} />,
    },
  ];
}
