import { Button, Card, FieldRow, Form, Select, TextField } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import { type Prepared, send } from '../evidence.ts';
import { Files } from '../files.tsx';
import { FileClaimDocument, type FileClaimMutation } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Filed } from './done.tsx';
import type { Draft } from './page.tsx';
import { evidenceOf, minorOf, needsAmount } from './plan.ts';

const currencies = ['EUR', 'GBP', 'USD', 'AED', 'CAD'] as const;

/** The third step: in one's own words, with the amount and what proves it. Then it is sent. */
export function SayIt({
  draft,
  onBack,
  onFiled,
}: {
  draft: Draft;
  onBack: () => void;
  onFiled: (filed: Filed) => void;
}) {
  const t = useText();
  const act = useAct(FileClaimDocument);
  const [currency, setCurrency] = useState<(typeof currencies)[number]>('EUR');
  const [amount, setAmount] = useState('');
  const [statement, setStatement] = useState(t(`say.${draft.incident}`));
  const [files, setFiles] = useState<Prepared[]>([]);
  const [isSending, setSending] = useState(false);
  const minor = minorOf(amount);
  const asksAmount = draft.remedy !== 'COMPENSATION' && draft.remedy !== 'DOWNGRADE_REIMBURSEMENT';
  const submit = async () => {
    setSending(true);
    const done = await act.run({ input: inputOf() }, (data) => data.fileClaim);
    const claim = claimOf(done);
    if (claim) {
      const lost = await sendFiles(claim.id);
      onFiled({ ...claim, stands: done?.fileClaim.__typename === 'ClaimStands', lost });
    }
    setSending(false);
  };
  const inputOf = () => ({
    journeyId: draft.flown.journeyId,
    flightId: draft.flown.flight.id,
    passengerId: draft.passengerId || null,
    incident: draft.incident,
    remedy: draft.remedy,
    statement,
    ...(asksAmount && minor !== null ? { amountMinor: minor, currency } : {}),
    idempotencyKey: act.key(),
  });
  const sendFiles = async (claimId: string) => {
    const lost: Prepared[] = [];
    for (const file of files) {
      const kind = evidenceOf(draft.incident, file.contentType);
      const outcome = await send(claimId, kind, t(`evidence.${kind}`), file).catch(() => null);
      if (outcome?.__typename !== 'ClaimEvidenceAdded') lost.push(file);
    }
    return lost.length;
  };
  return (
    <Card>
      <Form
        problems={act.problems}
        onSubmit={() => void submit()}
        actions={
          <>
            <Button
              tone="primary"
              type="submit"
              isPending={isSending}
              isDisabled={asksAmount && amount !== '' && minor === null}
            >
              {t('ask.send')}
            </Button>
            <Button onPress={onBack}>{t('back')}</Button>
          </>
        }
      >
        <TextField
          label={t('ask.statement')}
          name="statement"
          rows={5}
          value={statement}
          onChange={setStatement}
          isRequired
          maxLength={2000}
          help={t('ask.statement.help')}
        />
        {asksAmount ? (
          <FieldRow>
            <TextField
              label={t('ask.amount')}
              name="amountMinor"
              inputMode="decimal"
              value={amount}
              onChange={setAmount}
              isRequired={needsAmount(draft.remedy)}
              isInvalid={amount !== '' && minor === null}
              help={t('ask.amount.help')}
            />
            <Select
              label={t('ask.currency')}
              value={currency}
              onChange={setCurrency}
              options={currencies.map((id) => ({ id, label: id }))}
            />
          </FieldRow>
        ) : null}
        <Files files={files} onChange={setFiles} />
      </Form>
    </Card>
  );
}

function claimOf(done: FileClaimMutation | null): { id: string; dueBy: string } | null {
  const outcome = done?.fileClaim;
  return outcome?.__typename === 'ClaimFiled' || outcome?.__typename === 'ClaimStands' ? outcome.claim : null;
}
