import { can } from '@app/sdk';
import { Badge, Card, Empty, format, Line, Link } from '@app/ui';
import { FlightState, flightTones, JourneyState } from '../state.tsx';
import { useText } from '../text.ts';
import styles from './order.module.css';
import type { Order } from './page.tsx';

type Journey = NonNullable<Order['journeys']>[number];
type Segment = NonNullable<Journey['segments']>[number];

/** The journeys of the order, each as the line of its flights. */
export function Journeys({ order }: { order: Order }) {
  const t = useText();
  const journeys = order.journeys ?? [];
  return (
    <Card title={t('journeys')} flush>
      {journeys.length === 0 ? <Empty title={t('journeys.none')} /> : null}
      {journeys.map((journey) => (
        <OneJourney key={journey.id} journey={journey} />
      ))}
    </Card>
  );
}

function OneJourney({ journey }: { journey: Journey }) {
  const t = useText();
  // Each passenger has a segment of their own; the way is the same.
  const way = [
    ...new Map((journey.segments ?? []).map((one) => [one.flight?.id ?? one.sequence, one])).values(),
  ];
  way.sort((one, other) => one.sequence - other.sequence);
  const zone = journey.origin?.timeZone ?? 'UTC';
  return (
    <article className={styles.journey}>
      <Line spread>
        <strong>
          {t('journey.way', {
            from: journey.origin?.city ?? journey.origin?.iataCode,
            to: journey.destination?.city ?? journey.destination?.iataCode,
            date: format.date(journey.scheduledDepartureAt, { timeZone: zone, weekday: true }),
          })}
        </strong>
        <Line>
          <Badge>{t(`direction.${journey.direction}`)}</Badge>
          <JourneyState status={journey.status} />
        </Line>
      </Line>
      {way.map((segment) => (
        <Way key={segment.id} segment={segment} />
      ))}
    </article>
  );
}

function Way({ segment }: { segment: Segment }) {
  const { flight } = segment;
  if (!flight) return null;
  return (
    <div className={styles.flight}>
      <End
        code={flight.origin?.iataCode}
        planned={flight.scheduledDepartureAt}
        expected={flight.estimatedDepartureAt}
        zone={flight.origin?.timeZone}
      />
      <span className={styles.path}>
        {can('flight:read') ? (
          <Link href={`/flights/${flight.id}`}>{flight.designator}</Link>
        ) : (
          flight.designator
        )}
        <span className={styles.rule} data-tone={flightTones[flight.status]} />
        <FlightState flight={flight} />
      </span>
      <End
        code={flight.destination?.iataCode}
        planned={flight.scheduledArrivalAt}
        expected={flight.estimatedArrivalAt}
        zone={flight.destination?.timeZone}
      />
    </div>
  );
}

function End({
  code,
  planned,
  expected,
  zone,
}: {
  code: string | undefined;
  planned: string;
  expected: string | null;
  zone: string | undefined;
}) {
  const isMoved = expected !== null && expected !== planned;
  return (
    <span className={styles.end}>
      <span className={styles.time}>
        {isMoved ? <s>{format.time(planned, zone)}</s> : null} {format.time(expected ?? planned, zone)}
      </span>
      <span className={styles.quiet}>{code}</span>
    </span>
  );
}
