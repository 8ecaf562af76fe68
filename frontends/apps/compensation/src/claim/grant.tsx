import { notify } from '@app/sdk';
import {
  Button,
  Dialog,
  FieldRow,
  Form,
  format,
  minorDigits,
  Select,
  TextField,
  useChange,
  useProblems,
} from '@app/ui';
import { useRef, useState } from 'react';
import { type AwardInput, ClaimPageDocument, DecideClaimDocument, type Regime } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import { Established, establishedIn } from './established.tsx';
import type { Claim } from './page.tsx';

const regimes = ['EU261', 'UK261', 'US_DOT', 'CA_APPR', 'MONTREAL', 'UAE_PWP', 'GOODWILL'] as const;

/** Grants the claim. Above the authority of the person, somebody else has to approve it, and they are told so. */
export function Grant({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const isFiled = claim.origin === 'FILED';
  const [regime, setRegime] = useState<Regime>(claim.filing?.regime ?? 'GOODWILL');
  const decide = useChange(DecideClaimDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { decideClaim: outcome } = await decide.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        decision: 'APPROVE',
        reason: textOf(values, 'reason'),
        establishedFacts: establishedIn(values),
        idempotencyKey: key.current,
        ...(isFiled
          ? {
              basis: textOf(values, 'basis'),
              award: awardIn(values),
              regime: regime === 'GOODWILL' ? null : regime,
            }
          : {}),
      },
    });
    key.current = crypto.randomUUID();
    if (!take(outcome)) return;
    if (outcome.__typename === 'ClaimProposed') notify(t('grant.second'), 'warning');
    onClose();
  };
  return (
    <Dialog title={t('act.grant')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={decide.isPending}>
            {t('act.grant')}
          </Button>
        }
      >
        <Consequence claim={claim} />
        {isFiled ? (
          <>
            <Select
              label={t('regime')}
              value={regime}
              onChange={setRegime}
              options={regimes.map((id) => ({ id, label: t(`regime.${id}`) }))}
            />
            <Award claim={claim} isGoodwill={regime === 'GOODWILL'} />
            <TextField
              label={t('basis')}
              name="basis"
              help={t('basis.help')}
              isRequired={regime !== 'GOODWILL'}
            />
          </>
        ) : (
          <Established claim={claim} />
        )}
        <TextField
          label={t('reason')}
          name="reason"
          rows={3}
          maxLength={2000}
          help={t('reason.help')}
          autoFocus
        />
      </Form>
    </Dialog>
  );
}

function Consequence({ claim }: { claim: Claim }) {
  const t = useText();
  const owed = useOwed();
  const isFiled = claim.origin === 'FILED';
  return (
    <div className={styles.consequence}>
      {isFiled ? null : <strong>{owed(claim)}</strong>}
      <p>
        {t(isFiled ? 'grant.consequence.filed' : 'grant.consequence', { date: format.date(claim.dueBy) })}{' '}
        {t('grant.authority')}
      </p>
    </div>
  );
}

function Award({ claim, isGoodwill }: { claim: Claim; isGoodwill: boolean }) {
  const t = useText();
  const asked = claim.filing?.claimedAmount ?? claim.amount;
  const digits = asked ? minorDigits(asked.currency) : 2;
  return (
    <FieldRow>
      <TextField
        label={t('amount')}
        name="amountMinor"
        inputMode="decimal"
        isRequired={!isGoodwill}
        defaultValue={asked ? String(asked.amountMinor / 10 ** digits) : ''}
      />
      <TextField
        label={t('currency')}
        name="currency"
        maxLength={3}
        isRequired={!isGoodwill}
        defaultValue={asked?.currency ?? 'EUR'}
      />
      {isGoodwill ? <TextField label={t('award.miles')} name="miles" inputMode="numeric" /> : null}
    </FieldRow>
  );
}

function awardIn(values: FormData): AwardInput {
  const miles = Number(values.get('miles') || 0);
  if (miles > 0) return { miles };
  const currency = String(values.get('currency') ?? '')
    .trim()
    .toUpperCase();
  const amount = Number(String(values.get('amountMinor') ?? '').replace(',', '.'));
  return { amountMinor: Math.round(amount * 10 ** minorDigits(currency)), currency };
}

/** What was typed into a field; null where nothing was. */
export function textOf(values: FormData, name: string): string | null {
  return String(values.get(name) ?? '').trim() || null;
}
