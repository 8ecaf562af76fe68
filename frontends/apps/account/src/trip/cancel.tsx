import { Banner, Button, Dialog, Form, format } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { AccountTripDocument, CancelOrderDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Booking } from './page.tsx';

/** Cancels what is still ahead of a booking, after saying what that means. */
export function CancelTrip({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const t = useText();
  const act = useAct(CancelOrderDocument, [AccountTripDocument]);
  const [refund, setRefund] = useState<Booking['refund'] | null>(null);
  const send = async () => {
    const input = { orderId: booking.id, expectedVersion: booking.version };
    const done = await act.run({ input }, (data) => data.cancelOrder);
    if (done?.cancelOrder.__typename === 'OrderCancelled') setRefund(done.cancelOrder.order.refund);
  };
  if (refund) {
    return (
      <Dialog title={t('cancelled')} isOpen onClose={onClose}>
        <Banner tone="success">{t('cancelled.text', { amount: format.money(refund) })}</Banner>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('cancel')} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={() => void send()}
        actions={
          <>
            <Button tone="danger" type="submit" isPending={act.isPending}>
              {t('cancel.do')}
            </Button>
            <Button onPress={onClose}>{t('keep')}</Button>
          </>
        }
      >
        <p>{t('cancel.text', { amount: format.money(booking.total) })}</p>
        <p>{t('cancel.rights')}</p>
      </Form>
    </Dialog>
  );
}
