import { Button, Dialog, Form, Select, TextField, useChange, useProblems } from '@app/ui';
import { useState } from 'react';
import { CasePageDocument, type CaseResolutionCode, ChangeCaseStateDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Found } from './page.tsx';

const codes = [
  'INFO_PROVIDED',
  'COMPENSATED',
  'REFUNDED',
  'GOODWILL',
  'REJECTED_NOT_ENTITLED',
  'REJECTED_EXTRAORDINARY',
  'FORWARDED_PARTNER',
  'NO_RESPONSE',
  'DUPLICATE',
  'WITHDRAWN',
] as const satisfies CaseResolutionCode[];

/** Answers the case. A refusal needs what it rests on. */
export function Resolve({ found, onClose }: { found: Found; onClose: () => void }) {
  const t = useText();
  const [code, setCode] = useState<CaseResolutionCode>('INFO_PROVIDED');
  const change = useChange(ChangeCaseStateDocument, [CasePageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const given = (name: string) => String(values.get(name) ?? '').trim();
    const { changeCaseState: outcome } = await change.mutateAsync({
      input: {
        caseId: found.id,
        expectedVersion: found.version,
        to: 'RESOLVED',
        resolutionCode: code,
        resolutionSummary: given('resolutionSummary'),
        resolutionBasis: given('resolutionBasis') || null,
        resolutionEvidence:
          code === 'REJECTED_EXTRAORDINARY'
            ? given('resolutionEvidence')
                .split(',')
                .map((one) => one.trim())
            : null,
      },
    });
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('resolve')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={change.isPending}>
            {t('resolve')}
          </Button>
        }
      >
        <Select
          label={t('resolve.code')}
          value={code}
          onChange={setCode}
          options={codes.map((id) => ({ id, label: t(`code.${id}`) }))}
        />
        {code === 'REJECTED_NOT_ENTITLED' ? (
          <TextField
            label={t('resolve.basis')}
            name="resolutionBasis"
            isRequired
            help={t('resolve.basis.help')}
          />
        ) : null}
        {code === 'REJECTED_EXTRAORDINARY' ? (
          <TextField
            label={t('resolve.evidence')}
            name="resolutionEvidence"
            isRequired
            help={t('resolve.evidence.help')}
          />
        ) : null}
        <TextField
          label={t('resolve.summary')}
          name="resolutionSummary"
          isRequired
          rows={6}
          help={t('resolve.summary.help')}
          autoFocus
        />
      </Form>
    </Dialog>
  );
}
