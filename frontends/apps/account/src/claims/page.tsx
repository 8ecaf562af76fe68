import {
  Badge,
  Button,
  Card,
  Empty,
  Facts,
  format,
  Link,
  Loaded,
  Page,
  refresh,
  Skeleton,
  Stack,
  useGraph,
  useLive,
} from '@app/ui';
import { useState } from 'react';
import styles from '../account.module.css';
import { AccountClaimDocument, type AccountClaimQuery, ClaimMovedDocument } from '../gql/graphql.ts';
import { useHappened } from '../happened.ts';
import { useText } from '../text.ts';
import { Appeal, Withdraw } from './answer.tsx';
import { EvidenceCard } from './evidence.tsx';
import { PayoutCard } from './payout.tsx';
import { Article, useWorth } from './row.tsx';
import { stageOf, tones, useNext } from './state.ts';

/** A claim, as this page asks for it. */
export type Claim = NonNullable<AccountClaimQuery['claim']>;

/** One claim: where it stands, what it rests on, what comes next. */
export function ClaimPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(AccountClaimDocument, { id });
  useLive(ClaimMovedDocument, { id }, () => void refresh(AccountClaimDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('claim')} width="narrow">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ claim }) => (claim ? <Whole claim={claim} /> : <Missing />)}
    </Loaded>
  );
}

function Missing() {
  const t = useText();
  return (
    <Page title={t('claim')} width="narrow" crumbs={[{ label: t('claims'), href: '/account/claims' }]}>
      <Card>
        <Empty title={t('claim.missing')}>{t('claim.missing.text')}</Empty>
      </Card>
    </Page>
  );
}

const open = new Set(['NEEDS_REVIEW', 'NEEDS_APPROVAL']);

function Whole({ claim }: { claim: Claim }) {
  const t = useText();
  const next = useNext(claim);
  const worth = useWorth(claim);
  const [act, setAct] = useState<'appeal' | 'withdraw' | null>(null);
  const what = claim.filing ? t(`incident.${claim.filing.incident}`) : t(`kind.${claim.kind}`);
  return (
    <Page
      title={worth ?? what}
      documentTitle={t('claim')}
      crumbs={[{ label: t('claims'), href: '/account/claims' }]}
      meta={<Badge tone={tones[claim.status]}>{t(`claim.status.${claim.status}`)}</Badge>}
      answer={next}
      width="narrow"
    >
      <Way claim={claim} />
      {claim.status === 'REFUSED' ? <Refused claim={claim} onAppeal={() => setAct('appeal')} /> : null}
      <PayoutCard claim={claim} />
      <Reasons claim={claim} />
      <EvidenceCard claim={claim} canAdd={open.has(claim.status)} />
      <Steps claim={claim} />
      {open.has(claim.status) ? (
        <div className={styles.choices}>
          <Button tone="quiet" onPress={() => setAct('withdraw')}>
            {t('withdraw')}
          </Button>
        </div>
      ) : null}
      {act === 'appeal' ? <Appeal claim={claim} onClose={() => setAct(null)} /> : null}
      {act === 'withdraw' ? <Withdraw claim={claim} onClose={() => setAct(null)} /> : null}
    </Page>
  );
}

// Asked, decided, paid: where the claim is.
function Way({ claim }: { claim: Claim }) {
  const t = useText();
  const stage = stageOf(claim.status);
  const isOver = claim.status === 'REFUSED' || claim.status === 'WITHDRAWN';
  const stages = isOver ? (['asked', 'decided'] as const) : (['asked', 'decided', 'paid'] as const);
  return (
    <ol className={styles.way} aria-label={t('way')}>
      {stages.map((id, index) => (
        <li
          key={id}
          data-done={index <= stage || undefined}
          {...(index === stage ? { 'aria-current': 'step' as const } : {})}
        >
          <span>{t(`way.${id}`)}</span>
        </li>
      ))}
    </ol>
  );
}

function Refused({ claim, onAppeal }: { claim: Claim; onAppeal: () => void }) {
  const t = useText();
  const said = claim.history?.nodes.findLast(({ toStatus }) => toStatus === 'REFUSED')?.reason;
  const isFirst = claim.history?.nodes.filter(({ toStatus }) => toStatus === 'REFUSED').length === 1;
  return (
    <Card title={t('refused')}>
      <Stack>
        {said ? (
          <blockquote className={styles.said} dir="auto">
            {said}
          </blockquote>
        ) : null}
        {claim.appealPath ? (
          <p lang="en" dir="auto">
            {claim.appealPath}
          </p>
        ) : null}
        {isFirst ? (
          <div className={styles.choices}>
            <Button tone="primary" onPress={onAppeal}>
              {t('appeal')}
            </Button>
          </div>
        ) : null}
      </Stack>
    </Card>
  );
}

function Reasons({ claim }: { claim: Claim }) {
  const t = useText();
  const happened = useHappened();
  const care = [...new Set(claim.trace?.entitlements.flatMap((one) => one.care) ?? [])];
  const { filing, flight } = claim;
  return (
    <Card title={t('reasons')}>
      <Stack>
        <p>{t(`plain.${claim.kind}`)}</p>
        {claim.trace ? (
          <p className={styles.said} lang="en" dir="ltr">
            {claim.trace.why}
          </p>
        ) : null}
        {filing ? (
          <blockquote className={styles.said} dir="auto">
            {filing.statement}
          </blockquote>
        ) : null}
        <Facts
          items={[
            { name: t('law'), value: <Article claim={claim} /> },
            ...(flight ? [{ name: t('flight'), value: happened(flight) }] : []),
            ...(care.length > 0
              ? [{ name: t('care'), value: format.list(care.map((item) => t(`care.${item}`))) }]
              : []),
            {
              name: t('opened'),
              value: t(claim.origin === 'FILED' ? 'opened.FILED' : 'opened.AUTOMATIC', {
                date: format.date(claim.openedAt),
              }),
            },
            ...(claim.order
              ? [
                  {
                    name: t('booking'),
                    value: (
                      <Link href={`/account/trips/${claim.order.id}`}>
                        <bdi>{claim.order.recordLocator}</bdi>
                      </Link>
                    ),
                  },
                ]
              : []),
            ...(claim.case
              ? [
                  {
                    name: t('case'),
                    value: (
                      <Link href={`/account/cases/${claim.case.id}`}>
                        <bdi>{claim.case.reference}</bdi>
                      </Link>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Stack>
    </Card>
  );
}

function Steps({ claim }: { claim: Claim }) {
  const t = useText();
  const steps = [...(claim.history?.nodes ?? [])].reverse();
  if (steps.length === 0) return null;
  return (
    <Card title={t('steps')}>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.version}>
            <time dateTime={step.at}>{format.dateTime(step.at)}</time>
            <span>
              {t(
                step.fromStatus === step.toStatus
                  ? 'step.terms'
                  : (`claim.step.${step.toStatus}` as 'claim.step.PAID'),
              )}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
