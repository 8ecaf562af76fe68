import { Badge, Card, type Column, Empty, format, Table } from '@app/ui';
import { useText } from '../text.ts';
import type { Order } from './page.tsx';

type Item = NonNullable<Order['items']>[number];

/** What was bought, line by line. */
export function Bought({ order }: { order: Order }) {
  const t = useText();
  const items = order.items ?? [];
  const names = new Map((order.passengers ?? []).map((one) => [one.id, one.givenName]));
  const ways = new Map(
    (order.journeys ?? []).map((one) => [one.id, `${one.origin?.iataCode} – ${one.destination?.iataCode}`]),
  );
  const columns: Column<Item>[] = [
    {
      id: 'what',
      label: t('item'),
      cell: (item) =>
        item.ancillary ? (
          t(`ancillary.${item.ancillary.kind}`)
        ) : (
          <bdi>{ways.get(item.journey?.id ?? '') ?? t(`item.${item.kind}`)}</bdi>
        ),
    },
    {
      id: 'who',
      label: t('item.for'),
      isSecondary: true,
      cell: (item) => names.get(item.passenger?.id ?? ''),
    },
    {
      id: 'status',
      label: t('state'),
      isSecondary: true,
      cell: (item) => (
        <Badge tone={item.status === 'CANCELLED' ? 'danger' : 'neutral'}>{t(`item.${item.status}`)}</Badge>
      ),
    },
    { id: 'price', label: t('price'), align: 'end', cell: (item) => format.money(item.price) },
  ];
  return (
    <Card title={t('bought')} count={format.money(order.total)} flush>
      {items.length === 0 ? (
        <Empty title={t('bought.none')} />
      ) : (
        <Table label={t('bought')} columns={columns} items={items} itemKey={({ id }) => id} />
      )}
    </Card>
  );
}
