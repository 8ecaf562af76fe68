import { Badge, Banner, Card, Facts, format, PlainList, Row, Stack } from '@app/ui';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

type Trace = NonNullable<Claim['trace']>;
type Assessments = NonNullable<NonNullable<Claim['disruption']>['assessments']>['nodes'];

/** The rule that answered, its reason in plain words, and what it grants. */
export function Entitled({ trace, reasons }: { trace: Trace; reasons: string[] }) {
  const t = useText();
  return (
    <Card title={t('entitlement')}>
      <Stack>
        <p>{trace.why}</p>
        {reasons.length > 0 ? (
          <Banner tone="warning" title={t('reasons')}>
            {reasons.map((reason) => (
              <div key={reason}>{reason}</div>
            ))}
          </Banner>
        ) : null}
        {trace.flags.map((flag) => (
          <Banner key={flag.code}>{flag.message}</Banner>
        ))}
        <Facts
          items={[
            ...trace.entitlements.map((one, index) => ({
              name: index === 0 ? t('amount') : `${t('amount')} ${index + 1}`,
              value: (
                <>
                  {format.money(one.amount)} · {one.basis}
                  {one.isProvisional ? `, ${t('provisional')}` : ''}
                </>
              ),
            })),
            ...(trace.distanceKm === null
              ? []
              : [
                  {
                    name: t('distance'),
                    value: format.number(trace.distanceKm, {
                      style: 'unit',
                      unit: 'kilometer',
                      maximumFractionDigits: 0,
                    }),
                  },
                ]),
            { name: t('rule'), value: t('rule.version', { rule: trace.ruleId, version: trace.ruleVersion }) },
            { name: t('hash'), value: <code>{trace.inputsHash.slice(0, 16)}</code> },
          ]}
        />
      </Stack>
    </Card>
  );
}

/** Every law that was asked, those that do not apply too, each with its reason. */
export function Laws({ assessments }: { assessments: Assessments }) {
  const t = useText();
  if (assessments.length === 0) return null;
  return (
    <Card title={t('rules')} flush>
      <PlainList
        label={t('rules')}
        items={assessments}
        itemKey={(one) => one.id ?? `${one.ruleId}${one.answer}`}
      >
        {(one) => (
          <Row
            title={`${one.regime} · ${one.ruleId}`}
            detail={one.why}
            end={
              <>
                <Badge tone={one.applies ? 'success' : 'neutral'}>
                  {t(one.applies ? 'rules.applies' : 'rules.not')}
                </Badge>
                {one.entitlements.map(({ amount }) => (
                  <span key={`${amount.amountMinor}${amount.currency}`}>{format.money(amount)}</span>
                ))}
              </>
            }
          />
        )}
      </PlainList>
    </Card>
  );
}
