import { Button, Dialog, Form, Loaded, Select, TextField, useChange, useGraph, useProblems } from '@app/ui';
import { useState } from 'react';
import { AssignCaseDocument, CaseAgentsDocument, CasePageDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Found } from './page.tsx';

const nobody = 'NOBODY';

/** Gives the case to somebody, or back to its queue. */
export function Assign({ found, onClose }: { found: Found; onClose: () => void }) {
  const t = useText();
  const [agent, setAgent] = useState(found.assignee?.id ?? nobody);
  const agents = useGraph(CaseAgentsDocument, { queue: found.queue?.code ?? null });
  const assign = useChange(AssignCaseDocument, [CasePageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { assignCase: outcome } = await assign.mutateAsync({
      input: {
        caseId: found.id,
        expectedVersion: found.version,
        agentId: agent === nobody ? null : agent,
        reason: String(values.get('reason')).trim() || null,
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('assign')} isOpen onClose={onClose}>
      <Loaded from={agents}>
        {(data) => (
          <Form
            problems={problems}
            onSubmit={(values) => void send(values)}
            actions={
              <Button tone="primary" type="submit" isPending={assign.isPending}>
                {t('assign')}
              </Button>
            }
          >
            <Select
              label={t('assign.choose')}
              value={agent}
              onChange={setAgent}
              options={[
                { id: nobody, label: t('agent.none') },
                ...data.agents.nodes.map(({ id, name, languages }) => ({
                  id,
                  label: name,
                  detail: languages.join(', '),
                })),
              ]}
            />
            <TextField label={t('assign.reason')} name="reason" maxLength={1000} />
          </Form>
        )}
      </Loaded>
    </Dialog>
  );
}
