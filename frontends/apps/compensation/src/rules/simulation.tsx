import {
  Badge,
  Banner,
  Button,
  Card,
  type Column,
  Empty,
  format,
  Line,
  minorDigits,
  Select,
  Skeleton,
  Stack,
  Table,
  useChange,
  useProblems,
} from '@app/ui';
import { BarChart, Legend } from '@app/ui/charts';
import { useState } from 'react';
import { RulePackListDocument, SimulateRulePackDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { type Comparison, compare } from './comparison.ts';
import type { Version } from './page.tsx';
import { type Fault, Faults } from './problems.tsx';
import styles from './rules.module.css';

const sizes = ['100', '1000', '5000'] as const;

interface Simulated {
  disruptions: number;
  lines: Comparison[];
}

/** What the version would have decided about past disruptions, beside what the rules in force decide. */
export function Simulation({ version }: { version: Version }) {
  const t = useText();
  const [size, setSize] = useState<(typeof sizes)[number]>('1000');
  const [result, setResult] = useState<Simulated | null>(null);
  const [faults, setFaults] = useState<Fault[]>([]);
  const simulate = useChange(SimulateRulePackDocument, [RulePackListDocument]);
  const [problems, take] = useProblems();
  const run = async () => {
    const { simulateRulePack: outcome } = await simulate.mutateAsync({
      input: { id: version.id, disruptions: Number(size) },
    });
    setFaults(outcome.__typename === 'RulePackRefused' ? outcome.problems : []);
    if (outcome.__typename === 'RulePackSimulated') {
      const lines = compare(outcome.current, outcome.simulated);
      setResult({ disruptions: outcome.disruptions, lines });
    } else if (outcome.__typename !== 'RulePackRefused') take(outcome);
  };
  return (
    <Stack>
      <Card>
        <Line spread>
          <p className={styles.quiet}>{t('simulation.text')}</p>
          <Line>
            <Select
              label={t('simulation.size')}
              hideLabel
              value={size}
              onChange={setSize}
              options={sizes.map((id) => ({
                id,
                label: t('simulation.latest', { count: format.number(Number(id)) }),
              }))}
            />
            <Button tone="primary" onPress={() => void run()} isPending={simulate.isPending}>
              {t('simulation.run')}
            </Button>
          </Line>
        </Line>
      </Card>
      {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
      {simulate.isError ? <Banner tone="danger">{simulate.error.message}</Banner> : null}
      {faults.length > 0 ? (
        <Card title={t('faults')} flush>
          <Faults faults={faults} />
        </Card>
      ) : null}
      {simulate.isPending ? <Skeleton kind="rows" lines={5} /> : null}
      {result ? <Result result={result} /> : null}
    </Stack>
  );
}

function Result({ result }: { result: Simulated }) {
  const t = useText();
  const changed = result.lines.filter(({ isChanged }) => isChanged);
  if (result.disruptions === 0)
    return <Empty title={t('simulation.none')}>{t('simulation.none.text')}</Empty>;
  return (
    <>
      <Banner tone={changed.length === 0 ? 'success' : 'warning'}>
        {t('simulation.now', { disruptions: format.number(result.disruptions), changed: changed.length })}
      </Banner>
      <Card title={t('simulation.difference')} flush>
        <Differences lines={result.lines} />
      </Card>
      <Sums lines={changed.length > 0 ? changed : result.lines} />
    </>
  );
}

function Differences({ lines }: { lines: Comparison[] }) {
  const t = useText();
  const signed = (value: number) => format.number(value, { signDisplay: 'exceptZero' });
  const columns: Column<Comparison>[] = [
    {
      id: 'rule',
      label: t('rule'),
      cell: (line) => (
        <span className={styles.words}>
          <bdi>{line.ruleId}</bdi>
          {line.provisional > 0 ? (
            <small>{t('simulation.provisional', { count: line.provisional })}</small>
          ) : null}
        </span>
      ),
    },
    {
      id: 'count',
      label: t('simulation.count'),
      align: 'end',
      isSecondary: true,
      cell: (line) =>
        t('simulation.change', { from: format.number(line.before), to: format.number(line.after) }),
    },
    {
      id: 'more',
      label: t('simulation.more'),
      align: 'end',
      cell: (line) => signed(line.after - line.before),
    },
    {
      id: 'sum',
      label: t('simulation.sum'),
      align: 'end',
      isSecondary: true,
      cell: (line) =>
        t('simulation.change', { from: written(line, line.sumBefore), to: written(line, line.sumAfter) }),
    },
    {
      id: 'difference',
      label: t('simulation.money'),
      align: 'end',
      cell: (line) => {
        const minor = line.sumAfter - line.sumBefore;
        if (minor === 0) return <Badge>0</Badge>;
        return (
          <Badge
            tone={minor > 0 ? 'danger' : 'success'}
          >{`${minor > 0 ? '+' : ''}${written(line, minor)}`}</Badge>
        );
      },
    },
  ];
  return (
    <Table
      label={t('simulation.difference')}
      columns={columns}
      items={lines}
      itemKey={(line) => `${line.ruleId}${line.currency}`}
    />
  );
}

function written(line: Comparison, amountMinor: number): string {
  if (line.currency === 'XXX') return format.number(amountMinor);
  return format.money({ amountMinor, currency: line.currency }, { whole: true });
}

function Sums({ lines }: { lines: Comparison[] }) {
  const t = useText();
  const currency = lines.find((line) => line.currency !== 'XXX')?.currency;
  if (!currency) return null;
  const units = 10 ** minorDigits(currency);
  const written = (value: number) => format.number(value, { maximumFractionDigits: 0 });
  return (
    <Card title={t('simulation.chart', { currency })}>
      <Legend names={[t('simulation.before'), t('simulation.after')]} />
      <BarChart
        label={t('simulation.chart', { currency })}
        points={lines
          .filter((line) => line.currency === currency)
          .map((line) => ({
            name: line.ruleId,
            before: line.sumBefore / units,
            after: line.sumAfter / units,
          }))}
        series={[
          { key: 'before', name: t('simulation.before'), format: written },
          { key: 'after', name: t('simulation.after'), format: written },
        ]}
      />
    </Card>
  );
}
