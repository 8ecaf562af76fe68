import { format } from '@app/ui';
import { useText } from '../text.ts';
import type { Customer } from './page.tsx';

const undecided = new Set(['NEEDS_REVIEW', 'NEEDS_APPROVAL']);

/** What matters about the customer at this moment, in one sentence or two. */
export function useNow(customer: Customer): string {
  const t = useText();
  const parts: string[] = [];
  const next = customer.journeys?.nodes[0];
  const flights = (next?.segments ?? []).flatMap((segment) => (segment.flight ? [segment.flight] : []));
  const hit = flights.find(({ status }) => status === 'CANCELLED' || status === 'DELAYED');
  if (next && hit) {
    const date = format.date(hit.scheduledDepartureAt, { timeZone: hit.origin?.timeZone ?? 'UTC' });
    parts.push(
      hit.status === 'CANCELLED' || hit.arrivalDelayMinutes === null
        ? t('now.cancelled', { flight: hit.designator, date })
        : t('now.delayed', { flight: hit.designator, date, delay: format.duration(hit.arrivalDelayMinutes) }),
    );
  } else if (next) {
    parts.push(
      t('now.next', {
        flight: [...new Set(flights.map(({ designator }) => designator))].join(', '),
        from: next.origin?.city ?? next.origin?.iataCode,
        to: next.destination?.city ?? next.destination?.iataCode,
        date: format.date(next.scheduledDepartureAt, { timeZone: next.origin?.timeZone ?? 'UTC' }),
      }),
    );
  }
  const claims = (customer.claims?.nodes ?? []).filter(
    ({ status, amount }) => undecided.has(status) && amount,
  );
  const first = claims[0];
  if (first?.amount) {
    const same = claims.filter(({ amount }) => amount?.currency === first.amount?.currency);
    const amountMinor = same.reduce((sum, { amount }) => sum + (amount?.amountMinor ?? 0), 0);
    const amount = format.money({ amountMinor, currency: first.amount.currency });
    parts.push(t('now.claims', { amount, regime: first.regime ?? '', count: same.length }));
  }
  const open = (customer.cases?.nodes ?? []).filter(({ isOpen }) => isOpen).length;
  if (open > 0) parts.push(t('now.cases', { count: open }));
  return parts.length > 0 ? `${parts.join('. ')}.` : t('now.quiet');
}
