import { can } from '@app/sdk';
import { Button, Dialog, Form, Line, useChange, useCommands, useProblems } from '@app/ui';
import { DateField } from '@app/ui/date';
import { useState } from 'react';
import styles from '../claim/claim.module.css';
import {
  ActivateRulePackDocument,
  ApproveRulePackDocument,
  RollBackRulePackDocument,
  RulePackPageDocument,
  SubmitRulePackDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { draftFrom, type Pack, type Version } from './page.tsx';
import { type Fault, Faults } from './problems.tsx';

type Step = 'submit' | 'approve' | 'activate' | 'rollBack';

/** The next steps of a version: what its state and the session allow. */
export function PackActs({ pack, version }: { pack: Pack; version: Version }) {
  const t = useText();
  const [step, setStep] = useState<Step | null>(null);
  const steps = stepsOf(version);
  const draft = () => draftFrom(pack.id, version.version);
  useCommands('rule-pack', [
    ...steps.map((id) => ({ id, label: t(`step.${id}`), run: () => setStep(id) })),
    ...(can('rule:write') ? [{ id: 'draft', label: t('draft.new'), keys: 'e', run: draft }] : []),
  ]);
  return (
    <Line>
      {steps.map((id) => (
        <Button key={id} tone={id === 'rollBack' ? 'danger' : 'primary'} onPress={() => setStep(id)}>
          {t(`step.${id}`)}
        </Button>
      ))}
      {can('rule:write') ? <Button onPress={draft}>{t('draft.new')}</Button> : null}
      {step ? <Take step={step} version={version} onClose={() => setStep(null)} /> : null}
    </Line>
  );
}

function stepsOf({ status }: Version): Step[] {
  const offered: [Step, boolean][] = [
    ['submit', status === 'DRAFT' && can('rule:write')],
    ['approve', status === 'SUBMITTED' && can('rule:approve')],
    ['activate', status === 'APPROVED' && can('rule:approve')],
    ['rollBack', status === 'ACTIVE' && can('rule:approve')],
  ];
  return offered.flatMap(([step, isOffered]) => (isOffered ? [step] : []));
}

function Take({ step, version, onClose }: { step: Step; version: Version; onClose: () => void }) {
  const t = useText();
  const [from, setFrom] = useState<string | null>(new Date().toISOString().slice(0, 10));
  const [faults, setFaults] = useState<Fault[]>([]);
  const { send, isPending } = useStep(version);
  const [problems, take] = useProblems();
  const submit = async () => {
    const outcome = await send(step, from ?? '');
    if (outcome.__typename === 'RulePackRefused') return setFaults(outcome.problems);
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t(`step.${step}`)} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={() => void submit()}
        actions={
          <Button
            tone={step === 'rollBack' ? 'danger' : 'primary'}
            type="submit"
            isPending={isPending}
            autoFocus
          >
            {t(`step.${step}`)}
          </Button>
        }
      >
        <p className={styles.consequence}>{t(`step.consequence.${step}`)}</p>
        {faults.length > 0 ? <Faults faults={faults} /> : null}
        {step === 'activate' ? (
          <DateField
            label={t('step.from')}
            help={t('step.from.help')}
            value={from}
            onChange={setFrom}
            isRequired
          />
        ) : null}
      </Form>
    </Dialog>
  );
}

function useStep(version: Version) {
  const submit = useChange(SubmitRulePackDocument, [RulePackPageDocument]);
  const approve = useChange(ApproveRulePackDocument, [RulePackPageDocument]);
  const activate = useChange(ActivateRulePackDocument, [RulePackPageDocument]);
  const rollBack = useChange(RollBackRulePackDocument, [RulePackPageDocument]);
  const input = { id: version.id, expectedVersion: version.rowVersion };
  const send = async (step: Step, activeFrom: string) => {
    switch (step) {
      case 'submit':
        return (await submit.mutateAsync({ input })).submitRulePack;
      case 'approve':
        return (await approve.mutateAsync({ input })).approveRulePack;
      case 'activate':
        return (await activate.mutateAsync({ input: { ...input, activeFrom } })).activateRulePack;
      case 'rollBack':
        return (await rollBack.mutateAsync({ input })).rollBackRulePack;
    }
  };
  return { send, isPending: [submit, approve, activate, rollBack].some((one) => one.isPending) };
}
