import { can, navigate } from '@app/sdk';
import {
  Avatar,
  Button,
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
  Table,
  useCommands,
  useGraphPages,
} from '@app/ui';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Clock, Priority } from '../clock.tsx';
import { type CaseFilter, CaseListDocument, type CaseListQuery, type CaseSort } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './list.module.css';

type Found = CaseListQuery['cases']['nodes'][number];
type Which = 'all' | 'unassigned' | 'closed';

const which: Record<Which, CaseFilter> = {
  all: { isOpen: true },
  unassigned: { isOpen: true, assignee: { isNull: true } },
  closed: { isOpen: false },
};

/** What waits, in the order in which it should be dealt with. */
export function CaseListPage() {
  const t = useText();
  const isInternal = can('case:internal');
  const [shown, setShown] = useState<Which>('all');
  const [queue, setQueue] = useState('ALL');
  const [sort, setSort] = useState<CaseSort>('PRIORITY');
  const filter: CaseFilter = { ...which[shown], ...(queue === 'ALL' ? {} : { queue: { eq: queue } }) };
  const found = useGraphPages(
    CaseListDocument,
    { filter, sort, withCustomer: can('customer:read'), internal: isInternal },
    (data) => data.cases.pageInfo,
  );
  const queues = found.data?.pages[0]?.queues?.nodes ?? [];
  const open = () => navigate('/cases/new');
  useCommands('cases', can('case:write') ? [{ id: 'new', label: t('new'), keys: 'c', run: open }] : []);
  return (
    <Page
      title={t('cases')}
      width="full"
      actions={
        can('case:write') ? (
          <Button tone="primary" icon={<Plus aria-hidden />} onPress={open}>
            {t('new')}
          </Button>
        ) : null
      }
    >
      <Line spread>
        <FilterBar
          label={t('filter')}
          options={(['all', ...(isInternal ? (['unassigned'] as const) : []), 'closed'] as Which[]).map(
            (id) => ({
              id,
              label: t(`filter.${id}`),
            }),
          )}
          selected={[shown]}
          onChange={([next]) => setShown(next ?? 'all')}
        />
        <Line>
          {isInternal ? (
            <Select
              label={t('queue')}
              hideLabel
              value={queue}
              onChange={setQueue}
              options={[
                { id: 'ALL', label: t('queue.all') },
                ...queues.map(({ code, name, openCount }) => ({
                  id: code,
                  label: `${name} (${format.number(openCount)})`,
                })),
              ]}
            />
          ) : null}
          <Select
            label={t('sort')}
            hideLabel
            value={sort}
            onChange={setSort}
            options={(['PRIORITY', 'OPENED_AT'] as const).map((id) => ({ id, label: t(`sort.${id}`) }))}
          />
        </Line>
      </Line>
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={10} />}>
          {({ pages }) => <CaseTable items={pages.flatMap((page) => page.cases.nodes)} />}
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

function CaseTable({ items }: { items: Found[] }) {
  const t = useText();
  if (items.length === 0) return <Empty title={t('cases.none')}>{t('cases.none.text')}</Empty>;
  const columns: Column<Found>[] = [
    {
      id: 'subject',
      label: t('subject'),
      cell: (one) => (
        <span className={styles.subject}>
          <Priority priority={one.priority} isOpen={one.isOpen} />
          <span className={styles.words}>
            <span>{one.subject}</span>
            <small>
              <bdi>{one.reference}</bdi> · {t(`type.${one.type}`)}
            </small>
          </span>
        </span>
      ),
    },
    {
      id: 'customer',
      label: t('customer'),
      isSecondary: true,
      cell: (one) => one.customer?.displayName ?? <span className={styles.quiet}>{t('customer.none')}</span>,
    },
    { id: 'status', label: t('case'), isSecondary: true, cell: (one) => t(`status.${one.status}`) },
    {
      id: 'assignee',
      label: t('assignee'),
      isSecondary: true,
      cell: (one) =>
        one.assignee ? (
          <span className={styles.agent}>
            <Avatar name={one.assignee.name} /> {one.assignee.name}
          </span>
        ) : (
          <span className={styles.quiet}>{t('agent.none')}</span>
        ),
    },
    { id: 'clock', label: t('clock'), cell: (one) => <Clock targetAt={one.targetAt} isOpen={one.isOpen} /> },
    {
      id: 'age',
      label: t('age'),
      align: 'end',
      isSecondary: true,
      cell: (one) => format.relative(one.openedAt),
    },
  ];
  return (
    <Table
      label={t('cases')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/cases/${one.id}`}
    />
  );
}
