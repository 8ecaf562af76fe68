import { boot, can } from '@app/sdk';
import {
  amounts,
  Card,
  type Column,
  Empty,
  Figure,
  FilterBar,
  format,
  Loaded,
  Page,
  Skeleton,
  Status,
  sumByCurrency,
  Table,
  useGraph,
} from '@app/ui';
import { BarChart } from '@app/ui/charts';
import { useState } from 'react';
import { type ExposedFlightFragment, ExposureListDocument, type ExposureListQuery } from '../gql/graphql.ts';
import { Places } from '../sections.tsx';
import { useText } from '../text.ts';
import styles from './exposure.module.css';
import { flightTones, minorUnits } from './flight.ts';

type Found = ExposedFlightFragment;

const spans = { open: [0, 0], today: [0, 0], week: [-7, 0], month: [-30, 0], ahead: [0, 7] } as const;
type Span = keyof typeof spans;

/** What went wrong, and what it may still cost: flights with open claims, or those that did not go as planned. */
export default function ExposurePage() {
  const t = useText();
  const offered = (Object.keys(spans) as Span[]).filter((id) => id !== 'open' || can('claim:read'));
  const [span, setSpan] = useState<Span>(offered[0] ?? 'week');
  const [from, to] = spans[span];
  const asked = useGraph(ExposureListDocument, {
    filter: {
      departsBetween: { from: dayFromNow(from), to: dayFromNow(to) },
      status: ['DELAYED', 'CANCELLED', 'DIVERTED'],
    },
    byDays: span !== 'open',
    byClaims: span === 'open',
    withIncident: can('case:read'),
    internal: can('case:internal'),
  });
  const { items, hasMore } = flightsOf(asked.data);
  return (
    <Page title={t('exposure.title')} width="full" answer={useNow(items, hasMore)}>
      <Places current="exposure" />
      <FilterBar
        label={t('span')}
        options={offered.map((id) => ({ id, label: t(`span.${id}`) }))}
        selected={[span]}
        onChange={([next]) => setSpan(next ?? 'week')}
      />
      <Loaded from={asked} skeleton={<Skeleton kind="card" lines={4} />}>
        {() => (
          <>
            <Sums items={items} />
            <Card flush>
              <FlightTable items={items} />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  );
}

// Many claims have the same flight, so each flight is taken once.
function flightsOf(data: ExposureListQuery | undefined): { items: Found[]; hasMore: boolean } {
  const claims = [data?.undecided, data?.owed].flatMap((list) => list?.nodes ?? []);
  const flights = [...(data?.flights?.nodes ?? []), ...claims.map(({ flight }) => flight)];
  const known = new Map(flights.flatMap((flight) => (flight ? [[flight.id, flight] as const] : [])));
  const hasMore = [data?.flights, data?.undecided, data?.owed].some((list) => list?.pageInfo.hasNextPage);
  return { items: [...known.values()].sort(byOpenClaims), hasMore };
}

function useNow(items: Found[], hasMore: boolean): string | null {
  const t = useText();
  if (items.length === 0) return null;
  const open = items.flatMap(({ exposure }) => exposure?.openAmounts ?? []);
  const claims = items.reduce((sum, { exposure }) => sum + (exposure?.claimCount ?? 0), 0);
  return t('exposure.now', {
    claims,
    flights: items.length,
    sum: amounts(sumByCurrency(open), { whole: true }) ?? t('exposure.nothing'),
    more: hasMore ? 'yes' : 'no',
  });
}

function Sums({ items }: { items: Found[] }) {
  const t = useText();
  const sums = sumByCurrency(items.flatMap(({ exposure }) => exposure?.openAmounts ?? []));
  const [main] = sums;
  if (!main) return null;
  const points = items
    .map((one) => ({
      name: `${one.designator} ${format.date(one.departsOn)}`,
      open: minorUnits(one.exposure?.openAmounts.find(({ currency }) => currency === main.currency)),
    }))
    .filter(({ open }) => open > 0)
    .sort((one, other) => other.open - one.open)
    .slice(0, 8);
  return (
    <div className={styles.sums}>
      <Card title={t('exposure.sums')}>
        <div className={styles.figures}>
          {sums.map((sum) => (
            <Figure
              key={sum.currency}
              name={currencyName(sum.currency)}
              value={format.money(sum, { whole: true })}
            />
          ))}
        </div>
      </Card>
      {points.length > 1 ? (
        <Card title={t('exposure.largest', { currency: main.currency })}>
          <BarChart
            label={t('exposure.largest', { currency: main.currency })}
            points={points}
            series={[{ key: 'open', name: t('exposure.open'), format: (value) => format.number(value) }]}
            height={200}
          />
        </Card>
      ) : null}
    </div>
  );
}

function FlightTable({ items }: { items: Found[] }) {
  const t = useText();
  if (items.length === 0) return <Empty title={t('exposure.none')}>{t('exposure.none.text')}</Empty>;
  const columns: Column<Found>[] = [
    {
      id: 'flight',
      label: t('flight'),
      cell: (one) => (
        <span className={styles.words}>
          <bdi>{one.designator}</bdi>
          <small>
            <bdi>{`${one.origin?.iataCode} – ${one.destination?.iataCode}`}</bdi> ·{' '}
            {format.date(one.departsOn)}
          </small>
        </span>
      ),
    },
    {
      id: 'status',
      label: t('status'),
      cell: (one) => (
        <Status tone={flightTones[one.status]}>
          {t(`flight.${one.status}`)}
          {one.arrivalDelayMinutes && one.arrivalDelayMinutes > 0
            ? `, ${t('flight.late', { delay: format.duration(one.arrivalDelayMinutes) })}`
            : ''}
        </Status>
      ),
    },
    ...(can('case:internal')
      ? [
          {
            id: 'passengers',
            label: t('incident.passengers'),
            align: 'end' as const,
            isSecondary: true,
            cell: (one: Found) =>
              one.incident?.affectedPassengers ? format.number(one.incident.affectedPassengers) : null,
          },
        ]
      : []),
    {
      id: 'claims',
      label: t('exposure.claims'),
      align: 'end',
      isSecondary: true,
      cell: (one) => format.number(one.exposure?.claimCount ?? 0),
    },
    {
      id: 'open',
      label: t('exposure.open'),
      align: 'end',
      cell: (one) => amounts(sumByCurrency(one.exposure?.openAmounts ?? []), { whole: true }) ?? '–',
    },
  ];
  return (
    <Table
      label={t('exposure.title')}
      columns={columns}
      items={items}
      itemKey={(one) => one.id}
      href={(one) => `/claims/exposure/${one.id}`}
    />
  );
}

function currencyName(currency: string): string {
  return new Intl.DisplayNames(boot().locale, { type: 'currency' }).of(currency) ?? currency;
}

function byOpenClaims(one: Found, other: Found): number {
  return (other.exposure?.claimCount ?? 0) - (one.exposure?.claimCount ?? 0);
}

function dayFromNow(days: number): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
