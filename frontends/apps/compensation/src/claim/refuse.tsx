import { Button, Dialog, Form, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { ClaimPageDocument, DecideClaimDocument } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import { Established, establishedIn } from './established.tsx';
import { textOf } from './grant.tsx';
import type { Claim } from './page.tsx';

/** Refuses the claim, with its reason and the article that it rests on. */
export function Refuse({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const owed = useOwed();
  const key = useRef(crypto.randomUUID());
  const decide = useChange(DecideClaimDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { decideClaim: outcome } = await decide.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        decision: 'REFUSE',
        reason: textOf(values, 'reason'),
        basis: textOf(values, 'basis'),
        establishedFacts: establishedIn(values),
        idempotencyKey: key.current,
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('act.refuse')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="danger" type="submit" isPending={decide.isPending}>
            {t('act.refuse')}
          </Button>
        }
      >
        <div className={styles.consequence}>
          <strong>{owed(claim)}</strong>
          <p>{t('refuse.consequence')}</p>
        </div>
        {claim.origin === 'FILED' ? null : <Established claim={claim} />}
        <TextField label={t('basis')} name="basis" help={t('basis.help')} isRequired />
        <TextField
          label={t('reason')}
          name="reason"
          rows={4}
          maxLength={2000}
          help={t('reason.help')}
          isRequired
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
