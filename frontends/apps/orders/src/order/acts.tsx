import { can, navigate, notify } from '@app/sdk';
import { Banner, Button, Confirm, format, Line, useChange, useCommands, useProblems } from '@app/ui';
import { useState } from 'react';
import { CancelOrderDocument, OrderPageDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Order } from './page.tsx';

/** What can be done with the order. */
export function Acts({ order }: { order: Order }) {
  const t = useText();
  const [isCancelling, setCancelling] = useState(false);
  const mayCancel = can('order:write') && order.status === 'OPEN';
  const mayOpen = can('case:write') && order.customer;
  const openCase = () => navigate(`/cases/new?customer=${order.customer?.id}`);
  useCommands('order', [
    ...(mayOpen ? [{ id: 'case', label: t('act.case'), keys: 'c', run: openCase }] : []),
    ...(mayCancel ? [{ id: 'cancel', label: t('act.cancel'), run: () => setCancelling(true) }] : []),
  ]);
  return (
    <Line>
      {mayOpen ? (
        <Button tone="primary" onPress={openCase}>
          {t('act.case')}
        </Button>
      ) : null}
      {mayCancel ? <Button onPress={() => setCancelling(true)}>{t('act.cancel')}</Button> : null}
      {isCancelling ? <Cancel order={order} onClose={() => setCancelling(false)} /> : null}
    </Line>
  );
}

function Cancel({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useText();
  const cancel = useChange(CancelOrderDocument, [OrderPageDocument]);
  const [problems, take] = useProblems();
  const send = async () => {
    const { cancelOrder: outcome } = await cancel.mutateAsync({
      input: { orderId: order.id, expectedVersion: order.version },
    });
    if (!take(outcome)) return;
    if (outcome.__typename === 'OrderCancelled')
      notify(t('cancel.done', { refund: format.money(outcome.order.refund) }), 'success');
    onClose();
  };
  return (
    <Confirm
      title={t('act.cancel')}
      isOpen
      onClose={onClose}
      onConfirm={() => void send()}
      action={t('act.cancel')}
      tone="danger"
      isPending={cancel.isPending}
    >
      {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
      <p>
        {t('cancel.consequence', {
          passengers: order.passengers?.length ?? 0,
          journeys: order.journeys?.length ?? 0,
          total: format.money(order.total),
        })}
      </p>
    </Confirm>
  );
}
