import { Card, Empty, LinkButton, LinkList, Loaded, More, Page, Skeleton, useGraphPages } from '@app/ui';
import { Plus } from 'lucide-react';
import { AccountClaimsDocument } from '../gql/graphql.ts';
import { useText } from '../text.ts';
import { ClaimRow } from './row.tsx';

/** Everything the customer asked for, or was given unasked. */
export function ClaimListPage() {
  const t = useText();
  const found = useGraphPages(AccountClaimsDocument, {}, (data) => data.me?.claims?.pageInfo);
  return (
    <Page
      title={t('claims')}
      answer={t('claims.lead')}
      width="narrow"
      actions={
        <LinkButton href="/account/ask" tone="primary" icon={<Plus aria-hidden />}>
          {t('ask')}
        </LinkButton>
      }
    >
      <Card flush>
        <Loaded from={found} skeleton={<Skeleton kind="rows" lines={5} />}>
          {({ pages }) => {
            const claims = pages.flatMap((page) => page.me?.claims?.nodes ?? []);
            return claims.length === 0 ? (
              <Empty title={t('claims.none')}>{t('claims.none.text')}</Empty>
            ) : (
              <LinkList
                label={t('claims')}
                items={claims}
                itemKey={({ id }) => id}
                href={({ id }) => `/account/claims/${id}`}
              >
                {(claim) => <ClaimRow claim={claim} />}
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
