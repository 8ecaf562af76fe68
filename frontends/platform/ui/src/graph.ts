import { type Document, type GraphError, gql, live, queryClient } from '@app/sdk';
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useEffect } from 'react';

/** Any document, by its id. */
type AnyDocument = Pick<Document<unknown, unknown>, '__meta__'>;

/** The key under which the answers of a document lie in the cache. */
export function graphKey(document: AnyDocument, variables?: unknown): unknown[] {
  const hash = document.__meta__?.hash;
  return variables === undefined ? [hash] : [hash, variables];
}

/** Asks once for a page; what was there stays until the next answer is. */
export function useGraph<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  options: { enabled?: boolean; refetchInterval?: number } = {},
): UseQueryResult<Data, GraphError> {
  return useQuery<Data, GraphError>({
    queryKey: graphKey(document, variables),
    queryFn: ({ signal }) => gql(document, variables, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

interface PageInfo {
  hasNextPage: boolean;
  endCursor?: string | null;
}

/** Asks page by page; `after` is the variable of the cursor. */
export function useGraphPages<Data, Variables extends { after?: string | null }>(
  document: Document<Data, Variables>,
  variables: Variables,
  pageInfo: (data: Data) => PageInfo | null | undefined,
  options: { enabled?: boolean } = {},
): UseInfiniteQueryResult<InfiniteData<Data, string | null>, GraphError> {
  return useInfiniteQuery<Data, GraphError, InfiniteData<Data, string | null>, unknown[], string | null>({
    queryKey: [...graphKey(document, variables), 'pages'],
    queryFn: ({ signal, pageParam }) => gql(document, { ...variables, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (last) => {
      const page = pageInfo(last);
      return page?.hasNextPage ? (page.endCursor ?? null) : undefined;
    },
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Sends a mutation. Its outcome is data: look at `__typename`. What the page shows is then loaded again. */
export function useChange<Data, Variables>(
  document: Document<Data, Variables>,
  changed: AnyDocument[] = [],
): UseMutationResult<Data, GraphError, Variables> {
  return useMutation<Data, GraphError, Variables>({
    mutationFn: (variables) => gql(document, variables),
    onSettled: () => refresh(...changed),
  });
}

/** Has the answers of these documents loaded again; those of all, where none are named. */
export async function refresh(...documents: AnyDocument[]): Promise<void> {
  if (documents.length === 0) await queryClient.invalidateQueries();
  for (const document of documents) await queryClient.invalidateQueries({ queryKey: graphKey(document) });
}

/** Calls `take` for each event of a subscription while the component is shown. */
export function useLive<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  take: (data: Data) => void,
  enabled = true,
): void {
  const key = JSON.stringify(variables);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the variables are compared by what they say.
  useEffect(() => {
    if (!enabled) return;
    const ended = new AbortController();
    void live(document, variables, take, ended.signal);
    return () => ended.abort();
  }, [document, key, enabled]);
}
