import { Card, type Column, format, Table } from '@app/ui';
import { useText } from '../text.ts';
import type { Flight } from './page.tsx';

interface End {
  id: 'departure' | 'arrival';
  place: string;
  zone: string | undefined;
  scheduled: string;
  estimated: string | null;
  actual: string | null;
}

/** Departure and arrival, each in the time of its airport. */
export function Times({ flight }: { flight: Flight }) {
  const t = useText();
  const name = (airport: Flight['origin']) => [airport?.city, airport?.iataCode].filter(Boolean).join(' ');
  const ends: End[] = [
    {
      id: 'departure',
      place: name(flight.origin),
      zone: flight.origin?.timeZone,
      scheduled: flight.scheduledDepartureAt,
      estimated: flight.estimatedDepartureAt,
      actual: flight.actualDepartureAt,
    },
    {
      id: 'arrival',
      place: name(flight.divertedTo ? { ...flight.divertedTo, timeZone: '' } : flight.destination),
      zone: flight.destination?.timeZone,
      scheduled: flight.scheduledArrivalAt,
      estimated: flight.estimatedArrivalAt,
      actual: flight.actualArrivalAt,
    },
  ];
  const time = (value: string | null, zone: string | undefined) => (value ? format.time(value, zone) : '–');
  const columns: Column<End>[] = [
    { id: 'end', label: t('route'), cell: (end) => `${t(end.id)}, ${end.place}` },
    { id: 'scheduled', label: t('scheduled'), cell: (end) => time(end.scheduled, end.zone) },
    { id: 'estimated', label: t('estimated'), cell: (end) => time(end.estimated, end.zone) },
    { id: 'actual', label: t('actual'), cell: (end) => time(end.actual, end.zone) },
  ];
  return (
    <Card flush>
      <Table label={t('flight')} columns={columns} items={ends} itemKey={({ id }) => id} />
    </Card>
  );
}
