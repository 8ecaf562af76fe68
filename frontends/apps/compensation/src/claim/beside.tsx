import { Badge, Card, Empty, Facts, format, PlainList, Row, Stack } from '@app/ui';
import { useText } from '../text.ts';
import type { Claim } from './page.tsx';

/** What the customer says, where they asked. */
export function Filed({ filing }: { filing: NonNullable<Claim['filing']> }) {
  const t = useText();
  return (
    <Card title={t('filed')}>
      <Stack>
        <p dir="auto">{filing.statement}</p>
        <Facts
          items={[
            { name: t('kind'), value: t(`incident.${filing.incident}`) },
            { name: t('on'), value: format.date(filing.incidentOn) },
            {
              name: t('filed.amount'),
              value: filing.claimedAmount ? format.money(filing.claimedAmount) : null,
            },
          ]}
        />
      </Stack>
    </Card>
  );
}

/** What was given to prove it. */
export function Evidence({ evidence }: { evidence: NonNullable<Claim['evidence']>['nodes'] }) {
  const t = useText();
  return (
    <Card title={t('evidence')} flush>
      {evidence.length === 0 ? (
        <Empty title={t('evidence.none')} size="small" />
      ) : (
        <PlainList label={t('evidence')} items={evidence} itemKey={({ id }) => id}>
          {(one) => <Row title={one.description} detail={one.fileName} end={format.date(one.addedAt)} />}
        </PlainList>
      )}
    </Card>
  );
}

/** The payments of the claim. */
export function Payouts({ payouts }: { payouts: NonNullable<Claim['payouts']>['nodes'] }) {
  const t = useText();
  if (payouts.length === 0) return null;
  return (
    <Card title={t('payouts')} flush>
      <PlainList label={t('payouts')} items={payouts} itemKey={({ id }) => id}>
        {(one) => (
          <Row
            title={one.amount ? format.money(one.amount) : '–'}
            detail={format.date(one.dueBy)}
            end={
              <Badge tone={one.status === 'FAILED' ? 'danger' : 'neutral'}>{t(`payout.${one.status}`)}</Badge>
            }
          />
        )}
      </PlainList>
    </Card>
  );
}

/** Who did what, newest first. */
export function History({ claim }: { claim: Claim }) {
  const t = useText();
  const events = claim.history?.nodes ?? [];
  return (
    <Card title={t('history')} flush>
      <PlainList label={t('history')} items={events} itemKey={({ version }) => String(version)}>
        {(event) => (
          <Row
            title={
              event.fromStatus
                ? t('history.line', {
                    from: t(`status.${event.fromStatus}`),
                    to: t(`status.${event.toStatus}`),
                  })
                : t(`status.${event.toStatus}`)
            }
            detail={[event.actor, event.reason].filter(Boolean).join(' · ')}
            end={<small>{format.dateTime(event.at)}</small>}
          />
        )}
      </PlainList>
    </Card>
  );
}
