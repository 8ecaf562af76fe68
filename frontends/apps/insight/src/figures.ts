import { amounts, format, sumByCurrency } from '@app/ui';
import type { InsightQuery } from './gql/graphql.ts';
import { useText } from './text.ts';

/** How much a figure asks for attention. */
export type Mood = 'good' | 'watch' | 'act';

/** A key figure: what it is, what it means, and where the things are that it counts. */
export interface KeyFigure {
  id: string;
  name: string;
  value: string;
  /** What it is compared with, or what is in it. */
  detail: string | null;
  /** How it is counted, in a sentence. */
  meaning: string;
  mood: Mood;
  href: string;
}

interface Page<Item> {
  nodes: Item[];
  pageInfo: { hasNextPage: boolean };
}

const punctual = 15;

/** The figures that the session may see. Those that it has no right to are not there. */
export function useFigures(data: InsightQuery): KeyFigure[] {
  const t = useText();
  const flying = useFlying(data);
  const money = useMoney(data);
  const { queues, urgent } = data;
  const open = queues?.nodes.reduce((sum, { openCount }) => sum + openCount, 0) ?? 0;
  const late = (urgent?.nodes ?? []).filter(({ targetAt }) => new Date(targetAt) < new Date()).length;
  return [
    ...flying,
    ...(queues && urgent
      ? [
          {
            id: 'cases',
            name: t('cases'),
            value: format.number(open),
            detail: t('cases.detail', { urgent: counted(urgent), late }),
            meaning: t('cases.meaning'),
            mood:
              late > 0 ? ('act' as const) : urgent.nodes.length > 0 ? ('watch' as const) : ('good' as const),
            href: '/cases',
          },
        ]
      : []),
    ...money,
  ];
}

function useFlying({ today, yesterday, disrupted }: InsightQuery): KeyFigure[] {
  const t = useText();
  if (!today || !yesterday || !disrupted) return [];
  const now = onTime(today);
  const before = onTime(yesterday);
  const share = (value: number) => format.number(value, { style: 'percent', maximumFractionDigits: 0 });
  const cancelled = today.nodes.filter(({ status }) => status === 'CANCELLED').length;
  return [
    {
      id: 'punctuality',
      name: t('punctuality'),
      value: now === null ? '–' : share(now),
      detail: before === null ? null : t('punctuality.detail', { share: share(before) }),
      meaning: t(today.pageInfo.hasNextPage ? 'punctuality.meaning.first' : 'punctuality.meaning', {
        count: today.nodes.length,
      }),
      mood: now === null || now >= 0.8 ? 'good' : now >= 0.6 ? 'watch' : 'act',
      href: '/flights',
    },
    {
      id: 'disrupted',
      name: t('disrupted'),
      value: counted(disrupted),
      detail: t('disrupted.detail', { cancelled }),
      meaning: t('disrupted.meaning'),
      mood: disrupted.nodes.length === 0 ? 'good' : cancelled > 0 ? 'act' : 'watch',
      href: '/flights?show=disrupted',
    },
  ];
}

function useMoney(data: InsightQuery): KeyFigure[] {
  const t = useText();
  const sum = (page: Page<{ amount: format.Money | null }>) =>
    amounts(sumByCurrency(page.nodes.map(({ amount }) => amount)), { whole: true });
  const figure = (
    id: 'undecided' | 'second' | 'owed' | 'requested' | 'failed',
    mood: Mood,
    href: string,
    detail?: string,
  ): KeyFigure[] => {
    const page = data[id];
    if (!page) return [];
    const isNone = page.nodes.length === 0;
    const parts = [sum(page), detail].filter(Boolean).join('. ');
    return [
      {
        id,
        name: t(id),
        value: counted(page),
        detail: isNone ? null : parts,
        meaning: t(`meaning.${id}`),
        mood: isNone ? 'good' : mood,
        href,
      },
    ];
  };
  const late = (data.undecided?.nodes ?? []).filter(({ dueBy }) => new Date(dueBy) < new Date()).length;
  return [
    ...figure(
      'undecided',
      late > 0 ? 'act' : 'watch',
      '/claims',
      late > 0 ? t('undecided.late', { count: late }) : '',
    ),
    ...figure('second', 'watch', '/claims'),
    ...figure('owed', 'watch', '/claims'),
    ...figure('requested', 'watch', '/claims/payouts'),
    ...figure('failed', 'act', '/claims/payouts'),
  ];
}

/** How many there are; with a plus where there are more than were counted. */
export function counted(page: Page<unknown>): string {
  return `${format.number(page.nodes.length)}${page.pageInfo.hasNextPage ? '+' : ''}`;
}

/** The share of flights that are, or were, no later than 15 minutes; null where nothing flies. */
export function onTime(page: Page<{ status: string; arrivalDelayMinutes: number | null }>): number | null {
  if (page.nodes.length === 0) return null;
  const good = page.nodes.filter(
    ({ status, arrivalDelayMinutes }) =>
      status !== 'CANCELLED' && status !== 'DIVERTED' && (arrivalDelayMinutes ?? 0) < punctual,
  );
  return good.length / page.nodes.length;
}
