import { tell } from '@app/sdk';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { Link as AriaLink, Breadcrumb, Breadcrumbs } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './page.module.css';

/** The whole of what a frontend shows under one path. */
export function Page({
  title,
  documentTitle,
  crumbs,
  meta,
  actions,
  answer,
  lead,
  width = 'normal',
  children,
}: {
  title: string;
  /** The title of the browser's tab, where the page's own holds a person's name. */
  documentTitle?: string;
  crumbs?: { label: string; href: string }[];
  /** States and flags beside the title. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** One sentence that says what matters now. */
  answer?: ReactNode;
  /** What stands before the title: an avatar. */
  lead?: ReactNode;
  width?: 'normal' | 'full' | 'narrow';
  children: ReactNode;
}) {
  const shown = documentTitle ?? title;
  useEffect(() => tell('titled', { title: shown }), [shown]);
  return (
    <div className={classes(styles.page, styles[width])}>
      <header className={styles.header}>
        {crumbs && crumbs.length > 0 ? (
          <Breadcrumbs className={styles.crumbs ?? ''}>
            {crumbs.map((crumb) => (
              <Breadcrumb key={crumb.href}>
                <AriaLink href={crumb.href}>{crumb.label}</AriaLink>
              </Breadcrumb>
            ))}
          </Breadcrumbs>
        ) : null}
        <div className={styles.line}>
          {lead}
          <div className={styles.titles}>
            <h1 tabIndex={-1} data-page-title>
              {title}
            </h1>
            {meta ? <div className={styles.meta}>{meta}</div> : null}
          </div>
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </div>
        {answer ? <p className={styles.answer}>{answer}</p> : null}
      </header>
      {children}
    </div>
  );
}

/** A main column and one beside it, which comes below on small screens. */
export function Columns({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>{children}</div>
      <aside className={styles.stack}>{aside}</aside>
    </div>
  );
}

/** Things one below the other. */
export function Stack({ children, gap = 'normal' }: { children: ReactNode; gap?: 'normal' | 'small' }) {
  return <div className={classes(styles.stack, gap === 'small' && styles.small)}>{children}</div>;
}

/** Things one beside the other, as long as there is room. */
export function Line({ children, spread = false }: { children: ReactNode; spread?: boolean }) {
  return <div className={classes(styles.together, spread && styles.spread)}>{children}</div>;
}

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

/** Says something about the page or a part of it. */
export function Banner({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: keyof typeof icons;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={classes(styles.banner, styles[tone])} role={tone === 'danger' ? 'alert' : 'note'}>
      <Icon aria-hidden />
      <div className={styles.bannerText}>
        {title ? <strong>{title}</strong> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
