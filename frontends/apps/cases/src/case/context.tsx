import { can } from '@app/sdk';
import {
  Badge,
  Card,
  Empty,
  Facts,
  format,
  Line,
  Link,
  LinkList,
  Masked,
  PlainList,
  Row,
  Slot,
  Stack,
  Why,
} from '@app/ui';
import { useText } from '../text.ts';
import styles from './case.module.css';
import type { Found } from './page.tsx';

/** What there is to know beside the conversation. */
export function Context({ found }: { found: Found }) {
  const t = useText();
  const { flight, incident } = found;
  return (
    <>
      {found.customer ? <Person customer={found.customer} caseId={found.id} /> : null}
      {found.claims ? <Claims claims={found.claims.nodes} /> : null}
      <Card title={t('case')}>
        <Facts
          items={[
            { name: t('type'), value: t(`type.${found.type}`) },
            ...(found.queue ? [{ name: t('queue'), value: found.queue.name }] : []),
            { name: t('assignee'), value: found.assignee?.name ?? t('agent.none') },
            { name: t('opened'), value: format.dateTime(found.openedAt) },
            { name: t('clock'), value: format.dateTime(found.targetAt) },
            ...(found.weight
              ? [
                  { name: t('impact'), value: t(`impact.${found.weight.impact}`) },
                  { name: t('urgency'), value: t(`urgency.${found.weight.urgency}`) },
                ]
              : []),
            ...(flight
              ? [
                  {
                    name: t('flight'),
                    value: (
                      <Link href={`/flights/${flight.id}`}>
                        {flight.designator}, {format.date(flight.departsOn)}
                      </Link>
                    ),
                  },
                ]
              : []),
            ...(incident
              ? [
                  {
                    name: t('incident'),
                    value: `${incident.title}. ${t('incident.passengers', { count: incident.affectedPassengers ?? 0 })}`,
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Slot name="case.aside" props={{ caseId: found.id, customerId: found.customer?.id }} />
    </>
  );
}

function Person({ customer, caseId }: { customer: NonNullable<Found['customer']>; caseId: string }) {
  const t = useText();
  const others = (customer.cases?.nodes ?? []).filter(({ id }) => id !== caseId);
  return (
    <Card title={t('customer')}>
      <Stack gap="small">
        <Line>
          {can('customer:read') ? (
            <Link href={`/customers/${customer.id}`}>{customer.displayName}</Link>
          ) : (
            customer.displayName
          )}
          {customer.tier && customer.tier !== 'BASE' ? <Badge tone="accent">{customer.tier}</Badge> : null}
          {customer.isVip ? <Badge tone="accent">{t('flag.vip')}</Badge> : null}
          {customer.needsAssistance ? <Badge tone="warning">{t('flag.assistance')}</Badge> : null}
          <Badge>{format.language(customer.language)}</Badge>
        </Line>
        <Line>
          {(customer.contactPoints ?? [])
            .filter(({ isPrimary }) => isPrimary)
            .map(({ id, kind, maskedValue }) => (
              <Masked key={id} masked={maskedValue} label={kind} />
            ))}
        </Line>
        {others.length > 0 ? (
          <>
            <h3>{t('customer.other')}</h3>
            <LinkList
              label={t('customer.other')}
              items={others}
              itemKey={({ id }) => id}
              href={({ id }) => `/cases/${id}`}
            >
              {(one) => <Row title={one.subject} detail={t(`status.${one.status}`)} />}
            </LinkList>
          </>
        ) : null}
      </Stack>
    </Card>
  );
}

function Claims({ claims }: { claims: NonNullable<Found['claims']>['nodes'] }) {
  const t = useText();
  return (
    <Card title={t('claims')} flush>
      {claims.length === 0 ? (
        <Empty title={t('claims.none')} size="small" />
      ) : (
        <PlainList label={t('claims')} items={claims} itemKey={({ id }) => id}>
          {(claim) => (
            <Row
              title={claim.amount ? format.money(claim.amount) : claim.regime}
              detail={
                <span className={styles.claim}>
                  {[claim.regime, claim.basis].filter(Boolean).join(' · ')}
                </span>
              }
              end={claim.trace ? <Why>{claim.trace.why}</Why> : null}
            />
          )}
        </PlainList>
      )}
    </Card>
  );
}
