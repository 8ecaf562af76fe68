import { can } from '@app/sdk';
import {
  Badge,
  Button,
  Card,
  Columns,
  Facts,
  Figure,
  format,
  Line,
  LinkList,
  Loaded,
  Page,
  Row,
  refresh,
  Skeleton,
  Slot,
  useCommands,
  useGraph,
  useLive,
} from '@app/ui';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { FlightMovedDocument, FlightPageDocument, type FlightPageQuery } from '../gql/graphql.ts';
import { FlightState, useStateText } from '../state.tsx';
import { useText } from '../text.ts';
import { Events } from './events.tsx';
import { Options } from './options.tsx';
import { RecordEvent } from './record.tsx';
import { Times } from './times.tsx';

/** A flight, as this page asks for it. */
export type Flight = NonNullable<FlightPageQuery['flight']>;

/** One flight: how it stands, what happened, who is touched, and what it costs. */
export function FlightPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(FlightPageDocument, {
    id,
    withCases: can('case:read'),
    withExposure: can('exposure:read'),
  });
  useLive(FlightMovedDocument, { id }, () => void refresh(FlightPageDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('flight')}>
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ flight }) =>
        flight ? (
          <Whole flight={flight} />
        ) : (
          <Page title={t('flight.none')} crumbs={[{ label: t('board'), href: '/flights' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ flight }: { flight: Flight }) {
  const t = useText();
  const now = useNow(flight);
  const [isRecording, setRecording] = useState(false);
  const mayRecord = can('flight:write');
  useCommands(
    'flight',
    mayRecord ? [{ id: 'event', label: t('event'), keys: 'e', run: () => setRecording(true) }] : [],
  );
  return (
    <Page
      title={`${flight.designator} ${flight.origin?.city ?? ''} – ${flight.destination?.city ?? ''}`}
      crumbs={[{ label: t('board'), href: `/flights?day=${flight.departsOn}` }]}
      meta={
        <>
          <Badge>{format.date(flight.departsOn, { weekday: true })}</Badge>
          <FlightState flight={flight} />
        </>
      }
      actions={
        mayRecord ? (
          <Button tone="primary" icon={<TriangleAlert aria-hidden />} onPress={() => setRecording(true)}>
            {t('event')}
          </Button>
        ) : null
      }
      answer={now}
    >
      <Columns
        aside={
          <>
            <About flight={flight} />
            {flight.incident ? <Cases incident={flight.incident} /> : null}
            <Slot name="flight.aside" props={{ flightId: flight.id }} />
          </>
        }
      >
        <Times flight={flight} />
        {can('exposure:read') ? <Options flight={flight} /> : null}
        <Events flight={flight} />
      </Columns>
      {isRecording ? <RecordEvent flight={flight} onClose={() => setRecording(false)} /> : null}
    </Page>
  );
}

function About({ flight }: { flight: Flight }) {
  const t = useText();
  const { punctuality, exposure } = flight;
  return (
    <Card title={t('flight')}>
      {exposure ? (
        <Line>
          <Figure
            name={t('exposure')}
            value={exposure.openAmounts.map((amount) => format.money(amount)).join(', ') || '–'}
            detail={t('claims', { count: exposure.claimCount })}
          />
        </Line>
      ) : null}
      <Facts
        items={[
          { name: t('gate'), value: flight.gate },
          { name: t('aircraft'), value: flight.aircraftRegistration },
          {
            name: t('distance'),
            value: format.number(flight.distanceKm, {
              style: 'unit',
              unit: 'kilometer',
              maximumFractionDigits: 0,
            }),
          },
          ...(flight.cause
            ? [{ name: t('cause'), value: `${flight.cause.code} ${flight.cause.meaning}` }]
            : []),
          ...(punctuality
            ? [
                {
                  name: t('punctuality'),
                  value: t('punctuality.text', {
                    median: format.duration(punctuality.medianArrivalDelayMinutes ?? 0),
                    p95: format.duration(punctuality.p95ArrivalDelayMinutes ?? 0),
                    cancelled: format.number(punctuality.cancelledCount),
                    flights: format.number(punctuality.flightCount),
                    basis: t(`basis.${punctuality.basis}`),
                  }),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Cases({ incident }: { incident: NonNullable<Flight['incident']> }) {
  const t = useText();
  return (
    <Card title={t('incident')} count={format.number(incident.affectedPassengers ?? 0)} flush>
      <LinkList
        label={t('cases')}
        items={incident.cases.nodes}
        itemKey={({ id }) => id}
        href={({ id }) => `/cases/${id}`}
      >
        {(one) => (
          <Row title={one.subject} detail={<bdi>{one.reference}</bdi>} end={<Badge>{one.priority}</Badge>} />
        )}
      </LinkList>
    </Card>
  );
}

/** What matters about the flight at this moment. */
function useNow(flight: Flight): string {
  const t = useText();
  const state = useStateText(flight);
  const parts = [flight.cause ? t('now.state', { state, cause: flight.cause.meaning }) : state];
  const count = flight.incident?.affectedPassengers;
  if (count) parts.push(t('now.passengers', { count }));
  const [amount] = flight.exposure?.openAmounts ?? [];
  if (amount)
    parts.push(t('now.exposure', { amount: format.money(amount), count: flight.exposure?.claimCount }));
  return `${parts.join('. ')}.`;
}
