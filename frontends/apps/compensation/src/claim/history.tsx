import { format } from '@app/ui';
import { useOwed } from '../owed.tsx';
import { ClaimState } from '../status.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import type { Claim } from './page.tsx';

/** What happened to the claim, newest first. */
export function History({ claim }: { claim: Claim }) {
  const t = useText();
  const owed = useOwed();
  const steps = [...(claim.history?.nodes ?? [])].reverse();
  return (
    <ol className={styles.steps} aria-label={t('history')}>
      {steps.map((step) => (
        <li key={step.version}>
          <header>
            <ClaimState status={step.toStatus} />
            {step.amount || step.miles ? <span>{owed(step)}</span> : null}
            {step.actor ? <bdi className={styles.quiet}>{step.actor}</bdi> : null}
            <time dateTime={step.at}>{format.dateTime(step.at)}</time>
          </header>
          {step.reason ? <p dir="auto">{step.reason}</p> : null}
        </li>
      ))}
    </ol>
  );
}
