import { Button, Dialog, Form, TextField, useChange, useProblems } from '@app/ui';
import { ChangeSeatDocument, OrderPageDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Order } from './page.tsx';
import type { Place } from './passengers.tsx';

/** Gives a passenger another seat, or none. */
export function Seat({ order, place, onClose }: { order: Order; place: Place; onClose: () => void }) {
  const t = useText();
  const change = useChange(ChangeSeatDocument, [OrderPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const seat = String(values.get('seat')).trim().toUpperCase() || null;
    const { changeOrder: outcome } = await change.mutateAsync({
      input: {
        orderId: order.id,
        expectedVersion: order.version,
        moveJourneys: [],
        seats: [{ flightSegmentId: place.id, seat }],
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('seat.change')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={change.isPending}>
            {t('seat.save')}
          </Button>
        }
      >
        <TextField
          label={t('seat.on', { flight: place.flight?.designator ?? '' })}
          name="seat"
          help={t('seat.help')}
          defaultValue={place.seat ?? ''}
          maxLength={4}
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
