import { QueryClient } from '@tanstack/query-core';
import { GraphError } from './graph.ts';

const lasting = new Set(['OFFLINE', 'TIMEOUT', 'RATE_LIMITED']);

/** The one cache of the page, which all frontends share. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 300_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof GraphError && lasting.has(error.code),
    },
    mutations: { retry: false },
  },
});
