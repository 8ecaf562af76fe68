import { can, navigate } from '@app/sdk';
import {
  Badge,
  Button,
  Card,
  type Column,
  Empty,
  format,
  Line,
  Loaded,
  More,
  Page,
  SearchField,
  Select,
  Skeleton,
  Table,
  useCommands,
  useGraphPages,
} from '@app/ui';
import { UserPlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import {
  type CustomerFilter,
  CustomerSearchDocument,
  type CustomerSearchQuery,
  type LoyaltyTier,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { NewCustomer } from './new.tsx';

type Found = CustomerSearchQuery['customers']['nodes'][number];

const settle = 200;

/** Finds customers. What is typed goes to the graph alone, and into no address. */
export function SearchPage() {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [tier, setTier] = useState<LoyaltyTier | 'ALL'>('ALL');
  const [isNew, setNew] = useState(false);
  const typed = useSettled(text.trim());
  const filter: CustomerFilter = { ...meant(typed), ...(tier === 'ALL' ? {} : { tier }) };
  const found = useGraphPages(
    CustomerSearchDocument,
    { filter, sort: typed ? 'FAMILY_NAME' : 'CREATED_AT' },
    (data) => data.customers.pageInfo,
  );
  const mayWrite = can('customer:write');
  useCommands(
    'customers',
    mayWrite ? [{ id: 'new', label: t('new'), keys: 'c', run: () => setNew(true) }] : [],
  );
  return (
    <Page
      title={t('customers')}
      actions={
        mayWrite ? (
          <Button tone="primary" icon={<UserPlus aria-hidden />} onPress={() => setNew(true)}>
            {t('new')}
          </Button>
        ) : null
      }
    >
      <Line>
        <div style={{ flex: '1 1 320px' }}>
          <SearchField
            label={t('search')}
            placeholder={t('search.help')}
            value={text}
            onChange={setText}
            inputRef={field}
            autoFocus
          />
        </div>
        <Select
          label={t('tier')}
          hideLabel
          value={tier}
          onChange={setTier}
          options={(['ALL', 'PLATINUM', 'GOLD', 'SILVER', 'BASE'] as const).map((id) => ({
            id,
            label: t(`tier.${id}`),
          }))}
        />
      </Line>
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={8} />}>
          {({ pages }) => <Results items={pages.flatMap((page) => page.customers.nodes)} />}
        </Loaded>
        <More
          hasMore={found.hasNextPage}
          isLoading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
      {isNew ? (
        <NewCustomer onClose={() => setNew(false)} onCreated={(id) => navigate(`/customers/${id}`)} />
      ) : null}
    </Page>
  );
}

function Results({ items }: { items: Found[] }) {
  const t = useText();
  if (items.length === 0) return <Empty title={t('search.none')}>{t('search.none.text')}</Empty>;
  const columns: Column<Found>[] = [
    { id: 'person', label: t('person'), cell: (one) => one.displayName },
    {
      id: 'flags',
      label: t('tier'),
      cell: (one) => (
        <Line>
          <Tier tier={one.tier} />
          {one.isVip ? <Badge tone="accent">{t('flag.vip')}</Badge> : null}
          {one.needsAssistance ? <Badge tone="warning">{t('flag.assistance')}</Badge> : null}
          {one.status === 'ACTIVE' ? null : <Badge>{t(`status.${one.status}`)}</Badge>}
        </Line>
      ),
    },
    { id: 'home', label: t('home'), isSecondary: true, cell: (one) => one.homeAirport },
    { id: 'language', label: t('language'), isSecondary: true, cell: (one) => format.language(one.language) },
    {
      id: 'updated',
      label: t('updated'),
      align: 'end',
      isSecondary: true,
      cell: (one) => format.relative(one.updatedAt),
    },
  ];
  return (
    <Table
      label={t('customers')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/customers/${one.id}`}
    />
  );
}

/** The tier of a customer. */
export function Tier({ tier }: { tier: LoyaltyTier | null }) {
  const t = useText();
  if (!tier || tier === 'BASE') return null;
  return <Badge tone={tier === 'SILVER' ? 'neutral' : 'accent'}>{t(`tier.${tier}`)}</Badge>;
}

/** What a text can mean: an address, a telephone number, a loyalty number, or the beginning of a name. */
export function meant(text: string): CustomerFilter {
  const packed = text.replaceAll(/[\s()-]/g, '');
  if (text === '') return {};
  if (/^\S+@\S+\.\S+$/.test(text)) return { email: text };
  if (/^\+\d{7,15}$/.test(packed)) return { phone: packed };
  if (/^[A-Za-z]{2}\d{6,}$/.test(packed)) return { loyaltyNumber: text };
  return { name: text };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settle);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
