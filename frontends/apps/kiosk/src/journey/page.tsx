import { Button, Loaded, Skeleton, useGraph } from '@app/ui';
import { useState } from 'react';
import {
  type FlightFilter,
  KioskAtHandDocument,
  type KioskAtHandQuery,
  KioskJourneyDocument,
  type KioskJourneyQuery,
} from '../gql/graphql.ts';
import styles from '../kiosk.module.css';
import type { Asked } from '../kiosk.tsx';
import { useText } from '../text.ts';
import { type Flight, FlightCard } from './card.tsx';
import { Others } from './others.tsx';
import { Rights } from './rights.tsx';
import { TakeAlong } from './take-along.tsx';

/** The journey and what became of it, and what can be done about it. */
export function JourneyPage({ asked, onReset }: { asked: Asked; onReset: () => void }) {
  if (asked.kind === 'booking') return <AtHand onReset={onReset} />;
  return <ByFlight asked={asked} onReset={onReset} />;
}

function AtHand({ onReset }: { onReset: () => void }) {
  const answer = useGraph(KioskAtHandDocument, {}, { refetchInterval: 15_000 });
  return (
    <Loaded from={answer} skeleton={<Skeleton kind="card" lines={2} />}>
      {({ kioskJourney }) => {
        const places = kioskJourney?.segments ?? [];
        return (
          <Journey
            flights={distinct(places)}
            seatOf={(flight) => seatsOn(flight, places)}
            onReset={onReset}
          />
        );
      }}
    </Loaded>
  );
}

type Places = NonNullable<NonNullable<KioskAtHandQuery['kioskJourney']>['segments']>;

// Every passenger has a place on each flight.
function distinct(places: Places): Flight[] {
  const flights = new Map<string, Flight>();
  for (const { flight } of places) if (flight) flights.set(flight.id, flight);
  return [...flights.values()];
}

function seatsOn(flight: Flight, places: Places): string | null {
  const seats = places.flatMap((place) => (place.flight?.id === flight.id && place.seat ? [place.seat] : []));
  return seats.join(' ') || null;
}

type ByFlightAsked = Exclude<Asked, { kind: 'booking' }>;

function ByFlight({ asked, onReset }: { asked: ByFlightAsked; onReset: () => void }) {
  const filters = filtersOf(asked);
  const [one] = filters;
  const answer = useGraph(
    KioskJourneyDocument,
    {
      first: one ?? {},
      second: filters[1] ?? {},
      third: filters[2] ?? {},
      fourth: filters[3] ?? {},
      // A flight number alone may fly several legs a day; a boarding pass names one.
      legs: asked.kind === 'pass' ? 1 : 5,
      hasSecond: filters.length > 1,
      hasThird: filters.length > 2,
      hasFourth: filters.length > 3,
    },
    { refetchInterval: 15_000 },
  );
  return (
    <Loaded from={answer} skeleton={<Skeleton kind="card" lines={2} />}>
      {(data) => (
        <Journey flights={flightsOf(data)} seatOf={(flight) => seatOf(flight, asked)} onReset={onReset} />
      )}
    </Loaded>
  );
}

function filtersOf(asked: ByFlightAsked): FlightFilter[] {
  if (asked.kind === 'number') return [asked.flight];
  return asked.legs.map(({ carrier, number, origin, destination, departsOn }) => ({
    carrier,
    number,
    origin,
    destination,
    departsOn,
  }));
}

function flightsOf({ first, second, third, fourth }: KioskJourneyQuery): Flight[] {
  return [first, second, third, fourth].flatMap((part) => part?.nodes ?? []);
}

type Choice = 'others' | 'rights' | 'take';

interface JourneyProps {
  flights: Flight[];
  seatOf: (flight: Flight) => string | null;
  onReset: () => void;
}

function Journey({ flights, seatOf, onReset }: JourneyProps) {
  const t = useText();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [flight] = flights;
  if (!flight) {
    return (
      <div className={styles.identify}>
        <h1>{t('journey.none')}</h1>
        <p>{t('journey.none.text')}</p>
        <Button tone="primary" onPress={onReset}>
          {t('again')}
        </Button>
      </div>
    );
  }
  const hit = flights.find(isDisturbed) ?? flight;
  const back = () => setChoice(null);
  if (choice === 'others') return <Others flight={hit} onBack={back} />;
  if (choice === 'rights') return <Rights onBack={back} />;
  if (choice === 'take') return <TakeAlong flight={hit} onBack={back} />;
  const choices: Choice[] = isDisturbed(hit) ? ['take', 'others', 'rights'] : ['take', 'others'];
  return (
    <div className={styles.journey}>
      {flights.map((one) => (
        <FlightCard key={one.id} flight={one} seat={seatOf(one)} />
      ))}
      <h2>{t('choices')}</h2>
      <div className={styles.choices}>
        {choices.map((id, index) => (
          <Button key={id} tone={index === 0 ? 'primary' : 'secondary'} onPress={() => setChoice(id)}>
            {t(`choice.${id}`)}
          </Button>
        ))}
        <Button tone="quiet" onPress={onReset}>
          {t('finish')}
        </Button>
      </div>
    </div>
  );
}

function seatOf(flight: Flight, asked: ByFlightAsked): string | null {
  if (asked.kind !== 'pass') return null;
  const leg = asked.legs.find(
    ({ carrier, number, origin }) =>
      flight.origin?.iataCode === origin && flight.designator.startsWith(`${carrier}${number}`),
  );
  return leg?.seat ?? null;
}

/** Whether something went wrong with a flight. */
export function isDisturbed({ status, arrivalDelayMinutes, departureDelayMinutes }: Flight): boolean {
  const delay = Math.max(arrivalDelayMinutes ?? 0, departureDelayMinutes ?? 0);
  return status === 'CANCELLED' || status === 'DIVERTED' || status === 'DELAYED' || delay >= 15;
}
