import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { classes } from './classes.ts';

/** What a colour says. It is never said by colour alone: the text says it too. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** A short word about the state of something. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {icon}
      {children}
    </span>
  );
}

/** A state in a line of text: a dot and a word. */
export function Status({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes(styles.status, styles[tone])}>
      <span className={styles.dot} aria-hidden />
      {children}
    </span>
  );
}

/** Somebody, by the first letters of their names. */
export function Avatar({ name, size = 'normal' }: { name: string; size?: 'normal' | 'large' }) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return (
    <span className={classes(styles.avatar, size === 'large' && styles.large)} aria-hidden>
      {letters.join('').toUpperCase()}
    </span>
  );
}
