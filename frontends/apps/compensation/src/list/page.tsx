import { can, navigate } from '@app/sdk';
import {
  Card,
  type Column,
  Empty,
  FilterBar,
  Loaded,
  More,
  Page,
  Skeleton,
  Table,
  useGraphPages,
  useSearch,
} from '@app/ui';
import {
  type ClaimFilter,
  type ClaimLineFragment,
  ClaimListDocument,
  type ClaimStatus,
} from '../gql/graphql.ts';
import { ClaimState, Due, useAmount } from '../state.tsx';
import { useText } from '../text.ts';

const choices = ['NEEDS_REVIEW', 'NEEDS_APPROVAL', 'APPROVED', 'PAYING', 'PAID', 'REFUSED', 'ALL'] as const;
type Choice = (typeof choices)[number];

/** Claims by state: those to decide first, the most pressing on top. */
export function ClaimListPage() {
  const t = useText();
  const asked = useSearch().get('status') as Choice | null;
  const shown: Choice = asked && choices.includes(asked) ? asked : 'NEEDS_REVIEW';
  const filter: ClaimFilter = shown === 'ALL' ? {} : { status: shown satisfies ClaimStatus };
  const found = useGraphPages(
    ClaimListDocument,
    { filter, sort: 'DUE_BY', withFlight: can('flight:read'), withCustomer: can('customer:read') },
    (data) => data.claims.pageInfo,
  );
  return (
    <Page title={t('claims')} width="full">
      <FilterBar
        label={t('status')}
        options={choices.map((id) => ({ id, label: t(`status.${id}`) }))}
        selected={[shown]}
        onChange={([next]) => navigate(`/claims?status=${next ?? 'ALL'}`, { replace: true })}
      />
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={10} />}>
          {({ pages }) => <ClaimTable claims={pages.flatMap((page) => page.claims.nodes)} />}
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

function Amount({ claim }: { claim: ClaimLineFragment }) {
  return <>{useAmount(claim)}</>;
}

function ClaimTable({ claims }: { claims: ClaimLineFragment[] }) {
  const t = useText();
  if (claims.length === 0) return <Empty title={t('claims.none')}>{t('claims.none.text')}</Empty>;
  const columns: Column<ClaimLineFragment>[] = [
    { id: 'amount', label: t('amount'), cell: (one) => <Amount claim={one} /> },
    ...(can('customer:read')
      ? [
          {
            id: 'customer',
            label: t('customer'),
            cell: (one: ClaimLineFragment) => one.customer?.displayName,
          },
        ]
      : []),
    {
      id: 'flight',
      label: t('flight'),
      isSecondary: true,
      cell: ({ flight }) =>
        flight ? (
          <bdi>
            {flight.designator} {flight.origin?.iataCode}–{flight.destination?.iataCode}
          </bdi>
        ) : null,
    },
    {
      id: 'basis',
      label: t('basis'),
      isSecondary: true,
      cell: (one) => <bdi>{[one.regime, one.basis].filter(Boolean).join(' · ')}</bdi>,
    },
    {
      id: 'status',
      label: t('status'),
      isSecondary: true,
      cell: (one) => <ClaimState status={one.status} />,
    },
    { id: 'due', label: t('due'), align: 'end', cell: (one) => <Due claim={one} /> },
  ];
  return (
    <Table
      label={t('claims')}
      columns={columns}
      items={claims}
      itemKey={({ id }) => id}
      href={({ id }) => `/claims/${id}`}
    />
  );
}
