import { format, Status, type Tone } from '@app/ui';
import type { FlightLineFragment, FlightStatus } from './gql/graphql.ts';
import { useText } from './text.ts';

const tones: Record<FlightStatus, Tone> = {
  SCHEDULED: 'success',
  DELAYED: 'warning',
  DEPARTED: 'accent',
  ARRIVED: 'neutral',
  CANCELLED: 'danger',
  DIVERTED: 'danger',
};

const punctual = 15;

/** How a flight stands, with its delay in words. */
export function FlightState({ flight }: { flight: FlightLineFragment }) {
  return <Status tone={tones[flight.status]}>{useStateText(flight)}</Status>;
}

/** How a flight stands, in words. */
export function useStateText(flight: FlightLineFragment): string {
  const t = useText();
  const state = t(`status.${flight.status}`);
  const minutes = flight.arrivalDelayMinutes;
  if (minutes === null || Math.abs(minutes) < punctual || flight.status === 'CANCELLED') return state;
  const delay = format.duration(minutes);
  return `${state}, ${minutes > 0 ? t('delay', { delay }) : t('early', { delay })}`;
}
