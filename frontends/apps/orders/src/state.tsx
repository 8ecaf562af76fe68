import { Badge, format, Status, type Tone } from '@app/ui';
import type { FlightStatus, JourneyStatus, OrderStatus } from './gql/graphql.ts';
import { useText } from './text.ts';

const orderTones: Record<OrderStatus, Tone> = { OPEN: 'accent', CANCELLED: 'danger', COMPLETED: 'neutral' };

/** How far an order has come. */
export function OrderState({ status }: { status: OrderStatus }) {
  const t = useText();
  return <Badge tone={orderTones[status]}>{t(`status.${status}`)}</Badge>;
}

const journeyTones: Record<JourneyStatus, Tone> = {
  ON_TIME: 'success',
  DELAYED: 'warning',
  DISRUPTED: 'danger',
  IN_PROGRESS: 'accent',
  COMPLETED: 'neutral',
  CANCELLED: 'danger',
};

/** How a journey stands. */
export function JourneyState({ status }: { status: JourneyStatus | null }) {
  const t = useText();
  return status ? <Status tone={journeyTones[status]}>{t(`journey.${status}`)}</Status> : null;
}

/** The colour of a flight's state. */
export const flightTones: Record<FlightStatus, Tone> = {
  SCHEDULED: 'success',
  DELAYED: 'warning',
  DEPARTED: 'accent',
  ARRIVED: 'neutral',
  CANCELLED: 'danger',
  DIVERTED: 'danger',
};

/** A flight's state in a few words, with how late it is. */
export function FlightState({
  flight,
}: {
  flight: { status: FlightStatus; arrivalDelayMinutes: number | null };
}) {
  const t = useText();
  const late = flight.arrivalDelayMinutes ?? 0;
  return (
    <Status tone={flightTones[flight.status]}>
      {t(`flight.${flight.status}`)}
      {late >= 15 ? `, ${t('flight.late', { delay: format.duration(late) })}` : ''}
    </Status>
  );
}
