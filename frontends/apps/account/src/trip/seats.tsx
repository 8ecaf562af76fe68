import { Button, Card, Dialog, Form, PlainList, Row, TextField } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { AccountTripDocument, ChangeSeatDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { type Booking, isAhead } from './page.tsx';

interface Seat {
  id: string;
  flight: string;
  passenger: string;
  seat: string | null;
}

/** The seats on flights that have not left. */
export function Seats({ booking }: { booking: Booking }) {
  const t = useText();
  const [changed, setChanged] = useState<Seat | null>(null);
  const seats = seatsOf(booking);
  if (seats.length === 0) return null;
  return (
    <Card title={t('seats')} flush>
      <PlainList label={t('seats')} items={seats} itemKey={({ id }) => id}>
        {(seat) => (
          <Row
            title={<bdi>{seat.passenger}</bdi>}
            detail={`${seat.flight} · ${seat.seat ?? t('seats.none')}`}
            end={
              <Button onPress={() => setChanged(seat)} aria-label={t('seats.change.of', { ...seat })}>
                {t('seats.change')}
              </Button>
            }
          />
        )}
      </PlainList>
      {changed ? <ChangeSeat booking={booking} seat={changed} onClose={() => setChanged(null)} /> : null}
    </Card>
  );
}

function seatsOf(booking: Booking): Seat[] {
  return (booking.journeys ?? []).flatMap(({ passengers, segments }) =>
    (segments ?? []).flatMap(({ id, flight, seat, passenger, status }) => {
      if (!flight || !isAhead(flight) || status !== 'CONFIRMED') return [];
      const person = passengers?.find((one) => one.id === passenger?.id);
      const name = person ? `${person.givenName} ${person.familyName}` : '';
      return [{ id, flight: flight.designator, passenger: name, seat: seat ?? null }];
    }),
  );
}

function ChangeSeat({ booking, seat, onClose }: { booking: Booking; seat: Seat; onClose: () => void }) {
  const t = useText();
  const act = useAct(ChangeSeatDocument, [AccountTripDocument]);
  const send = async (values: FormData) => {
    const wanted = String(values.get('seat')).trim().toUpperCase();
    const input = {
      orderId: booking.id,
      expectedVersion: booking.version,
      moveJourneys: [],
      seats: [{ flightSegmentId: seat.id, seat: wanted || null }],
    };
    if (await act.run({ input }, (data) => data.changeOrder)) onClose();
  };
  return (
    <Dialog title={t('seats.change.of', { ...seat })} isOpen onClose={onClose}>
      <Form
        problems={act.problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={act.isPending}>
            {t('save')}
          </Button>
        }
      >
        <TextField
          label={t('seats.wanted')}
          name="seat"
          defaultValue={seat.seat ?? ''}
          maxLength={4}
          autoFocus
          help={t('seats.help')}
        />
      </Form>
    </Dialog>
  );
}
