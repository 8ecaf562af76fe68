import { boot } from '@app/sdk';
import {
  Badge,
  Card,
  Empty,
  format,
  Link,
  LinkButton,
  LinkList,
  Loaded,
  Page,
  Row,
  Skeleton,
  Stack,
  useGraph,
} from '@app/ui';
import { Plus } from 'lucide-react';
import styles from '../account.module.css';
import { CaseRow } from '../cases/row.tsx';
import { ClaimRow } from '../claims/row.tsx';
import { AccountHomeDocument, type AccountHomeQuery, type OwnJourneyFragment } from '../gql/graphql.ts';
import { isDisturbed, isGivenUp, useHappened, wayOf } from '../happened.ts';
import { useText } from '../text.ts';
import { Trip } from '../trip/card.tsx';
import { Grant, Outcome } from './outcome.tsx';

type Me = NonNullable<AccountHomeQuery['me']>;

/** What matters to the customer now: the next trip, what happened, and what they get. */
export function HomePage() {
  const t = useText();
  const language = boot().locale.slice(0, 2);
  const asked = useGraph(AccountHomeDocument, { language }, { refetchInterval: 30_000 });
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('nav.home')} width="narrow">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ me }) => (me ? <Home me={me} /> : <Page title={t('nav.home')}>{null}</Page>)}
    </Loaded>
  );
}

const recently = 45 * 24 * 60 * 60 * 1000;

function Home({ me }: { me: Me }) {
  const t = useText();
  const upcoming = (me.next?.nodes ?? []).filter((journey) => !isGivenUp(journey));
  const past = (me.past?.nodes ?? []).filter(
    (journey) => Date.now() - new Date(journey.scheduledArrivalAt).getTime() < recently,
  );
  const disturbed = [...upcoming, ...past].filter((journey) =>
    wayOf(journey.segments).some(({ flight }) => isDisturbed(flight)),
  );
  const [next] = upcoming;
  // Somebody who travelled on the booking of another has a claim, and no journey of their own.
  const shown = new Set(disturbed.flatMap(({ claims }) => claims?.nodes.map(({ id }) => id) ?? []));
  const granted = (me.claims?.nodes ?? []).filter(
    ({ id, status }) => status === 'APPROVED' && !shown.has(id),
  );
  return (
    <Page title={t('home.hello')} documentTitle={t('nav.home')} answer={useNow(me, disturbed)} width="narrow">
      {next ? (
        <section className={styles.section} aria-labelledby="next">
          <h2 id="next">{t('home.next')}</h2>
          <Trip journey={next} />
        </section>
      ) : null}
      {disturbed.map((journey) => (
        <Outcome key={journey.id} journey={journey} />
      ))}
      {granted.length > 0 ? (
        <section className={styles.outcome} aria-labelledby="granted">
          <h2 id="granted">{t('home.get')}</h2>
          {granted.map((claim) => (
            <Grant key={claim.id} claim={claim} />
          ))}
        </section>
      ) : null}
      {next ? null : (
        <Card>
          <Empty title={t('home.quiet')}>{t('home.quiet.text')}</Empty>
        </Card>
      )}
      <Rest me={me} />
    </Page>
  );
}

function Rest({ me }: { me: Me }) {
  const t = useText();
  const claims = me.claims?.nodes ?? [];
  const cases = (me.cases?.nodes ?? []).filter(({ isOpen }) => isOpen);
  const messages = me.notifications?.nodes ?? [];
  return (
    <Stack>
      {messages.length > 0 ? (
        <Card
          title={t('nav.messages')}
          count={format.number(me.unreadNotificationCount ?? 0)}
          actions={<Link href="/account/messages">{t('all')}</Link>}
          flush
        >
          <LinkList
            label={t('nav.messages')}
            items={messages}
            itemKey={({ id }) => id}
            href={({ id }) => `/account/messages?open=${id}`}
          >
            {(message) => (
              <Row
                title={<bdi>{message.words?.title ?? t(`message.${message.kind}`)}</bdi>}
                detail={format.relative(message.createdAt)}
                end={<Badge tone="accent">{t('message.new')}</Badge>}
              />
            )}
          </LinkList>
        </Card>
      ) : null}
      <Card title={t('nav.claims')} actions={<Link href="/account/claims">{t('all')}</Link>} flush>
        {claims.length === 0 ? <p className={styles.nothing}>{t('claims.none.text')}</p> : null}
        <LinkList
          label={t('nav.claims')}
          items={claims}
          itemKey={({ id }) => id}
          href={({ id }) => `/account/claims/${id}`}
        >
          {(claim) => <ClaimRow claim={claim} />}
        </LinkList>
      </Card>
      {cases.length > 0 ? (
        <Card title={t('nav.cases')} actions={<Link href="/account/cases">{t('all')}</Link>} flush>
          <LinkList
            label={t('nav.cases')}
            items={cases}
            itemKey={({ id }) => id}
            href={({ id }) => `/account/cases/${id}`}
          >
            {(one) => <CaseRow one={one} />}
          </LinkList>
        </Card>
      ) : null}
      <div className={styles.choices}>
        <LinkButton href="/account/ask" icon={<Plus aria-hidden />}>
          {t('ask')}
        </LinkButton>
        <LinkButton href="/account/cases/new" icon={<Plus aria-hidden />}>
          {t('case.new')}
        </LinkButton>
      </div>
    </Stack>
  );
}

// One sentence: what went wrong and what comes of it, or when the next trip begins.
function useNow(me: Me, disturbed: OwnJourneyFragment[]): string {
  const t = useText();
  const happened = useHappened();
  const [hit] = disturbed;
  const flight = wayOf(hit?.segments).find((one) => isDisturbed(one.flight))?.flight;
  const waiting = me.claims?.nodes.find(({ status, amount }) => status === 'APPROVED' && amount);
  const next = me.next?.nodes.find((journey) => !isGivenUp(journey));
  if (waiting?.amount) return t('now.approved', { amount: format.money(waiting.amount) });
  if (flight) return happened(flight);
  if (next) return t('now.next', { when: format.relative(next.scheduledDepartureAt) });
  return t('now.quiet');
}
