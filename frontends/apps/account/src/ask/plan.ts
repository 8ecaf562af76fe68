import type { AccountAskQuery, ClaimIncident, EntitlementKind, EvidenceKind } from '../gql/graphql.ts';
import { type Flight, wayOf } from '../happened.ts';

/** What the customer says happened. */
export const incidents = [
  'DELAY',
  'CANCELLATION',
  'MISSED_CONNECTION',
  'DENIED_BOARDING',
  'DOWNGRADE',
  'BAGGAGE_DELAYED',
  'BAGGAGE_DAMAGED',
  'BAGGAGE_LOST',
  'SERVICE_NOT_PROVIDED',
  'OTHER',
] as const satisfies ClaimIncident[];

/** What can be asked for. */
export type Remedy = Extract<
  EntitlementKind,
  'COMPENSATION' | 'REFUND' | 'DOWNGRADE_REIMBURSEMENT' | 'DAMAGES_CAP' | 'FEE_REFUND' | 'GOODWILL'
>;

const remedies: Record<ClaimIncident, readonly [Remedy, ...Remedy[]]> = {
  DELAY: ['COMPENSATION', 'DAMAGES_CAP'],
  CANCELLATION: ['COMPENSATION', 'REFUND', 'DAMAGES_CAP'],
  MISSED_CONNECTION: ['COMPENSATION', 'DAMAGES_CAP'],
  DENIED_BOARDING: ['COMPENSATION', 'REFUND', 'DAMAGES_CAP'],
  DOWNGRADE: ['DOWNGRADE_REIMBURSEMENT'],
  BAGGAGE_DELAYED: ['DAMAGES_CAP'],
  BAGGAGE_DAMAGED: ['DAMAGES_CAP'],
  BAGGAGE_LOST: ['DAMAGES_CAP'],
  SERVICE_NOT_PROVIDED: ['FEE_REFUND'],
  OTHER: ['GOODWILL', 'DAMAGES_CAP'],
};

/** What can be asked for after something of the kind; the usual thing first. */
export function remediesOf(incident: ClaimIncident): readonly [Remedy, ...Remedy[]] {
  return remedies[incident];
}

/** Whether the law asks for an amount: damage has to be proven (Montreal Convention Art 22). */
export function needsAmount(remedy: Remedy): boolean {
  return remedy === 'DAMAGES_CAP';
}

/** What a file that goes with the claim usually is. */
export function evidenceOf(incident: ClaimIncident, contentType: string): EvidenceKind {
  if (incident === 'BAGGAGE_DAMAGED' && contentType.startsWith('image/')) return 'PHOTO';
  return 'RECEIPT';
}

/** What happened, as far as the record of the flight tells. */
export function guess(flight: Flight): ClaimIncident {
  if (flight.status === 'CANCELLED') return 'CANCELLATION';
  return (flight.arrivalDelayMinutes ?? 0) > 0 || flight.status === 'DELAYED' ? 'DELAY' : 'OTHER';
}

/** A flight that something may have happened on. */
export interface Flown {
  /** Unique among them. */
  id: string;
  journeyId: string;
  flight: Flight;
  passengers: { id: string; name: string }[];
}

type Journey = NonNullable<NonNullable<AccountAskQuery['me']>['journeys']>['nodes'][number];

/** The flights that a claim can be about: those that left, or that something happened to. The latest first. */
export function flownOf(journeys: Journey[], now: number): Flown[] {
  return journeys
    .flatMap((journey) =>
      wayOf(journey.segments as Parameters<typeof wayOf>[0]).map(({ flight }) => ({
        id: `${journey.id}:${flight.id}`,
        journeyId: journey.id,
        flight,
        passengers: (journey.passengers ?? []).map(({ id, givenName, familyName }) => ({
          id,
          name: `${givenName} ${familyName}`,
        })),
      })),
    )
    .filter(
      ({ flight }) => flight.status !== 'SCHEDULED' || new Date(flight.scheduledDepartureAt).getTime() < now,
    )
    .sort((one, other) => other.flight.scheduledDepartureAt.localeCompare(one.flight.scheduledDepartureAt));
}

/** What somebody typed as an amount, in minor units of a currency with two decimal places; null where it is none. */
export function minorOf(text: string): number | null {
  const western = text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[٬\s]/g, '')
    .replace('٫', '.')
    .replace(/,(\d{1,2})$/, '.$1')
    .replaceAll(',', '');
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(western)) return null;
  return Math.round(Number(western) * 100);
}
