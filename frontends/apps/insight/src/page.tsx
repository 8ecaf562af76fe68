import { can } from '@app/sdk';
import { Badge, Card, Empty, Link, Loaded, Page, Skeleton, type Tone, useGraph, Why } from '@app/ui';
import { lazy, Suspense } from 'react';
import { type KeyFigure, type Mood, useFigures } from './figures.ts';
import { InsightDocument, type InsightQuery } from './gql/graphql.ts';
import styles from './insight.module.css';
import { useText } from './text.ts';

const Charts = lazy(() => import('./charts.tsx'));

const minute = 60_000;
const tones: Record<Mood, Tone> = { good: 'success', watch: 'warning', act: 'danger' };

/** How things stand for whoever is signed in: figures of their rights, and what is behind them. */
export function InsightPage() {
  const t = useText();
  const asked = useGraph(
    InsightDocument,
    {
      today: day(0),
      yesterday: day(-1),
      withFlights: can('flight:read'),
      withExposure: can('exposure:read'),
      withQueues: can('case:internal') && can('case:read'),
      withClaims: can('claim:read'),
      withPayouts: can('payout:read'),
    },
    { refetchInterval: minute },
  );
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('insight')} width="full">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {(data) => <Whole data={data} />}
    </Loaded>
  );
}

function Whole({ data }: { data: InsightQuery }) {
  const t = useText();
  const figures = useFigures(data);
  const urgent = figures.filter(({ mood }) => mood === 'act');
  const answer =
    urgent.length > 0 ? t('now.act', { names: urgent.map(({ name }) => name).join(', ') }) : t('now.good');
  return (
    <Page title={t('insight')} width="full" answer={figures.length > 0 ? answer : null}>
      {figures.length === 0 ? (
        <Card>
          <Empty title={t('none')}>{t('none.text')}</Empty>
        </Card>
      ) : null}
      <ul className={styles.figures}>
        {figures.map((figure) => (
          <li key={figure.id}>
            <One figure={figure} />
          </li>
        ))}
      </ul>
      <Suspense fallback={<Skeleton kind="card" lines={2} />}>
        <Charts data={data} />
      </Suspense>
    </Page>
  );
}

function One({ figure }: { figure: KeyFigure }) {
  const t = useText();
  const { name, value, detail, meaning, mood, href } = figure;
  return (
    <article className={styles.figure} data-mood={mood}>
      <header>
        <Link href={href} quiet>
          {name}
        </Link>
        <Why label={t('meaning', { name })}>
          <p>{meaning}</p>
        </Why>
      </header>
      <p className={styles.value}>{value}</p>
      <footer>
        <Badge tone={tones[mood]}>{t(`mood.${mood}`)}</Badge>
        {detail ? <small>{detail}</small> : null}
      </footer>
    </article>
  );
}

function day(days: number): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
