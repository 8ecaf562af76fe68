import { Button, Dialog, Form, RadioGroup, TextField, useChange, useProblems } from '@app/ui';
import { useRef, useState } from 'react';
import { type PayoutMethod, RequestPayoutDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

const methods = ['BANK_TRANSFER', 'ORIGINAL_FORM_OF_PAYMENT'] as const satisfies PayoutMethod[];

/** Asks for the payment of an approved claim. Vouchers and miles need what the passenger signed, and are not offered here. */
export function Pay({ claim, amount, onClose }: { claim: Claim; amount: string; onClose: () => void }) {
  const t = useText();
  const key = useRef(crypto.randomUUID());
  const [method, setMethod] = useState<(typeof methods)[number]>('BANK_TRANSFER');
  const request = useChange(RequestPayoutDocument);
  const [problems, take] = useProblems();
  const send = async (values: FormData) => {
    const { requestPayout: outcome } = await request.mutateAsync({
      input: {
        claimId: claim.id,
        expectedVersion: claim.version,
        idempotencyKey: key.current,
        method,
        destinationToken: String(values.get('destinationToken') ?? '').trim() || null,
      },
    });
    key.current = crypto.randomUUID();
    if (take(outcome)) onClose();
  };
  return (
    <Dialog title={t('pay')} isOpen onClose={onClose}>
      <Form
        problems={problems}
        onSubmit={(values) => void send(values)}
        actions={
          <Button tone="primary" type="submit" isPending={request.isPending}>
            {t('pay.request')}
          </Button>
        }
      >
        <p>{t('pay.text', { amount })}</p>
        <RadioGroup
          label={t('pay.method')}
          value={method}
          onChange={setMethod}
          options={methods.map((id) => ({ id, label: t(`pay.method.${id}`) }))}
        />
        {method === 'BANK_TRANSFER' ? (
          <TextField label={t('pay.token')} name="destinationToken" isRequired help={t('pay.token.help')} />
        ) : null}
      </Form>
    </Dialog>
  );
}
