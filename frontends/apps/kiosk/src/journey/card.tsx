import { classes } from '@app/ui';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { KioskFlightFragment } from '../gql/graphql.ts';
import styles from '../kiosk.module.css';
import { useLanguage } from '../language.tsx';
import { useText } from '../text.ts';
import { isDisturbed } from './page.tsx';

/** A flight, as the kiosk asks for it. */
export type Flight = KioskFlightFragment;

/** A flight as a sign at an airport shows it: legible from two metres. */
export function FlightCard({ flight, seat }: { flight: Flight; seat: string | null }) {
  const t = useText();
  const spoken = useLanguage();
  const { origin, destination } = flight;
  const isHit = isDisturbed(flight);
  return (
    <article className={styles.flight} data-hit={isHit || undefined}>
      <header>
        <h1>
          <bdi>{flight.designator}</bdi>
        </h1>
        <span>{spoken.day(flight.scheduledDepartureAt, origin?.timeZone)}</span>
      </header>
      <p className={styles.happened} role="status">
        {isHit ? <TriangleAlert aria-hidden /> : <CircleCheck aria-hidden />}
        <strong>{useHappened()(flight)}</strong>
      </p>
      <div className={styles.ends}>
        <End
          place={origin}
          at={flight.scheduledDepartureAt}
          now={flight.estimatedDepartureAt}
          isOff={flight.status === 'CANCELLED'}
        />
        <span className={styles.arrow} aria-hidden>
          →
        </span>
        <End
          place={destination}
          at={flight.scheduledArrivalAt}
          now={flight.estimatedArrivalAt}
          isOff={flight.status === 'CANCELLED'}
        />
        <dl className={styles.signs}>
          <div>
            <dt>{t('gate')}</dt>
            <dd>{flight.gate ?? t('gate.none')}</dd>
          </div>
          {seat ? (
            <div>
              <dt>{t('seat')}</dt>
              <dd>{seat}</dd>
            </div>
          ) : null}
        </dl>
      </div>
    </article>
  );
}

function End({
  place,
  at,
  now,
  isOff,
}: {
  place: Flight['origin'];
  at: string;
  now: string | null | undefined;
  isOff: boolean;
}) {
  const t = useText();
  const spoken = useLanguage();
  const planned = spoken.time(at, place?.timeZone);
  const expected = now ? spoken.time(now, place?.timeZone) : planned;
  const isMoved = expected !== planned && !isOff;
  return (
    <div className={styles.end}>
      <span className={styles.time}>
        {isMoved ? <ins>{expected}</ins> : null}
        <span className={classes((isMoved || isOff) && styles.old)}>
          {isMoved ? <span className={styles.hidden}>{t('instead')} </span> : null}
          {planned}
        </span>
      </span>
      <span>
        <bdi>{place?.city ?? place?.iataCode}</bdi> <bdi className={styles.code}>{place?.iataCode}</bdi>
      </span>
    </div>
  );
}

/** Says what became of a flight. */
export function useHappened(): (flight: Flight) => string {
  const t = useText();
  const { duration } = useLanguage();
  return (flight) => {
    const minutes = flight.arrivalDelayMinutes ?? flight.departureDelayMinutes ?? 0;
    const other = flight.divertedTo?.city ?? flight.divertedTo?.iataCode ?? '';
    const delay = duration(minutes);
    if (flight.status === 'DIVERTED')
      return t(other ? 'happened.DIVERTED' : 'happened.DIVERTED.unknown', { other });
    if (flight.status === 'CANCELLED') return t('happened.CANCELLED');
    const isLate = minutes >= 15;
    if (flight.status === 'DELAYED' && !isLate) return t('happened.DELAYED.unknown');
    return t(isLate ? `happened.${flight.status}.late` : `happened.${flight.status as 'SCHEDULED'}`, {
      delay,
    });
  };
}
