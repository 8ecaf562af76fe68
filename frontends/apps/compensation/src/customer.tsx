/** What a customer is owed, on their page. */
import { can } from '@app/sdk';
import {
  amounts,
  Card,
  defineFrontend,
  Figure,
  format,
  LinkList,
  Loaded,
  Row,
  Skeleton,
  sumByCurrency,
  useGraph,
  useSlotProps,
} from '@app/ui';
import styles from './exposure/exposure.module.css';
import { type ClaimStatus, CustomerMoneyDocument, type CustomerMoneyQuery } from './gql/graphql.ts';
import { useOwed } from './owed.tsx';
import { PayoutState } from './status.tsx';
import { useText } from './text.ts';

type Claim = NonNullable<NonNullable<CustomerMoneyQuery['customer']>['claims']>['nodes'][number];

const groups: { id: 'undecided' | 'owed' | 'paid'; status: ClaimStatus[] }[] = [
  { id: 'undecided', status: ['NEEDS_REVIEW', 'NEEDS_APPROVAL'] },
  { id: 'owed', status: ['APPROVED', 'PAYING'] },
  { id: 'paid', status: ['PAID'] },
];

function CustomerMoney() {
  const t = useText();
  const { customerId } = useSlotProps<{ customerId: string }>();
  const asked = useGraph(CustomerMoneyDocument, { id: customerId, withPayouts: can('payout:read') });
  return (
    <Loaded from={asked} skeleton={<Skeleton lines={3} />}>
      {({ customer, payouts }) => {
        const claims = customer?.claims?.nodes ?? [];
        if (claims.length === 0) return null;
        return (
          <Card title={t('money')} flush>
            <Sums claims={claims} />
            {payouts && payouts.nodes.length > 0 ? <Payouts payouts={payouts.nodes} /> : null}
          </Card>
        );
      }}
    </Loaded>
  );
}

function Sums({ claims }: { claims: Claim[] }) {
  const t = useText();
  return (
    <div className={`${styles.figures} ${styles.pick}`}>
      {groups.map(({ id, status }) => {
        const own = claims.filter((claim) => status.includes(claim.status));
        if (own.length === 0) return null;
        const sum = amounts(sumByCurrency(own.map(({ amount }) => amount)), { whole: true });
        return (
          <Figure
            key={id}
            name={t(`money.${id}`)}
            value={sum ?? '–'}
            detail={t('money.claims', { count: own.length })}
          />
        );
      })}
    </div>
  );
}

function Payouts({ payouts }: { payouts: NonNullable<CustomerMoneyQuery['payouts']>['nodes'] }) {
  const t = useText();
  const owed = useOwed();
  return (
    <LinkList
      label={t('place.payouts')}
      items={payouts}
      itemKey={({ id }) => id}
      href={({ id }) => `/claims/payouts/${id}`}
    >
      {(one) => (
        <Row
          title={owed({ amount: one.amount, miles: one.deliveredMiles })}
          detail={`${t(`method.${one.method}`)} · ${format.date(one.requestedAt)}`}
          end={<PayoutState status={one.status} />}
        />
      )}
    </LinkList>
  );
}

export default defineFrontend('compensation', CustomerMoney, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
