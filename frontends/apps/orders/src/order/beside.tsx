import { Badge, Card, Facts, format, Line, Link, LinkList, Row } from '@app/ui';
import { useText } from '../text.ts';
import type { Order } from './page.tsx';

/** Whose order it is, how it was paid, and what it led to. */
export function Beside({ order }: { order: Order }) {
  const t = useText();
  const { customer } = order;
  const cases = order.cases?.nodes ?? [];
  return (
    <>
      {customer ? (
        <Card title={t('customer')}>
          <Line>
            <Link href={`/customers/${customer.id}`}>{customer.displayName}</Link>
            {customer.tier && customer.tier !== 'BASE' ? (
              <Badge tone="accent">{t(`tier.${customer.tier}`)}</Badge>
            ) : null}
            {customer.isVip ? <Badge tone="accent">{t('flag.vip')}</Badge> : null}
            {customer.needsAssistance ? <Badge tone="warning">{t('flag.assistance')}</Badge> : null}
          </Line>
        </Card>
      ) : null}
      <Card title={t('order')}>
        <Facts
          items={[
            { name: t('airline'), value: <bdi>{order.ownerAirline}</bdi> },
            { name: t('placed'), value: format.dateTime(order.placedAt) },
            { name: t('total'), value: format.money(order.total) },
            { name: t('paid'), value: t(`payment.${order.paymentMethod}`) },
            ...(order.refund.amountMinor > 0
              ? [{ name: t('refund'), value: format.money(order.refund) }]
              : []),
          ]}
        />
      </Card>
      {cases.length > 0 ? (
        <Card title={t('cases')} flush>
          <LinkList
            label={t('cases')}
            items={cases}
            itemKey={({ id }) => id}
            href={({ id }) => `/cases/${id}`}
          >
            {(one) => (
              <Row
                title={one.subject}
                detail={<bdi>{one.reference}</bdi>}
                end={<Badge tone={one.isOpen ? 'accent' : 'neutral'}>{one.priority}</Badge>}
              />
            )}
          </LinkList>
        </Card>
      ) : null}
    </>
  );
}
