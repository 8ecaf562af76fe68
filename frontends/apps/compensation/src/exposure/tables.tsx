import { Badge, type Column, Empty, format, Table } from '@app/ui';
import type { SpreadFragment } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Outcome } from './explorer.tsx';
import styles from './exposure.module.css';

/** Each option with the passengers who would be owed something, and the sums: likely, and in the worst of 20 cases. */
export function OptionTable({ outcomes }: { outcomes: Outcome[] }) {
  const t = useText();
  const columns: Column<Outcome>[] = [
    { id: 'option', label: t('option'), cell: ({ label }) => label },
    {
      id: 'entitled',
      label: t('entitled'),
      align: 'end',
      cell: ({ found }) => count(found.entitledPassengers),
    },
    {
      id: 'missed',
      label: t('missed'),
      align: 'end',
      isSecondary: true,
      cell: ({ found }) => count(found.missedConnections),
    },
    { id: 'p50', label: t('p50'), align: 'end', cell: ({ found }) => sums(found.totals, 'p50') },
    { id: 'p95', label: t('p95'), align: 'end', cell: ({ found }) => sums(found.totals, 'p95') },
  ];
  return <Table label={t('options')} columns={columns} items={outcomes} itemKey={({ id }) => id} />;
}

/** What each body of law would grant for one option. */
export function ByRegime({ outcome }: { outcome: Outcome }) {
  const t = useText();
  type Line = Outcome['found']['byRegime'][number];
  const lines = outcome.found.byRegime;
  if (lines.length === 0) return <Empty title={t('by.regime.none')} />;
  const columns: Column<Line>[] = [
    {
      id: 'regime',
      label: t('regime'),
      cell: (line) => (
        <span className={styles.words}>
          {t(`regime.${line.regime}`)}
          {line.hasOpenQuestions ? (
            <small>
              <Badge tone="warning">{t('by.regime.open')}</Badge>
            </small>
          ) : null}
        </span>
      ),
    },
    { id: 'passengers', label: t('entitled'), align: 'end', cell: (line) => count(line.passengers) },
    {
      id: 'amount',
      label: t('amount'),
      align: 'end',
      cell: ({ amount }) => (
        <span className={styles.spread}>
          {format.money(amount.p50, { whole: true })}
          <small>{t('to', { amount: format.money(amount.p95, { whole: true }) })}</small>
        </span>
      ),
    },
  ];
  return (
    <Table
      label={t('by.regime')}
      columns={columns}
      items={lines}
      itemKey={(line) => `${line.regime}${line.amount.p50.currency}`}
    />
  );
}

function count({ p50, p95 }: { p50: number; p95: number }): string {
  return p50 === p95 ? format.number(p95) : `${format.number(p50)}–${format.number(p95)}`;
}

function sums(totals: SpreadFragment[], which: 'p50' | 'p95') {
  if (totals.length === 0) return '–';
  return (
    <span className={styles.spread}>
      {totals.map((total) => (
        <span key={total[which].currency}>{format.money(total[which], { whole: true })}</span>
      ))}
    </span>
  );
}
