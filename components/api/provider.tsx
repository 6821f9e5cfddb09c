'use client';

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiProblem } from './client';
import { shouldRetry, signInPath } from './retry';

/** Gives everything below it the cache of what the API answered. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => {
    const onError = (error: unknown, quiet: boolean) => {
      if (quiet || !(error instanceof ApiProblem) || error.problem.status !== 401) return;
      window.location.assign(signInPath(window.location));
    };
    return new QueryClient({
      queryCache: new QueryCache({ onError: (error, query) => onError(error, query.meta?.anonymous === true) }),
      mutationCache: new MutationCache({ onError: (error) => onError(error, false) }),
      defaultOptions: { queries: { staleTime: 15_000, retry: shouldRetry, refetchOnWindowFocus: true } },
    });
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
