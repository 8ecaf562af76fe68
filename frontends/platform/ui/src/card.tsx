import { HelpCircle } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { IconButton } from './button.tsx';
import styles from './card.module.css';
import { classes } from './classes.ts';
import { Popup } from './dialog.tsx';
import { useOwnText } from './text.tsx';

/** Things that belong together, under a heading. */
export function Card({
  title,
  count,
  actions,
  flush = false,
  children,
}: {
  title?: ReactNode;
  count?: string | undefined;
  actions?: ReactNode;
  /** The content reaches to the edges: a list or a table. */
  flush?: boolean;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={title ? heading : undefined}>
      {title ? (
        <header className={styles.header}>
          <h2 id={heading}>
            {title}
            {count ? <span className={styles.count}>{count}</span> : null}
          </h2>
          {actions}
        </header>
      ) : null}
      <div className={classes(!flush && styles.body, flush && title ? styles.flush : '')}>{children}</div>
    </section>
  );
}

/** Names and values, such as the facts of a claim. */
export function Facts({
  items,
  columns = 1,
}: {
  items: { name: string; value: ReactNode }[];
  columns?: 1 | 2;
}) {
  const t = useOwnText();
  return (
    <dl className={classes(styles.facts, columns === 2 && styles.two)}>
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className={styles.missing}>{t('missing')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A figure with its name, and what it is compared with. */
export function Figure({ name, value, detail }: { name: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <div className={styles.figure}>
      <span className={styles.figureName}>{name}</span>
      <span className={styles.figureValue}>{value}</span>
      {detail ? <span className={styles.figureDetail}>{detail}</span> : null}
    </div>
  );
}

/** The reason of what it stands beside, one press away. */
export function Why({ label, children }: { label?: string; children: ReactNode }) {
  const t = useOwnText();
  const name = label ?? t('why');
  return (
    <Popup label={name} trigger={<IconButton size="small" label={name} icon={<HelpCircle aria-hidden />} />}>
      {children}
    </Popup>
  );
}
