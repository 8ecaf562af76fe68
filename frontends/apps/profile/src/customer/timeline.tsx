import { boot } from '@app/sdk';
import { Card, Empty, Failed, FilterBar, format, Link, More, Skeleton, useGraphPages } from '@app/ui';
import { Coins, type LucideIcon, MessageCircle, Plane, User } from 'lucide-react';
import { useState } from 'react';
import {
  CustomerTimelineDocument,
  type TimelineCategory,
  type TimelineLineFragment,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './customer.module.css';
import type { Customer } from './page.tsx';

const icons: Record<TimelineCategory, LucideIcon> = {
  TRAVEL: Plane,
  CONTACT: MessageCircle,
  MONEY: Coins,
  PROFILE: User,
};
const choices = ['ALL', 'TRAVEL', 'CONTACT', 'MONEY', 'PROFILE'] as const;

/** What happened to the customer, newest first. The first lines came with the page; others are asked for when wanted. */
export function Timeline({ customer }: { customer: Customer }) {
  const t = useText();
  const [category, setCategory] = useState<(typeof choices)[number]>('ALL');
  const [wantsMore, setWantsMore] = useState(false);
  const isOwn = category !== 'ALL' || wantsMore;
  const asked = useGraphPages(
    CustomerTimelineDocument,
    {
      id: customer.id,
      language: boot().locale.slice(0, 2),
      filter: category === 'ALL' ? null : { categories: [category] },
    },
    (data) => data.customer?.timeline?.pageInfo,
    { enabled: isOwn },
  );
  const own = asked.data?.pages.flatMap((page) => page.customer?.timeline?.nodes ?? []);
  const lines = isOwn
    ? (own ?? (category === 'ALL' ? customer.timeline?.nodes : undefined))
    : customer.timeline?.nodes;
  const hasMore = isOwn ? asked.hasNextPage : (customer.timeline?.pageInfo.hasNextPage ?? false);
  return (
    <Card
      title={t('timeline')}
      flush
      actions={
        <FilterBar
          label={t('category')}
          options={choices.map((id) => ({ id, label: t(`category.${id}`) }))}
          selected={[category]}
          onChange={([next]) => setCategory(next ?? 'ALL')}
        />
      }
    >
      {lines ? (
        <Lines lines={lines} />
      ) : asked.error ? (
        <Failed error={asked.error} />
      ) : (
        <Skeleton kind="rows" />
      )}
      <More
        hasMore={hasMore}
        isLoading={asked.isFetchingNextPage}
        onMore={() => (isOwn ? void asked.fetchNextPage() : setWantsMore(true))}
      />
    </Card>
  );
}

function Lines({ lines }: { lines: TimelineLineFragment[] }) {
  const t = useText();
  if (lines.length === 0) return <Empty title={t('timeline.none')} />;
  const days = Map.groupBy(lines, (line) => format.date(line.occurredAt, { weekday: true }));
  return (
    <ol className={styles.lines}>
      {[...days].map(([day, ofDay]) => (
        <li key={day}>
          <h3 className={styles.day}>{day}</h3>
          <ol>
            {ofDay.map((line) => (
              <Entry key={line.id} line={line} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function Entry({ line }: { line: TimelineLineFragment }) {
  const Icon = icons[line.category];
  const href = line.caseId ? `/cases/${line.caseId}` : line.flightId ? `/flights/${line.flightId}` : null;
  return (
    <li className={styles.line}>
      <time className={styles.when} dateTime={line.occurredAt}>
        {format.time(line.occurredAt)}
      </time>
      <Icon aria-hidden />
      <span>
        {href ? (
          <Link href={href} quiet>
            {line.title}
          </Link>
        ) : (
          line.title
        )}
      </span>
    </li>
  );
}
