import { can } from '@app/sdk';
import {
  Badge,
  Banner,
  Card,
  Columns,
  format,
  Loaded,
  Page,
  refresh,
  Skeleton,
  useGraph,
  useLive,
} from '@app/ui';
import { ClaimMovedDocument, ClaimPageDocument, type ClaimPageQuery } from '../gql/graphql.ts';
import { useOwed } from '../owed.tsx';
import { ClaimState, DueClock, daysLeft, isOpen, RegimeName } from '../status.tsx';
import { useText } from '../text.ts';
import { Acts } from './acts.tsx';
import { Context } from './context.tsx';
import { EvidenceList } from './evidence.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { Rules } from './rules.tsx';

/** A claim, as this page asks for it. */
export type Claim = NonNullable<ClaimPageQuery['claim']>;

/** One claim: what is owed, what it rests on, and what can be done. */
export function ClaimPage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(ClaimPageDocument, {
    id,
    withCustomer: can('customer:read'),
    withOrder: can('order:read'),
    withFlight: can('flight:read'),
    withPayouts: can('payout:read'),
    withCase: can('case:read'),
    decides: can('claim:decide'),
  });
  useLive(ClaimMovedDocument, { id }, () => void refresh(ClaimPageDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('claim')}>
          <Skeleton kind="card" lines={4} />
        </Page>
      }
    >
      {({ claim }) =>
        claim ? (
          <Whole claim={claim} />
        ) : (
          <Page title={t('claim.none')} crumbs={[{ label: t('claims'), href: '/claims' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ claim }: { claim: Claim }) {
  const t = useText();
  const owed = useOwed();
  const now = useNow(claim);
  return (
    <Page
      title={owed(claim)}
      documentTitle={t('claim')}
      crumbs={[{ label: t('claims'), href: '/claims' }]}
      meta={
        <>
          <ClaimState status={claim.status} />
          <Badge>
            <RegimeName regime={claim.regime} />
          </Badge>
          <Badge>{t(`kind.${claim.kind}`)}</Badge>
          {isOpen(claim.status) ? <DueClock dueBy={claim.dueBy} isOpen /> : null}
        </>
      }
      actions={<Acts claim={claim} />}
      answer={now}
    >
      <Columns aside={<Context claim={claim} />}>
        {isOpen(claim.status) && claim.reviewReasons.length > 0 ? (
          <Banner tone="warning" title={t('open.questions')}>
            <ul>
              {claim.reviewReasons.map((reason) => (
                <li key={reason} dir="auto">
                  {reason}
                </li>
              ))}
            </ul>
          </Banner>
        ) : null}
        {claim.appealPath ? (
          <Banner title={t('appeal.path')}>
            <span dir="auto">{claim.appealPath}</span>
          </Banner>
        ) : null}
        <Facts claim={claim} />
        <Rules claim={claim} />
        <EvidenceList claim={claim} />
        <Card title={t('history')} flush>
          <History claim={claim} />
        </Card>
      </Columns>
    </Page>
  );
}

/** What matters about the claim at this moment, in one sentence or two. */
function useNow(claim: Claim): string {
  const t = useText();
  const owed = useOwed()(claim);
  const days = daysLeft(claim.dueBy);
  const law = claim.regime ? t(`regime.${claim.regime}`) : t('regime.none');
  const first = t(`now.${claim.status}`, { owed, law, basis: claim.basis ?? '' });
  if (!isOpen(claim.status)) return first;
  const date = format.date(claim.dueBy);
  const second = days < 0 ? t('now.late', { date, days: -days }) : t('now.due', { date, days });
  return `${first} ${second}`;
}
