import { Card, Empty, LinkButton, LinkList, Loaded, More, Page, Skeleton, useGraphPages } from '@app/ui';
import { Plus } from 'lucide-react';
import { AccountCasesDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { CaseRow } from './row.tsx';

/** What the customer wrote about, newest first. */
export function CaseListPage() {
  const t = useText();
  const found = useGraphPages(AccountCasesDocument, {}, (data) => data.me?.cases?.pageInfo);
  return (
    <Page
      title={t('cases')}
      answer={t('cases.lead')}
      width="narrow"
      actions={
        <LinkButton href="/account/cases/new" tone="primary" icon={<Plus aria-hidden />}>
          {t('case.new')}
        </LinkButton>
      }
    >
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={5} />}>
          {({ pages }) => {
            const cases = pages.flatMap((page) => page.me?.cases?.nodes ?? []);
            return cases.length === 0 ? (
              <Empty title={t('cases.none')}>{t('cases.none.text')}</Empty>
            ) : (
              <LinkList
                label={t('cases')}
                items={cases}
                itemKey={({ id }) => id}
                href={({ id }) => `/account/cases/${id}`}
              >
                {(one) => <CaseRow one={one} />}
              </LinkList>
            );
          }}
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
