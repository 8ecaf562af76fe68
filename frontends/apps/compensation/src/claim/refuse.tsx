import { Button, Checkbox, Dialog, Form, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import { DecideClaimDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

/** Refuses the claim, with what the refusal rests on. */
export function Refuse({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const decide = useChange(DecideClaimDocument);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const { decideClaim: outcome } = await decide.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        idempotencyKey: key.current,
        decision: 'REFUSE',
        reason: text('reason'),
        basis: text('basis') || null,
        establishedFacts: values.has('isExtraordinary') ? { isExtraordinary: true } : null,
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('refuse')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="danger" type="submit" isPending={decide.isPending}>
            {t('refuse')}
          </Button>
        }
      >
        <TextField
          label={t('refuse.reason')}
          name="reason"
          rows={4}
          isRequired
          autoFocus
          help={t('refuse.reason.help')}
        />
        <TextField label={t('refuse.basis')} name="basis" help={t('refuse.basis.help')} />
        <Checkbox name="isExtraordinary">{t('refuse.extraordinary')}</Checkbox>
      </Form>
    </Dialog>
  );
}
