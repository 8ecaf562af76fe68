import { format, type Tone } from '@app/ui';
import type { OwnFlightFragment, OwnJourneyFragment } from './gql/graphql.ts';
import { useText } from './text.ts';

/** A flight, as the pages here ask for it. */
export type Flight = OwnFlightFragment;
type Segment = NonNullable<OwnJourneyFragment['segments']>[number];

/** What a delay has to reach before it is worth a sentence, in minutes. */
const noticeable = 15;

/** Whether something went wrong with a flight. */
export function isDisturbed({ status, arrivalDelayMinutes, departureDelayMinutes }: Flight): boolean {
  const delay = Math.max(arrivalDelayMinutes ?? 0, departureDelayMinutes ?? 0);
  return status === 'CANCELLED' || status === 'DIVERTED' || status === 'DELAYED' || delay >= noticeable;
}

/** Says what became of a flight in one sentence. */
export function useHappened(): (flight: Flight) => string {
  const t = useText();
  return (flight) => {
    const values = {
      flight: flight.designator,
      from: cityOf(flight.origin),
      to: cityOf(flight.destination),
      delay: format.duration(flight.arrivalDelayMinutes ?? flight.departureDelayMinutes ?? 0),
      other: cityOf(flight.divertedTo),
    };
    const isLate = (flight.arrivalDelayMinutes ?? flight.departureDelayMinutes ?? 0) >= noticeable;
    switch (flight.status) {
      case 'CANCELLED':
        return t('happened.CANCELLED', values);
      case 'DIVERTED':
        return flight.divertedTo ? t('happened.DIVERTED', values) : t('happened.DIVERTED.unknown', values);
      case 'DELAYED':
        return isLate ? t('happened.DELAYED', values) : t('happened.DELAYED.unknown', values);
      case 'DEPARTED':
        return isLate ? t('happened.DEPARTED.late', values) : t('happened.DEPARTED', values);
      case 'ARRIVED':
        return isLate ? t('happened.ARRIVED.late', values) : t('happened.ARRIVED', values);
      default:
        return t('happened.SCHEDULED', values);
    }
  };
}

/** The colour of a flight's state. */
export function toneOf(flight: Flight): Tone {
  if (flight.status === 'CANCELLED' || flight.status === 'DIVERTED') return 'danger';
  if (isDisturbed(flight)) return 'warning';
  return flight.status === 'SCHEDULED' ? 'success' : 'neutral';
}

/** The flights of a journey in order: a booking for a family has a segment for each of them, and the way is the same. */
export function wayOf(segments: Segment[] | null | undefined): { flight: Flight; segments: Segment[] }[] {
  const way = new Map<string, { flight: Flight; segments: Segment[] }>();
  for (const segment of segments ?? []) {
    if (!segment.flight) continue;
    const known = way.get(segment.flight.id);
    if (known) known.segments.push(segment);
    else way.set(segment.flight.id, { flight: segment.flight, segments: [segment] });
  }
  return [...way.values()].sort((one, other) =>
    one.flight.scheduledDepartureAt.localeCompare(other.flight.scheduledDepartureAt),
  );
}

/** Whether the customer gave a journey up: its flights may go as planned, without them. */
export function isGivenUp({ segments }: Pick<OwnJourneyFragment, 'segments'>): boolean {
  return (segments ?? []).length > 0 && (segments ?? []).every(({ status }) => status === 'CANCELLED');
}

/** The city of an airport, or its code. */
export function cityOf(airport: { city?: string | null; iataCode: string } | null | undefined): string {
  return airport?.city ?? airport?.iataCode ?? '';
}
