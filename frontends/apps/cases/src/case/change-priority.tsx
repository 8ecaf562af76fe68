import { Button, Dialog, Form, RadioGroup, TextField, useChange, useProblems } from '@app/ui';
import {
  type CaseImpact,
  CasePageDocument,
  type CaseUrgency,
  ChangeCasePriorityDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Found } from './page.tsx';

const impacts = ['SAFETY', 'SEVERE', 'SIGNIFICANT', 'MINOR'] as const satisfies CaseImpact[];
const urgencies = ['IN_JOURNEY', 'WITHIN_DAY', 'WITHIN_WEEK', 'UNHURRIED'] as const satisfies CaseUrgency[];

/** Weighs the case anew: its priority follows from how hard it hits and how soon it is over. */
export function ChangePriority({ found, onClose }: { found: Found; onClose: () => void }) {
  const t = useText();
  const change = useChange(ChangeCasePriorityDocument, [CasePageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { changeCasePriority: outcome } = await change.mutateAsync({
      input: {
        caseId: found.id,
        expectedVersion: found.version,
        impact: values.get('impact') as CaseImpact,
        urgency: values.get('urgency') as CaseUrgency,
        reason: String(values.get('reason')).trim() || null,
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('priority.change')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={change.isPending}>
            {t('save')}
          </Button>
        }
      >
        <RadioGroup
          label={t('impact')}
          name="impact"
          defaultValue={found.weight?.impact ?? 'MINOR'}
          options={impacts.map((id) => ({ id, label: t(`impact.${id}`) }))}
        />
        <RadioGroup
          label={t('urgency')}
          name="urgency"
          defaultValue={found.weight?.urgency ?? 'UNHURRIED'}
          options={urgencies.map((id) => ({ id, label: t(`urgency.${id}`) }))}
        />
        <TextField label={t('reason')} name="reason" maxLength={1000} />
      </Form>
    </Dialog>
  );
}
