import { navigate } from '@app/sdk';
import {
  Button,
  Dialog,
  FieldRow,
  Form,
  format,
  RadioGroup,
  Select,
  TextField,
  useChange,
  useProblems,
} from '@app/ui';
import { useRef, useState } from 'react';
import {
  type AgreementChannel,
  type AgreementInput,
  ClaimPageDocument,
  type PayoutMethod,
  RequestPayoutDocument,
} from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { useText } from '../text.ts';
import styles from './claim.module.css';
import { textOf } from './grant.tsx';
import type { Claim } from './page.tsx';

const methods = ['ORIGINAL_FORM_OF_PAYMENT', 'BANK_TRANSFER', 'VOUCHER', 'MILES'] as const;
const channels = ['WEB', 'APP', 'KIOSK', 'PAPER'] as const;

/** Asks for the payment of what is owed. Instead of money, the passenger has to have signed for it. */
export function Pay({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const owed = useOwed();
  const key = useRef(crypto.randomUUID());
  const isMiles = claim.amount === null;
  const [method, setMethod] = useState<PayoutMethod>(isMiles ? 'MILES' : 'ORIGINAL_FORM_OF_PAYMENT');
  const needsAgreement = !isMiles && (method === 'VOUCHER' || method === 'MILES');
  const pay = useChange(RequestPayoutDocument, [ClaimPageDocument]);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { requestPayout: outcome } = await pay.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        method,
        destinationToken: method === 'BANK_TRANSFER' ? textOf(values, 'destinationToken') : null,
        agreement: needsAgreement ? agreementIn(values, claim.passengerId) : null,
        idempotencyKey: key.current,
      },
    });
    key.current = crypto.randomUUID();
    if (!take(outcome) || outcome.__typename !== 'PayoutRequested') return;
    onClose();
    navigate(`/claims/payouts/${outcome.payout.id}`);
  };
  return (
    <Dialog title={t('act.pay')} isOpen onClose={onClose} size="wide">
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={pay.isPending}>
            {t('pay.send', { owed: owed(claim) })}
          </Button>
        }
      >
        <div className={styles.consequence}>
          <strong>{owed(claim)}</strong>
          <p>{t('pay.consequence', { date: format.date(claim.dueBy) })}</p>
        </div>
        <RadioGroup
          label={t('pay.method')}
          value={method}
          onChange={setMethod}
          options={(isMiles ? (['MILES'] as const) : methods).map((id) => ({
            id,
            label: t(`method.${id}`),
            detail: t(`method.help.${id}`),
          }))}
        />
        {method === 'BANK_TRANSFER' ? (
          <TextField
            label={t('pay.token')}
            name="destinationToken"
            help={t('pay.token.help')}
            maxLength={64}
            isRequired
          />
        ) : null}
        {needsAgreement ? <Agreement /> : null}
      </Form>
    </Dialog>
  );
}

function Agreement() {
  const t = useText();
  return (
    <>
      <h3>{t('agreement')}</h3>
      <FieldRow>
        <Select
          label={t('agreement.channel')}
          name="channel"
          defaultValue="WEB"
          options={channels.map((id) => ({ id, label: t(`agreement.${id}`) }))}
        />
        <TextField
          label={t('agreement.text')}
          name="textVersion"
          isRequired
          help={t('agreement.text.help')}
        />
        <TextField label={t('agreement.at')} name="signedAt" type="datetime-local" isRequired />
      </FieldRow>
    </>
  );
}

function agreementIn(values: FormData, passengerId: string): AgreementInput {
  return {
    passengerId,
    channel: String(values.get('channel')) as AgreementChannel,
    textVersion: String(values.get('textVersion')),
    signedAt: new Date(String(values.get('signedAt'))).toISOString(),
  };
}
