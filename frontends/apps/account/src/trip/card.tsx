import { Badge, classes, format, Link, Status } from '@app/ui';
import { Plane } from 'lucide-react';
import styles from '../account.module.css';
import type { OwnJourneyFragment } from '../gql/graphql.ts';
import { cityOf, type Flight, isGivenUp, toneOf, useHappened, wayOf } from '../happened.ts';
import { useText } from '../text.ts';

/** A journey as one looks at it on the way to the airport: when, from where, which gate, which seat. */
export function Trip({ journey, isOpen = false }: { journey: OwnJourneyFragment; isOpen?: boolean }) {
  const t = useText();
  const { origin, destination, order } = journey;
  const isOff = isGivenUp(journey);
  return (
    <article className={styles.trip}>
      <header>
        <strong>
          <bdi>{cityOf(origin)}</bdi> <span aria-hidden>→</span>
          <span className={styles.hidden}> {t('to')} </span> <bdi>{cityOf(destination)}</bdi>
        </strong>
        <span className={styles.quiet}>
          {format.date(journey.scheduledDepartureAt, { timeZone: origin?.timeZone ?? 'UTC', weekday: true })}
        </span>
      </header>
      {wayOf(journey.segments).map(({ flight, segments }) => (
        <Leg
          key={flight.id}
          flight={flight}
          seats={segments.flatMap(({ seat }) => (seat ? [seat] : []))}
          isOff={isOff}
        />
      ))}
      {order && !isOpen ? (
        <footer>
          <span className={styles.quiet}>
            {t('booking')} <bdi className={styles.locator}>{order.recordLocator}</bdi>
          </span>
          <Link href={`/account/trips/${order.id}`}>{t('trip.open')}</Link>
        </footer>
      ) : null}
    </article>
  );
}

function Leg({ flight, seats, isOff }: { flight: Flight; seats: string[]; isOff: boolean }) {
  const t = useText();
  const happened = useHappened();
  const tone = isOff ? 'neutral' : toneOf(flight);
  return (
    <div className={styles.leg}>
      <div className={styles.line}>
        <End
          airport={flight.origin}
          at={flight.scheduledDepartureAt}
          now={flight.estimatedDepartureAt}
          isOff={isOff || flight.status === 'CANCELLED'}
        />
        <span className={styles.path} data-tone={tone}>
          <span>{flight.designator}</span>
          <span className={styles.rule}>
            <Plane aria-hidden />
          </span>
        </span>
        <End
          airport={flight.destination}
          at={flight.scheduledArrivalAt}
          now={flight.estimatedArrivalAt}
          isOff={isOff || flight.status === 'CANCELLED'}
        />
      </div>
      <div className={styles.state}>
        <Status tone={tone}>{isOff ? t('given-up') : happened(flight)}</Status>
        {flight.gate && !isOff ? <Badge tone="accent">{t('gate', { gate: flight.gate })}</Badge> : null}
        {seats.length > 0 && !isOff ? (
          <Badge>{t('seat', { count: seats.length, seats: format.list(seats) })}</Badge>
        ) : null}
      </div>
    </div>
  );
}

function End({
  airport,
  at,
  now,
  isOff,
}: {
  airport: Flight['origin'];
  at: string;
  now: string | null | undefined;
  isOff: boolean;
}) {
  const t = useText();
  const planned = format.time(at, airport?.timeZone);
  const expected = now ? format.time(now, airport?.timeZone) : planned;
  const isMoved = expected !== planned && !isOff;
  return (
    <span className={styles.end}>
      <span className={styles.time}>
        {isMoved ? <ins>{expected}</ins> : null}
        {isMoved ? <span className={styles.hidden}> {t('instead')} </span> : null}
        <span className={classes((isMoved || isOff) && styles.old)}>{planned}</span>
      </span>
      <span className={styles.code}>{airport?.iataCode}</span>
    </span>
  );
}
