import { can } from '@app/sdk';
import {
  amounts,
  Badge,
  Card,
  Columns,
  Empty,
  Figure,
  format,
  LinkButton,
  Loaded,
  Page,
  Select,
  Skeleton,
  useGraph,
} from '@app/ui';
import { BarChart, Legend } from '@app/ui/charts';
import { useState } from 'react';
import { ExposurePageDocument, type ExposurePageQuery } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './exposure.module.css';
import { flightTones, minorUnits } from './flight.ts';
import { useOptions, type Weighed } from './options.ts';
import { ByRegime, OptionTable } from './tables.tsx';

type Found = NonNullable<ExposurePageQuery['flight']>;

/** An option with what it would come to. */
export type Outcome = Weighed & { found: NonNullable<Found['exposureOf']>[number] };

const causes = ['NONE', '41', '46', '64', '72', '73', '81', '89', '93', '97'] as const;

/** What it would cost to do something with a flight, before it is done. */
export default function ExplorerPage({ id }: { id: string }) {
  const t = useText();
  const [cause, setCause] = useState<(typeof causes)[number]>('41');
  const options = useOptions(cause === 'NONE' ? null : cause);
  const asked = useGraph(ExposurePageDocument, { id, options: options.map(({ input }) => input) });
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('exposure.title')}>
          <Skeleton kind="card" lines={6} />
        </Page>
      }
    >
      {({ flight }) =>
        flight ? (
          <Whole
            flight={flight}
            options={options}
            cause={
              <Select
                label={t('cause')}
                value={cause}
                onChange={setCause}
                help={t('cause.help')}
                options={causes.map((code) => ({ id: code, label: t(`cause.${code}`) }))}
              />
            }
          />
        ) : (
          <Page title={t('flight.none')} crumbs={[{ label: t('place.exposure'), href: '/claims/exposure' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ flight, options, cause }: { flight: Found; options: Weighed[]; cause: React.ReactNode }) {
  const t = useText();
  const outcomes = options.flatMap((option, index): Outcome[] => {
    const found = flight.exposureOf?.[index];
    return found ? [{ ...option, found }] : [];
  });
  const [chosen, setChosen] = useState('delay-180');
  const shown = outcomes.find(({ id }) => id === chosen) ?? outcomes[0];
  return (
    <Page
      title={t('exposure.of', { flight: flight.designator, date: format.date(flight.departsOn) })}
      crumbs={[{ label: t('place.exposure'), href: '/claims/exposure' }]}
      meta={<Badge tone={flightTones[flight.status]}>{t(`flight.${flight.status}`)}</Badge>}
      actions={
        can('flight:read') ? <LinkButton href={`/flights/${flight.id}`}>{t('flight.open')}</LinkButton> : null
      }
      answer={useNow(outcomes)}
    >
      <Columns
        aside={<Aside flight={flight} cause={cause} shown={shown} outcomes={outcomes} onShow={setChosen} />}
      >
        <Card title={t('options')} flush>
          {outcomes.length === 0 ? <Empty title={t('options.none')} /> : <OptionTable outcomes={outcomes} />}
        </Card>
        <Spread outcomes={outcomes} />
      </Columns>
    </Page>
  );
}

function Aside({
  flight,
  cause,
  shown,
  outcomes,
  onShow,
}: {
  flight: Found;
  cause: React.ReactNode;
  shown: Outcome | undefined;
  outcomes: Outcome[];
  onShow: (id: string) => void;
}) {
  const t = useText();
  const record = flight.punctuality;
  return (
    <>
      <Card>{cause}</Card>
      <Card title={t('exposure.today')}>
        <div className={styles.figures}>
          <Figure name={t('exposure.claims')} value={format.number(flight.exposure?.claimCount ?? 0)} />
          <Figure
            name={t('exposure.open')}
            value={amounts(flight.exposure?.openAmounts ?? [], { whole: true }) ?? '–'}
          />
        </div>
      </Card>
      {shown ? (
        <Card title={t('by.regime')} flush>
          <div className={styles.pick}>
            <Select
              label={t('option')}
              hideLabel
              value={shown.id}
              onChange={onShow}
              options={outcomes.map(({ id, label }) => ({ id, label }))}
            />
          </div>
          <ByRegime outcome={shown} />
        </Card>
      ) : null}
      {record ? (
        <Card title={t('record')}>
          <p className={styles.quiet}>
            {t(`record.${record.basis}`, { count: record.flightCount })}{' '}
            {record.medianArrivalDelayMinutes !== null && record.p95ArrivalDelayMinutes !== null
              ? t('record.delay', {
                  median: format.duration(Math.max(0, record.medianArrivalDelayMinutes)),
                  p95: format.duration(Math.max(0, record.p95ArrivalDelayMinutes)),
                  cancelled: record.cancelledCount,
                })
              : ''}
          </p>
        </Card>
      ) : null}
    </>
  );
}

/** Where the price changes: the first delay at which somebody is owed something, and the first at which it rises. */
function useNow(outcomes: Outcome[]): string | null {
  const t = useText();
  const delays = outcomes.filter(({ minutes }) => minutes !== undefined);
  const first = delays.find(({ found }) => found.entitledPassengers.p95 > 0);
  if (!first) return delays.length > 0 ? t('explorer.now.free') : null;
  const total = amounts(
    first.found.totals.map(({ p50 }) => p50),
    { whole: true },
  );
  return t('explorer.now', {
    delay: format.duration(first.minutes ?? 0),
    count: first.found.entitledPassengers.p50,
    total: total ?? t('exposure.nothing'),
  });
}

function Spread({ outcomes }: { outcomes: Outcome[] }) {
  const t = useText();
  const currency = outcomes
    .flatMap(({ found }) => found.totals)
    .sort((one, other) => other.p95.amountMinor - one.p95.amountMinor)[0]?.p95.currency;
  if (!currency) return null;
  const points = outcomes.map(({ label, found }) => {
    const total = found.totals.find(({ p50 }) => p50.currency === currency);
    return { name: label, p50: minorUnits(total?.p50), p95: minorUnits(total?.p95) };
  });
  const written = (value: number) => format.number(value, { maximumFractionDigits: 0 });
  return (
    <Card title={t('spread', { currency })}>
      <Legend names={[t('p50'), t('p95')]} />
      <BarChart
        label={t('spread', { currency })}
        points={points}
        series={[
          { key: 'p50', name: t('p50'), format: written },
          { key: 'p95', name: t('p95'), format: written },
        ]}
        height={260}
      />
    </Card>
  );
}
