import { amounts, Card, type Column, Empty, format, Table } from '@app/ui';
import { BarChart, Legend } from '@app/ui/charts';
import type { InsightQuery, Regime } from './gql/graphql.ts';
import styles from './insight.module.css';
import { useText } from './text.ts';

const states = ['SCHEDULED', 'DELAYED', 'DEPARTED', 'ARRIVED', 'CANCELLED', 'DIVERTED'] as const;
const whole = (value: number) => format.number(value, { maximumFractionDigits: 0 });

/** What is behind the figures, each as a chart with its table. */
export default function Charts({ data }: { data: InsightQuery }) {
  return (
    <div className={styles.charts}>
      {data.today && data.yesterday ? <FlightsByState data={data} /> : null}
      {data.queues ? <CasesByQueue queues={data.queues.nodes} /> : null}
      {data.undecided && data.owed ? <ClaimsByLaw data={data} /> : null}
      {data.disrupted ? <Disrupted flights={data.disrupted.nodes} /> : null}
    </div>
  );
}

function FlightsByState({ data }: { data: InsightQuery }) {
  const t = useText();
  const count = (flights: { status: string }[] | undefined, state: string) =>
    (flights ?? []).filter(({ status }) => status === state).length;
  const isPart = data.today?.pageInfo.hasNextPage || data.yesterday?.pageInfo.hasNextPage;
  const title = t(isPart ? 'chart.flights.first' : 'chart.flights');
  return (
    <Card title={title}>
      <Legend names={[t('yesterday'), t('today')]} />
      <BarChart
        label={title}
        points={states.map((state) => ({
          name: t(`flight.${state}`),
          yesterday: count(data.yesterday?.nodes, state),
          today: count(data.today?.nodes, state),
        }))}
        series={[
          { key: 'yesterday', name: t('yesterday'), format: whole },
          { key: 'today', name: t('today'), format: whole },
        ]}
      />
    </Card>
  );
}

function CasesByQueue({ queues }: { queues: NonNullable<InsightQuery['queues']>['nodes'] }) {
  const t = useText();
  const filled = queues.filter(({ openCount }) => openCount > 0);
  return (
    <Card title={t('chart.queues')}>
      {filled.length === 0 ? (
        <Empty title={t('chart.queues.none')} />
      ) : (
        <BarChart
          label={t('chart.queues')}
          points={filled.map(({ name, openCount }) => ({ name, open: openCount }))}
          series={[{ key: 'open', name: t('cases'), format: whole }]}
        />
      )}
    </Card>
  );
}

function ClaimsByLaw({ data }: { data: InsightQuery }) {
  const t = useText();
  const undecided = data.undecided?.nodes ?? [];
  const owed = data.owed?.nodes ?? [];
  const lawOf = ({ regime }: { regime: Regime | null }): Regime => regime ?? 'GOODWILL';
  const laws = [...new Set([...undecided, ...owed].map(lawOf))];
  const count = (claims: { regime: Regime | null }[], law: Regime) =>
    claims.filter((claim) => lawOf(claim) === law).length;
  const names = [t('undecided'), t('owed')];
  return (
    <Card title={t('chart.laws')}>
      {laws.length === 0 ? (
        <Empty title={t('chart.laws.none')} />
      ) : (
        <>
          <Legend names={names} />
          <BarChart
            label={t('chart.laws')}
            points={laws.map((law) => ({
              name: t(`regime.${law}`),
              undecided: count(undecided, law),
              owed: count(owed, law),
            }))}
            series={[
              { key: 'undecided', name: t('undecided'), format: whole },
              { key: 'owed', name: t('owed'), format: whole },
            ]}
          />
        </>
      )}
    </Card>
  );
}

type Hit = NonNullable<InsightQuery['disrupted']>['nodes'][number];

function Disrupted({ flights }: { flights: Hit[] }) {
  const t = useText();
  const columns: Column<Hit>[] = [
    {
      id: 'flight',
      label: t('flight'),
      cell: (one) => (
        <>
          <bdi>{one.designator}</bdi>, {format.date(one.departsOn)}
        </>
      ),
    },
    { id: 'status', label: t('state'), cell: (one) => t(`flight.${one.status}`) },
    {
      id: 'late',
      label: t('late'),
      align: 'end',
      cell: (one) => (one.arrivalDelayMinutes ? format.duration(one.arrivalDelayMinutes) : '–'),
    },
    {
      id: 'open',
      label: t('open'),
      align: 'end',
      isSecondary: true,
      cell: (one) => amounts(one.exposure?.openAmounts ?? [], { whole: true }) ?? '–',
    },
  ];
  return (
    <Card title={t('chart.disrupted')} flush>
      {flights.length === 0 ? (
        <Empty title={t('chart.disrupted.none')} />
      ) : (
        <Table
          label={t('chart.disrupted')}
          columns={columns}
          items={flights}
          itemKey={({ id }) => id}
          href={({ id }) => `/flights/${id}`}
        />
      )}
    </Card>
  );
}
