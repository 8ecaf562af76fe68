import { can } from '@app/sdk';
import { Badge, Columns, format, Loaded, Page, refresh, Skeleton, Tabs, useGraph, useLive } from '@app/ui';
import { Clock, Priority } from '../clock.tsx';
import { CaseMovedDocument, CasePageDocument, type CasePageQuery } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { Acts } from './acts.tsx';
import { Composer } from './composer.tsx';
import { Context } from './context.tsx';
import { Conversation } from './conversation.tsx';
import { History } from './history.tsx';

/** A case, as this page asks for it. */
export type Found = NonNullable<CasePageQuery['case']>;

/** One case: what was said, what can be done, and what there is to know beside it. */
export function CasePage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(CasePageDocument, {
    id,
    withCustomer: can('customer:read'),
    withClaims: can('claim:read'),
    withFlight: can('flight:read'),
    internal: can('case:internal'),
  });
  useLive(CaseMovedDocument, { id }, () => void refresh(CasePageDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('case')}>
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ case: found }) =>
        found ? (
          <Whole found={found} />
        ) : (
          <Page title={t('case.none')} crumbs={[{ label: t('cases'), href: '/cases' }]}>
            {null}
          </Page>
        )
      }
    </Loaded>
  );
}

function Whole({ found }: { found: Found }) {
  const t = useText();
  const now = useNow(found);
  return (
    <Page
      title={found.subject}
      documentTitle={found.reference}
      crumbs={[{ label: t('cases'), href: '/cases' }]}
      meta={
        <>
          <Badge>
            <bdi>{found.reference}</bdi>
          </Badge>
          <Priority priority={found.priority} isOpen={found.isOpen} />
          <Badge tone={found.isOpen ? 'accent' : 'neutral'}>{t(`status.${found.status}`)}</Badge>
          {found.isEscalated ? <Badge tone="danger">{t('flag.escalated')}</Badge> : null}
          <Clock targetAt={found.targetAt} isOpen={found.isOpen} />
        </>
      }
      actions={can('case:write') ? <Acts found={found} /> : null}
      answer={now}
    >
      <Columns aside={<Context found={found} />}>
        <Tabs
          label={t('case')}
          views={[
            {
              id: 'conversation',
              label: t('conversation'),
              content: (
                <>
                  <Conversation found={found} />
                  {can('case:write') && found.isOpen ? <Composer found={found} /> : null}
                </>
              ),
            },
            { id: 'history', label: t('history'), content: <History found={found} /> },
          ]}
        />
      </Columns>
    </Page>
  );
}

const told = new Set(['ARRIVED', 'CANCELLED', 'DELAYED', 'DIVERTED'] as const);

/** What matters about the case at this moment. */
function useNow(found: Found): string | null {
  const t = useText();
  const parts: string[] = [];
  const { flight } = found;
  const status = flight && [...told].find((one) => one === flight.status);
  if (flight && status && (status === 'CANCELLED' || status === 'DIVERTED' || flight.arrivalDelayMinutes)) {
    const delay = format.duration(flight.arrivalDelayMinutes ?? 0);
    parts.push(
      t('now.flight', {
        flight: flight.designator,
        from: flight.origin?.city ?? flight.origin?.iataCode,
        to: flight.destination?.city ?? flight.destination?.iataCode,
        state: t(`now.state.${status}`, { delay }),
      }),
    );
  }
  const waiting = found.claims?.nodes.find(({ status, amount }) => status.startsWith('NEEDS') && amount);
  if (waiting?.amount)
    parts.push(t('now.claims', { amount: format.money(waiting.amount), regime: waiting.regime }));
  return parts.length > 0 ? `${parts.join('. ')}.` : null;
}
