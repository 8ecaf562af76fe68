import {
  Banner,
  Button,
  Card,
  type Column,
  format,
  Loaded,
  Skeleton,
  Stack,
  Table,
  useGraph,
  Why,
} from '@app/ui';
import { useState } from 'react';
import { type ExposureOptionInput, FlightOptionsDocument, type FlightOptionsQuery } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Flight } from './page.tsx';

type Outcome = NonNullable<NonNullable<FlightOptionsQuery['flight']>['exposureOf']>[number];

const causeCode = '41';
const delays = [120, 180, 240];

/** What each decision would cost, before it is taken. It is asked for when somebody wants to know. */
export function Options({ flight }: { flight: Flight }) {
  const t = useText();
  const [isAsked, setAsked] = useState(false);
  const options: { label: string; input: ExposureOptionInput }[] = [
    ...delays.map((minutes) => ({
      label: t('option.delay', { delay: format.duration(minutes) }),
      input: { delay: { departureDelayMinutes: minutes, causeCode } },
    })),
    {
      label: t('option.rebook'),
      input: {
        cancellation: { causeCode, rerouting: { departsEarlierMinutes: 0, arrivesLaterMinutes: 180 } },
      },
    },
    { label: t('option.cancel'), input: { cancellation: { causeCode } } },
  ];
  return (
    <Card
      title={t('exposure.options')}
      flush={isAsked}
      actions={isAsked ? null : <Button onPress={() => setAsked(true)}>{t('exposure.weigh')}</Button>}
    >
      {isAsked ? <Weighed flightId={flight.id} options={options} /> : <p>{t('exposure.options.text')}</p>}
    </Card>
  );
}

/** The figures of some options, asked for in one request. */
export function Weighed({
  flightId,
  options,
}: {
  flightId: string;
  options: { label: string; input: ExposureOptionInput }[];
}) {
  const t = useText();
  const asked = useGraph(FlightOptionsDocument, { id: flightId, options: options.map(({ input }) => input) });
  return (
    <Loaded from={asked} skeleton={<Skeleton kind="rows" lines={options.length} />}>
      {({ flight }) => {
        const rows = (flight?.exposureOf ?? []).map((outcome, index) => ({
          ...outcome,
          label: options[index]?.label ?? '',
        }));
        return rows.every(({ totals }) => totals.length === 0) ? (
          <Banner tone="success">{t('exposure.none')}</Banner>
        ) : (
          <Stack gap="small">
            <Table
              label={t('exposure.options')}
              columns={columnsOf(t)}
              items={rows}
              itemKey={({ label }) => label}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function columnsOf(t: ReturnType<typeof useText>): Column<Outcome & { label: string }>[] {
  const spread = ({ p50, p95 }: { p50: number; p95: number }) =>
    p50 === p95 ? format.number(p95) : `${format.number(p50)}–${format.number(p95)}`;
  return [
    { id: 'option', label: t('option'), cell: ({ label }) => label },
    {
      id: 'entitled',
      label: t('exposure.entitled'),
      align: 'end',
      cell: (one) => spread(one.entitledPassengers),
    },
    {
      id: 'missed',
      label: t('exposure.missed'),
      align: 'end',
      isSecondary: true,
      cell: (one) => spread(one.missedConnections),
    },
    {
      id: 'total',
      label: t('exposure'),
      align: 'end',
      cell: (one) =>
        one.totals.length === 0
          ? '–'
          : one.totals
              .map(({ p50, p95 }) =>
                p50.amountMinor === p95.amountMinor
                  ? format.money(p95, { whole: true })
                  : t('exposure.total', {
                      p50: format.money(p50, { whole: true }),
                      p95: format.money(p95, { whole: true }),
                    }),
              )
              .join(' · '),
    },
    {
      id: 'why',
      label: '',
      align: 'end',
      cell: (one) =>
        one.byRegime.length === 0 ? null : (
          <Why>
            <ul>
              {one.byRegime.map(({ regime, amount, hasOpenQuestions }) => (
                <li key={regime}>
                  {regime}: {format.money(amount.p95, { whole: true })}
                  {hasOpenQuestions ? `. ${t('exposure.open')}` : ''}
                </li>
              ))}
            </ul>
          </Why>
        ),
    },
  ];
}
