import { Banner, Confirm, format, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { ApproveClaimDocument, ClaimPageDocument } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import type { Claim } from './page.tsx';

/** Approves, as the second person, what somebody else granted. */
export function Approve({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const owed = useOwed();
  const key = useRef(crypto.randomUUID());
  const approve = useChange(ApproveClaimDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const granted = claim.history?.nodes.findLast(({ toStatus }) => toStatus === 'NEEDS_APPROVAL');
  const send = async () => {
    const { approveClaim: outcome } = await approve.mutateAsync({
      input: { claimId: claim.id, expectedVersion: claim.version, idempotencyKey: key.current },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Confirm
      title={t('act.approve')}
      isOpen
      onClose={onClose}
      onConfirm={() => void send()}
      action={t('act.approve')}
      isPending={approve.isPending}
    >
      {problems.whole ? <Banner tone="danger">{problems.whole}</Banner> : null}
      <div className={styles.consequence}>
        <strong>{owed(claim)}</strong>
        <p>{t('approve.consequence', { date: format.date(claim.dueBy) })}</p>
        {granted?.actor ? (
          <p className={styles.quiet}>
            {t('approve.granted', { actor: granted.actor, at: format.dateTime(granted.at) })}
          </p>
        ) : null}
        {granted?.reason ? <p dir="auto">{granted.reason}</p> : null}
      </div>
    </Confirm>
  );
}
