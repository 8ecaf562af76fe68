import { Button, Dialog, Form, type Refusal, TextField, useChange, useProblems } from '@app/ui';
import { useRef } from 'react';
import {
  AskClaimantDocument,
  AskInNewCaseDocument,
  type CaseStatus,
  ClaimPageDocument,
  LinkClaimToCaseDocument,
  WaitForClaimantDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import type { Claim } from './page.tsx';

/** A case as it is after something was said in it. */
interface Asked {
  id: string;
  version: number;
  nextStatuses: CaseStatus[];
}

/** Asks the claimant for something, in the case of the claim, which then waits for them. */
export function Ask({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const [problems, take] = useProblems();
  const { ask, isPending } = useAsk(claim, take);
  const send = async (values: FormData) => {
    if (await ask(String(values.get('text')))) onClose();
  };
  return (
    <Dialog title={t('act.ask')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={isPending}>
            {t('ask.send')}
          </Button>
        }
      >
        <p className={styles.consequence}>{t(claim.case ? 'ask.consequence' : 'ask.consequence.new')}</p>
        <TextField label={t('ask.text')} name="text" rows={6} isRequired autoFocus />
      </Form>
    </Dialog>
  );
}

function useAsk(claim: Claim, take: (outcome: Refusal) => boolean) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const comment = useChange(AskClaimantDocument);
  const open = useChange(AskInNewCaseDocument);
  const link = useChange(LinkClaimToCaseDocument);
  const wait = useChange(WaitForClaimantDocument, [ClaimPageDocument]);

  const say = async (caseId: string, text: string): Promise<Asked | null> => {
    const { commentOnCase: said } = await comment.mutateAsync({
      input: { idempotencyKey: key.current, caseId, text, visibility: 'PUBLIC' },
    });
    return take(said) && said.__typename === 'CaseCommented' ? said.case : null;
  };
  const begin = async (text: string): Promise<Asked | null> => {
    const { openCase: opened } = await open.mutateAsync({
      input: {
        idempotencyKey: key.current,
        type: 'COMPENSATION',
        subject: t('ask.subject'),
        description: text,
        customerId: claim.customer?.id ?? null,
        orderId: claim.order?.id ?? null,
        flightId: claim.flight?.id ?? null,
      },
    });
    if (!take(opened) || opened.__typename !== 'CaseOpened') return null;
    const { linkClaim: linked } = await link.mutateAsync({
      input: { caseId: opened.case.id, claimId: claim.id },
    });
    return take(linked) && linked.__typename === 'ClaimLinked' ? linked.case : null;
  };
  const ask = async (text: string): Promise<boolean> => {
    const found = claim.case ? await say(claim.case.id, text) : await begin(text);
    if (!found) return false;
    if (!found.nextStatuses.includes('PENDING_CUSTOMER')) return true;
    const { changeCaseState: moved } = await wait.mutateAsync({
      input: { caseId: found.id, expectedVersion: found.version, to: 'PENDING_CUSTOMER' },
    });
    return take(moved);
  };
  return { ask, isPending: [comment, open, link, wait].some((one) => one.isPending) };
}
