import { can } from '@app/sdk';
import { Badge, Card, Empty, format, Line, Link, Status, type Tone } from '@app/ui';
import type { JourneyLineFragment } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './customer.module.css';

type Segment = NonNullable<JourneyLineFragment['segments']>[number];
type Flight = NonNullable<Segment['flight']>;

/** The journeys of the customer: those to come first. */
export function Journeys({
  upcoming,
  past,
}: {
  upcoming: JourneyLineFragment[];
  past: JourneyLineFragment[];
}) {
  const t = useText();
  if (upcoming.length + past.length === 0) {
    return (
      <Card title={t('journeys')}>
        <Empty title={t('journeys.none')}>{t('journeys.none.text')}</Empty>
      </Card>
    );
  }
  return (
    <Card title={t('journeys')} flush>
      {upcoming.map((journey) => (
        <Journey key={journey.id} journey={journey} />
      ))}
      {upcoming.length === 0
        ? past.slice(0, 1).map((journey) => <Journey key={journey.id} journey={journey} />)
        : null}
    </Card>
  );
}

function Journey({ journey }: { journey: JourneyLineFragment }) {
  const t = useText();
  const { origin, destination } = journey;
  // A booking for a family has a segment for each of them; the way is the same.
  const way = [...new Map((journey.segments ?? []).map((segment) => [segment.flight?.id, segment])).values()];
  const date = format.date(journey.scheduledDepartureAt, {
    timeZone: origin?.timeZone ?? 'UTC',
    weekday: true,
  });
  return (
    <article className={styles.journey}>
      <div className={styles.journeyHead}>
        <strong>
          {t('journey.at', {
            from: origin?.city ?? origin?.iataCode,
            to: destination?.city ?? destination?.iataCode,
            date,
          })}
        </strong>
        {journey.order ? (
          <span className={styles.quiet}>{t('order', { locator: journey.order.recordLocator })}</span>
        ) : null}
      </div>
      <div className={styles.strip}>
        {way.map((segment) =>
          segment.flight ? <Way key={segment.id} segment={segment} flight={segment.flight} /> : null,
        )}
      </div>
    </article>
  );
}

const tones: Record<Flight['status'], Tone> = {
  SCHEDULED: 'success',
  DELAYED: 'warning',
  DEPARTED: 'accent',
  ARRIVED: 'neutral',
  CANCELLED: 'danger',
  DIVERTED: 'danger',
};

function Way({ segment, flight }: { segment: Segment; flight: Flight }) {
  const t = useText();
  const tone = tones[flight.status];
  const state =
    flight.status === 'DELAYED'
      ? flight.arrivalDelayMinutes === null
        ? t('segment.status.DELAYED.unknown')
        : t('segment.status.DELAYED', { delay: format.duration(flight.arrivalDelayMinutes) })
      : t(`segment.status.${flight.status}`);
  return (
    <div className={styles.segment}>
      <span className={styles.end}>
        <span className={styles.time}>
          {format.time(flight.scheduledDepartureAt, flight.origin?.timeZone)}
        </span>
        <span className={styles.code}>{flight.origin?.iataCode}</span>
      </span>
      <span className={styles.path}>
        <Line>
          {can('flight:read') ? (
            <Link href={`/flights/${flight.id}`}>{flight.designator}</Link>
          ) : (
            flight.designator
          )}
          {segment.seat ? <Badge>{t('passenger.seat', { seat: segment.seat })}</Badge> : null}
        </Line>
        <span className={styles.rule} data-tone={tone} />
        <Status tone={tone}>{state}</Status>
      </span>
      <span className={styles.end}>
        <span className={styles.time}>
          {format.time(flight.scheduledArrivalAt, flight.destination?.timeZone)}
        </span>
        <span className={styles.code}>{flight.destination?.iataCode}</span>
      </span>
    </div>
  );
}
