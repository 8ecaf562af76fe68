import { Avatar, Badge, classes, format } from '@app/ui';
import { useText } from '../text.ts';
import styles from './case.module.css';
import type { Found } from './page.tsx';

/** What was said, in order. */
export function Conversation({ found }: { found: Found }) {
  const t = useText();
  const begun = {
    id: 'begun',
    visibility: 'PUBLIC' as const,
    text: found.description,
    authorKind: found.channel === 'SYSTEM' ? ('SERVICE' as const) : ('CUSTOMER' as const),
    author: null,
    at: found.openedAt,
  };
  return (
    <ol className={styles.talk} aria-label={t('conversation')}>
      {[begun, ...found.comments.nodes].map((comment) => {
        const name = comment.authorKind === 'CUSTOMER' ? found.customer?.displayName : comment.author;
        const author = name ?? t(`author.${comment.authorKind}`);
        const isInternal = comment.visibility === 'INTERNAL';
        return (
          <li
            key={comment.id}
            className={classes(
              styles.message,
              comment.authorKind === 'CUSTOMER' && styles.theirs,
              isInternal && styles.internal,
            )}
          >
            <Avatar name={author} />
            <article>
              <header>
                <strong>{author}</strong>
                {isInternal ? <Badge tone="warning">{t('comment.INTERNAL')}</Badge> : null}
                <time dateTime={comment.at}>{format.dateTime(comment.at)}</time>
              </header>
              <p dir="auto">{comment.text}</p>
            </article>
          </li>
        );
      })}
      {found.resolutionSummary ? (
        <li className={classes(styles.message, styles.answer)}>
          <Avatar name={t('resolve')} />
          <article>
            <header>
              <strong>{found.resolutionCode ? t(`code.${found.resolutionCode}`) : t('resolve')}</strong>
              {found.resolvedAt ? (
                <time dateTime={found.resolvedAt}>{format.dateTime(found.resolvedAt)}</time>
              ) : null}
            </header>
            <p dir="auto">{found.resolutionSummary}</p>
            {found.resolutionBasis ? (
              <p className={styles.quiet}>
                {t('basis')}: <bdi>{found.resolutionBasis}</bdi>
              </p>
            ) : null}
          </article>
        </li>
      ) : null}
    </ol>
  );
}
