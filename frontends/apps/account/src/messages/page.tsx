import { boot, navigate } from '@app/sdk';
import {
  Badge,
  Card,
  Empty,
  format,
  Link,
  LinkButton,
  Loaded,
  More,
  Page,
  refresh,
  Skeleton,
  useChange,
  useGraphPages,
  useLive,
  useSearch,
} from '@app/ui';
import { ChevronDown, Settings2 } from 'lucide-react';
import { useEffect } from 'react';
import styles from '../account.module.css';
import {
  AccountHomeDocument,
  AccountMessagesDocument,
  MessageArrivedDocument,
  type MessageLineFragment,
  ReadMessageDocument,
} from '../gql/graphql.ts';
import { useText } from '../text.ts';

/** What the customer was told, newest first; `?open=` says which is unfolded, by id. */
export function MessagesPage() {
  const t = useText();
  const language = boot().locale.slice(0, 2);
  const found = useGraphPages(
    AccountMessagesDocument,
    { language },
    (data) => data.me?.notifications?.pageInfo,
  );
  useLive(MessageArrivedDocument, {}, () => void refresh(AccountMessagesDocument));
  return (
    <Page
      title={t('nav.messages')}
      answer={t('messages.lead')}
      width="narrow"
      actions={
        <LinkButton href="/account/me#channels" icon={<Settings2 aria-hidden />}>
          {t('channels')}
        </LinkButton>
      }
    >
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={6} />}>
          {({ pages }) => <Messages items={pages.flatMap((page) => page.me?.notifications?.nodes ?? [])} />}
        </Loaded>
        <More
          hasMore={found.hasNextPage}
          isLoading={found.isFetchingNextPage}
          onMore={() => void found.fetchNextPage()}
        />
      </Card>
    </Page>
  );
}

function Messages({ items }: { items: MessageLineFragment[] }) {
  const t = useText();
  const open = useSearch().get('open');
  if (items.length === 0) return <Empty title={t('messages.none')}>{t('messages.none.text')}</Empty>;
  return (
    <ul className={styles.messages} aria-label={t('nav.messages')}>
      {items.map((message) => (
        <Message key={message.id} message={message} isOpen={message.id === open} />
      ))}
    </ul>
  );
}

function Message({ message, isOpen }: { message: MessageLineFragment; isOpen: boolean }) {
  const t = useText();
  const { words } = message;
  const read = useChange(ReadMessageDocument, [AccountMessagesDocument, AccountHomeDocument]);
  const { mutate } = read;
  const isNew = isOpen && message.isUnread;
  useEffect(() => {
    if (isNew) mutate({ input: { notificationId: message.id } });
  }, [isNew, message.id, mutate]);
  const toggle = () =>
    navigate(isOpen ? '/account/messages' : `/account/messages?open=${message.id}`, { replace: true });
  return (
    <li data-unread={message.isUnread || undefined}>
      <button type="button" aria-expanded={isOpen} onClick={toggle}>
        <span className={styles.messageTitle}>
          <bdi>{words?.title ?? t(`message.${message.kind}`)}</bdi>
          <small>
            {t(`message.class.${message.class}`)} · {format.relative(message.createdAt)}
          </small>
        </span>
        {message.isUnread ? <Badge tone="accent">{t('message.new')}</Badge> : null}
        <ChevronDown aria-hidden />
      </button>
      {isOpen ? (
        <div className={styles.messageBody}>
          <p lang={words?.language} dir="auto">
            {words?.text ?? t('message.gone')}
          </p>
          <Where message={message} />
        </div>
      ) : null}
    </li>
  );
}

function Where({ message: { claim, case: about, order } }: { message: MessageLineFragment }) {
  const t = useText();
  return (
    <p className={styles.choices}>
      {claim ? <Link href={`/account/claims/${claim.id}`}>{t('claim.open')}</Link> : null}
      {about ? <Link href={`/account/cases/${about.id}`}>{t('case.open')}</Link> : null}
      {order ? <Link href={`/account/trips/${order.id}`}>{t('trip.open')}</Link> : null}
    </p>
  );
}
