/** The latest orders of a customer, on their page. */
import {
  Card,
  defineFrontend,
  format,
  LinkList,
  Loaded,
  Row,
  Skeleton,
  useGraph,
  useSlotProps,
} from '@app/ui';
import { CustomerOrdersDocument } from './gql/graphql.ts';
import { OrderState } from './state.tsx';
import { useText } from './text.ts';

function CustomerOrders() {
  const t = useText();
  const { customerId } = useSlotProps<{ customerId: string }>();
  const asked = useGraph(CustomerOrdersDocument, { id: customerId });
  return (
    <Loaded from={asked} skeleton={<Skeleton lines={3} />}>
      {({ customer }) => {
        const orders = customer?.orders?.nodes ?? [];
        if (orders.length === 0) return null;
        return (
          <Card title={t('orders')} flush>
            <LinkList
              label={t('orders')}
              items={orders}
              itemKey={({ id }) => id}
              href={({ id }) => `/orders/${id}`}
            >
              {(one) => (
                <Row
                  title={<bdi>{one.recordLocator}</bdi>}
                  detail={`${format.money(one.total)} · ${format.date(one.placedAt)}`}
                  end={<OrderState status={one.status} />}
                />
              )}
            </LinkList>
          </Card>
        );
      }}
    </Loaded>
  );
}

export default defineFrontend('orders', CustomerOrders, {
  en: () => import('../locales/en.json'),
  ar: () => import('../locales/ar.json'),
});
