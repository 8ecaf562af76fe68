import { boot } from '@app/sdk';
import { Badge, Button, Card, Checkbox, Form, format, PlainList, RadioGroup, Row, type Tone } from '@app/ui';
import { useState } from 'react';
import { useAct } from '../act.ts';
import {
  AccountClaimDocument,
  type PayoutMethod,
  type PayoutStatus,
  RequestPayoutDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

const tones: Record<PayoutStatus, Tone> = {
  REQUESTED: 'warning',
  APPROVED: 'accent',
  SENDING: 'accent',
  SENT: 'accent',
  SETTLED: 'success',
  FAILED: 'danger',
  CANCELLED: 'neutral',
};

/** How a claim is paid, and the choice of the way while there is none. */
export function PayoutCard({ claim }: { claim: Claim }) {
  const t = useText();
  const payouts = claim.payouts?.nodes ?? [];
  const isUnderWay = payouts.some(({ status }) => status !== 'CANCELLED');
  if (claim.status === 'APPROVED' && !isUnderWay) return <Choose claim={claim} />;
  if (payouts.length === 0) return null;
  return (
    <Card title={t('payout')} flush>
      <PlainList label={t('payout')} items={payouts} itemKey={({ id }) => id}>
        {(payout) => {
          const worth = payout.deliveredMiles
            ? t('miles', { count: payout.deliveredMiles })
            : format.money(payout.deliveredAmount ?? payout.amount ?? { amountMinor: 0, currency: 'EUR' });
          return (
            <Row
              title={`${worth}, ${t(`method.${payout.method}`)}`}
              detail={t('payout.by', { date: format.date(payout.dueBy) })}
              end={<Badge tone={tones[payout.status]}>{t(`payout.${payout.status}`)}</Badge>}
            />
          );
        }}
      </PlainList>
    </Card>
  );
}

/** What a voucher is worth in place of money: 130 %. */
const voucher = ({ amountMinor, currency }: { amountMinor: number; currency: string }) => ({
  amountMinor: Math.floor((amountMinor * 130) / 100),
  currency,
});

function Choose({ claim }: { claim: Claim }) {
  const t = useText();
  const methods = methodsOf(claim);
  const [method, setMethod] = useState<PayoutMethod>(methods[0] ?? 'ORIGINAL_FORM_OF_PAYMENT');
  const [isAgreed, setAgreed] = useState(false);
  const act = useAct(RequestPayoutDocument, [AccountClaimDocument]);
  const needsAgreement = method === 'VOUCHER';
  const send = () => {
    const agreement = {
      passengerId: claim.passengerId,
      channel: 'WEB' as const,
      textVersion: `voucher-2026-11-${boot().locale.slice(0, 2)}`,
      signedAt: new Date().toISOString(),
    };
    const input = {
      claimId: claim.id,
      expectedVersion: claim.version,
      method,
      agreement: needsAgreement ? agreement : null,
      idempotencyKey: act.key(),
    };
    void act.run({ input }, (data) => data.requestPayout);
  };
  return (
    <Card title={t('payout.choose')}>
      <Form
        problems={act.problems}
        onSubmit={send}
        actions={
          <Button
            tone="primary"
            type="submit"
            isPending={act.isPending}
            isDisabled={needsAgreement && !isAgreed}
          >
            {t('payout.send')}
          </Button>
        }
      >
        <RadioGroup
          label={t('payout.how')}
          value={method}
          onChange={setMethod}
          options={methods.map((id) => ({
            id,
            label: t(`method.${id}`),
            detail: t(`method.${id}.detail`, {
              amount: claim.amount
                ? format.money(id === 'VOUCHER' ? voucher(claim.amount) : claim.amount)
                : '',
              miles: claim.miles ?? 0,
            }),
          }))}
        />
        {needsAgreement && claim.amount ? (
          <Checkbox isSelected={isAgreed} onChange={setAgreed}>
            {t('voucher.agree', {
              voucher: format.money(voucher(claim.amount)),
              amount: format.money(claim.amount),
            })}
          </Checkbox>
        ) : null}
      </Form>
    </Card>
  );
}

// A bank transfer needs a token of the payment provider, which this page has no way to get.
function methodsOf(claim: Claim): ('ORIGINAL_FORM_OF_PAYMENT' | 'VOUCHER' | 'MILES')[] {
  return claim.miles ? ['MILES'] : ['ORIGINAL_FORM_OF_PAYMENT', 'VOUCHER'];
}
