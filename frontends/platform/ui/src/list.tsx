import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import styles from './list.module.css';
import { useOwnText } from './text.tsx';

/** Lines that lead somewhere. `j` and `k` go down and up, as the arrows do. */
export function LinkList<Item>({
  label,
  items,
  itemKey,
  href,
  isSelected,
  children,
}: {
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  href: (item: Item) => string;
  isSelected?: (item: Item) => boolean;
  children: (item: Item) => ReactNode;
}) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <ul
      ref={list}
      className={styles.list}
      aria-label={label}
      onKeyDown={(event) => move(event, list.current)}
      data-list
    >
      {items.map((item) => (
        <li key={itemKey(item)}>
          <AriaLink
            href={href(item)}
            className={classes(styles.row, isSelected?.(item) && styles.selected)}
            {...(isSelected?.(item) ? { 'aria-current': 'true' as const } : {})}
          >
            {children(item)}
          </AriaLink>
        </li>
      ))}
    </ul>
  );
}

/** Lines that lead nowhere. */
export function PlainList<Item>({
  label,
  items,
  itemKey,
  children,
}: {
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string;
  children: (item: Item) => ReactNode;
}) {
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li key={itemKey(item)} className={styles.plain}>
          {children(item)}
        </li>
      ))}
    </ul>
  );
}

/** Two lines of text with something at the end: the usual content of a line. */
export function Row({
  title,
  detail,
  start,
  end,
}: {
  title: ReactNode;
  detail?: ReactNode;
  start?: ReactNode;
  end?: ReactNode;
}) {
  return (
    <span className={styles.content}>
      {start}
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        {detail ? <span className={styles.detail}>{detail}</span> : null}
      </span>
      {end ? <span className={styles.end}>{end}</span> : null}
    </span>
  );
}

/** Loads the next page of a list. */
export function More({
  hasMore,
  isLoading,
  onMore,
}: {
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}) {
  const t = useOwnText();
  if (!hasMore) return null;
  return (
    <div className={styles.more}>
      <Button tone="quiet" onPress={onMore} isPending={isLoading}>
        {isLoading ? t('more.loading') : t('more')}
      </Button>
    </div>
  );
}

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function move(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = steps[event.key];
  if (!step || !list || event.metaKey || event.ctrlKey || event.altKey) return;
  const links = [...list.querySelectorAll<HTMLElement>('a')];
  const index = links.indexOf(document.activeElement as HTMLElement);
  const next = links[index + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
