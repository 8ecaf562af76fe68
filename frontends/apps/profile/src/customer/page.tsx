import { boot, can, navigate } from '@app/sdk';
import {
  Avatar,
  Badge,
  Button,
  Columns,
  format,
  Loaded,
  Menu,
  Page,
  Skeleton,
  Slot,
  useCommands,
  useGraph,
} from '@app/ui';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { CustomerPageDocument, type CustomerPageQuery } from '../gql/graphql.ts';
import { Tier } from '../search/page.tsx';
import { useText } from '../text.ts';
import { About, Contacts } from './about.tsx';
import { AddContact } from './add-contact.tsx';
import { EditCustomer } from './edit.tsx';
import { Journeys } from './journeys.tsx';
import { RecordNote } from './note.tsx';
import { useNow } from './now.ts';
import { CaseList, ClaimList } from './open.tsx';
import { Timeline } from './timeline.tsx';

/** A customer, as this page asks for them. */
export type Customer = NonNullable<CustomerPageQuery['customer']>;

/** The whole customer on one page, by one request. */
export function CustomerPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(
    CustomerPageDocument,
    {
      id,
      language: boot().locale.slice(0, 2),
      withOrders: can('order:read'),
      withCases: can('case:read'),
      withClaims: can('claim:read'),
    },
    { refetchInterval: 30_000 },
  );
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('person')}>
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ customer }) => (customer ? <Whole customer={customer} /> : <Nobody />)}
    </Loaded>
  );
}

function Nobody() {
  const t = useText();
  return (
    <Page title={t('search.none')} crumbs={[{ label: t('customers'), href: '/customers' }]}>
      {null}
    </Page>
  );
}

type Act = 'edit' | 'contact' | 'note' | null;

function Whole({ customer }: { customer: Customer }) {
  const t = useText();
  const now = useNow(customer);
  const [act, setAct] = useState<Act>(null);
  const acts = useActs(customer, setAct);
  useCommands('customer', acts);
  const close = () => setAct(null);
  return (
    <Page
      title={customer.displayName}
      documentTitle={t('person')}
      crumbs={[{ label: t('customers'), href: '/customers' }]}
      lead={<Avatar name={customer.displayName} size="large" />}
      meta={
        <>
          <Tier tier={customer.tier} />
          {customer.isVip ? <Badge tone="accent">{t('flag.vip')}</Badge> : null}
          {customer.needsAssistance ? <Badge tone="warning">{t('flag.assistance')}</Badge> : null}
          {customer.status === 'ACTIVE' ? null : <Badge>{t(`status.${customer.status}`)}</Badge>}
          <Badge>{format.language(customer.language)}</Badge>
        </>
      }
      actions={
        acts.length > 0 ? (
          <Menu
            label={t('act')}
            trigger={
              <Button tone="primary" icon={<ChevronDown aria-hidden />}>
                {t('act')}
              </Button>
            }
            entries={acts}
          />
        ) : null
      }
      answer={now}
    >
      <Columns
        aside={
          <>
            {customer.cases ? <CaseList cases={customer.cases.nodes} /> : null}
            {customer.claims ? <ClaimList claims={customer.claims.nodes} /> : null}
            <Contacts customer={customer} />
            <About customer={customer} />
            <Slot name="customer.aside" props={{ customerId: customer.id }} />
          </>
        }
      >
        {customer.journeys || customer.past ? (
          <Journeys upcoming={customer.journeys?.nodes ?? []} past={customer.past?.nodes ?? []} />
        ) : null}
        <Timeline customer={customer} />
      </Columns>
      {act === 'edit' ? <EditCustomer customer={customer} onClose={close} /> : null}
      {act === 'contact' ? <AddContact customerId={customer.id} onClose={close} /> : null}
      {act === 'note' ? <RecordNote customerId={customer.id} onClose={close} /> : null}
    </Page>
  );
}

function useActs(customer: Customer, open: (act: Act) => void) {
  const t = useText();
  const path = `/cases/new?customer=${customer.id}`;
  return [
    ...(can('case:write')
      ? [{ id: 'case', label: t('act.case'), keys: 'c', run: () => navigate(path) }]
      : []),
    ...(can('customer:write')
      ? [
          { id: 'note', label: t('act.note'), keys: 'n', run: () => open('note') },
          { id: 'edit', label: t('act.edit'), keys: 'e', run: () => open('edit') },
          { id: 'contact', label: t('act.contact'), run: () => open('contact') },
        ]
      : []),
  ];
}
