import {
  Badge,
  Button,
  Card,
  Empty,
  Form,
  format,
  LinkList,
  Loaded,
  Page,
  refresh,
  Skeleton,
  TextField,
  useGraph,
  useLive,
} from '@app/ui';
import { Send } from 'lucide-react';
import { useState } from 'react';
import styles from '../account.module.css';
import { useAct } from '../act.ts';
import { ClaimRow } from '../claims/row.tsx';
import {
  AccountCaseDocument,
  type AccountCaseQuery,
  AnswerCaseDocument,
  CaseMovedDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { MoveCase } from './move.tsx';
import { turnOf, turnTones } from './row.tsx';

/** A case, as this page asks for it. */
export type OwnCase = NonNullable<AccountCaseQuery['case']>;

/** A conversation with the airline. */
export function CasePage({ id }: { id: string }) {
  const t = useText();
  const asked = useGraph(AccountCaseDocument, { id });
  useLive(CaseMovedDocument, { id }, () => void refresh(AccountCaseDocument));
  return (
    <Loaded
      from={asked}
      skeleton={
        <Page title={t('case')} width="narrow">
          <Skeleton kind="card" lines={3} />
        </Page>
      }
    >
      {({ case: found }) => (found ? <Whole found={found} /> : <Missing />)}
    </Loaded>
  );
}

function Missing() {
  const t = useText();
  return (
    <Page title={t('case')} width="narrow" crumbs={[{ label: t('cases'), href: '/account/cases' }]}>
      <Card>
        <Empty title={t('case.missing')}>{t('case.missing.text')}</Empty>
      </Card>
    </Page>
  );
}

function Whole({ found }: { found: OwnCase }) {
  const t = useText();
  const turn = turnOf(found.status);
  const claims = found.claims?.nodes ?? [];
  return (
    <Page
      title={found.subject}
      documentTitle={t('case')}
      crumbs={[{ label: t('cases'), href: '/account/cases' }]}
      meta={
        <>
          <Badge tone={turnTones[turn]}>{t(`turn.${turn}`)}</Badge>
          <Badge>
            <bdi>{found.reference}</bdi>
          </Badge>
        </>
      }
      answer={t(`turn.${turn}.text`, { when: format.dateTime(found.targetAt) })}
      width="narrow"
    >
      <Talk found={found} />
      {found.isOpen ? <Answer found={found} /> : null}
      {claims.length > 0 ? (
        <Card title={t('claims')} flush>
          <LinkList
            label={t('claims')}
            items={claims}
            itemKey={({ id }) => id}
            href={({ id }) => `/account/claims/${id}`}
          >
            {(claim) => <ClaimRow claim={claim} />}
          </LinkList>
        </Card>
      ) : null}
      <MoveCase found={found} />
    </Page>
  );
}

function Talk({ found }: { found: OwnCase }) {
  const t = useText();
  const mine = found.channel !== 'SYSTEM';
  const begun = {
    id: 'begun',
    text: found.description,
    authorKind: mine ? ('CUSTOMER' as const) : ('SERVICE' as const),
    at: found.openedAt,
  };
  const answer = found.resolutionSummary
    ? [
        {
          id: 'answer',
          text: found.resolutionSummary,
          authorKind: 'STAFF' as const,
          at: found.resolvedAt ?? found.updatedAt,
        },
      ]
    : [];
  return (
    <ol className={styles.talk} aria-label={t('talk')}>
      {[begun, ...found.comments.nodes, ...answer].map((said) => (
        <li key={said.id} data-mine={said.authorKind === 'CUSTOMER' || undefined}>
          <header>
            <strong>{t(`author.${said.authorKind}`)}</strong>
            <time dateTime={said.at}>{format.dateTime(said.at)}</time>
          </header>
          <p dir="auto">{said.text}</p>
        </li>
      ))}
    </ol>
  );
}

function Answer({ found }: { found: OwnCase }) {
  const t = useText();
  const [text, setText] = useState('');
  const act = useAct(AnswerCaseDocument, [AccountCaseDocument]);
  const send = async () => {
    const input = { idempotencyKey: act.key(), caseId: found.id, text };
    if (await act.run({ input }, (data) => data.commentOnCase)) setText('');
  };
  return (
    <Card>
      <Form
        problems={act.problems}
        onSubmit={() => void send()}
        actions={
          <Button
            tone="primary"
            type="submit"
            icon={<Send aria-hidden />}
            isPending={act.isPending}
            isDisabled={text.trim() === ''}
          >
            {t('answer.send')}
          </Button>
        }
      >
        <TextField label={t('answer')} name="text" rows={4} value={text} onChange={setText} />
      </Form>
    </Card>
  );
}
