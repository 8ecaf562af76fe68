import { type format, minorDigits, type Tone } from '@app/ui';
import type { FlightStatus } from '../gql/graphql.ts';

/** The colour of a flight's state. */
export const flightTones: Record<FlightStatus, Tone> = {
  SCHEDULED: 'success',
  DELAYED: 'warning',
  DEPARTED: 'accent',
  ARRIVED: 'neutral',
  CANCELLED: 'danger',
  DIVERTED: 'danger',
};

/** An amount as a number of whole units, for a chart. */
export function minorUnits(amount: format.Money | undefined): number {
  return amount ? amount.amountMinor / 10 ** minorDigits(amount.currency) : 0;
}
