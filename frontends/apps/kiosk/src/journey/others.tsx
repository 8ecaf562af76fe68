import { Button, Loaded, Skeleton, useGraph } from '@app/ui';
import { KioskOthersDocument } from '../gql/graphql.ts';
import styles from '../kiosk.module.css';
import { useLanguage } from '../language.tsx';
import { useText } from '../text.ts';
import { type Flight, useHappened } from './card.tsx';

const day = 24 * 60 * 60 * 1000;

/** Other flights to the same place, today and tomorrow. A desk changes the booking; a kiosk may not. */
export function Others({ flight, onBack }: { flight: Flight; onBack: () => void }) {
  const t = useText();
  const spoken = useLanguage();
  const happened = useHappened();
  const { origin, destination, departsOn } = flight;
  const to = new Date(new Date(departsOn).getTime() + day).toISOString().slice(0, 10);
  const found = useGraph(KioskOthersDocument, {
    filter: {
      origin: origin?.iataCode ?? null,
      destination: destination?.iataCode ?? null,
      departsBetween: { from: departsOn, to },
      status: ['SCHEDULED', 'DELAYED'],
    },
  });
  return (
    <div className={styles.journey}>
      <h1>{t('others', { place: destination?.city ?? destination?.iataCode })}</h1>
      <Loaded from={found} skeleton={<Skeleton kind="rows" lines={4} />}>
        {({ flights }) => {
          const others = flights.nodes.filter(
            ({ id, scheduledDepartureAt }) =>
              id !== flight.id && new Date(scheduledDepartureAt).getTime() > Date.now(),
          );
          if (others.length === 0) return <p>{t('others.none')}</p>;
          return (
            <ul className={styles.others}>
              {others.map((one) => (
                <li key={one.id}>
                  <strong>{spoken.time(one.scheduledDepartureAt, origin?.timeZone)}</strong>
                  <span>
                    <bdi>{one.designator}</bdi>
                    <small>{spoken.day(one.scheduledDepartureAt, origin?.timeZone)}</small>
                  </span>
                  <span>{happened(one)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      <p>{t('others.desk')}</p>
      <Button onPress={onBack}>{t('back')}</Button>
    </div>
  );
}
