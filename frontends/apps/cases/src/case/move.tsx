import { Button, Dialog, Form, TextField, useChange, useProblems } from '@app/ui';
import { CasePageDocument, type CaseStatus, ChangeCaseStateDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Found } from './page.tsx';

/** Brings the case to another state. */
export function Move({ found, to, onClose }: { found: Found; to: CaseStatus; onClose: () => void }) {
  const t = useText();
  const change = useChange(ChangeCaseStateDocument, [CasePageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { changeCaseState: outcome } = await change.mutateAsync({
      input: {
        caseId: found.id,
        expectedVersion: found.version,
        to,
        reason: String(values.get('reason')).trim() || null,
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('move.to', { status: t(`status.${to}`) })} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={change.isPending}>
            {t('save')}
          </Button>
        }
      >
        <TextField label={t('reason')} name="reason" rows={3} maxLength={1000} autoFocus />
      </Form>
    </Dialog>
  );
}
