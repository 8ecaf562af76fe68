import { Card, format } from '@app/ui';
import { useText } from '../text.ts';
import styles from './case.module.css';
import type { Found } from './page.tsx';

/** Who did what, newest first. */
export function History({ found }: { found: Found }) {
  const t = useText();
  return (
    <Card>
      <ol className={styles.history}>
        {found.history.nodes.toReversed().map((event) => (
          <li key={event.id}>
            <time dateTime={event.at}>{format.dateTime(event.at)}</time>
            <span>
              {event.actor ?? t(`author.${event.actorKind}`)}{' '}
              {t(`history.${event.kind}`, { old: event.oldValue ?? '–', new: event.newValue ?? '–' })}
              {event.reason ? <span className={styles.quiet}> · {event.reason}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
