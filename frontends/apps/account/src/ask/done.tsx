import { Banner, format, LinkButton, Page } from '@app/ui';
import { useEffect } from 'react';
import styles from '../account.module.css';
import { useText } from '../text.ts';

/** What came of asking. */
export interface Filed {
  id: string;
  dueBy: string;
  /** There was a claim for the same. */
  stands: boolean;
  /** How many files did not get through. */
  lost: number;
}

/** Says that it arrived, and what happens next. */
export function Done({ filed }: { filed: Filed }) {
  const t = useText();
  useEffect(() => document.querySelector<HTMLElement>('[data-page-title]')?.focus(), []);
  return (
    <Page
      title={t(filed.stands ? 'done.stands' : 'done')}
      answer={t(filed.stands ? 'done.stands.text' : 'done.text', { date: format.date(filed.dueBy) })}
      width="narrow"
    >
      {filed.lost > 0 ? <Banner tone="warning">{t('done.lost', { count: filed.lost })}</Banner> : null}
      <div className={styles.choices}>
        <LinkButton tone="primary" href={`/account/claims/${filed.id}`}>
          {t('claim.open')}
        </LinkButton>
        <LinkButton href="/account">{t('done.home')}</LinkButton>
      </div>
    </Page>
  );
}
