'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Button } from './button';
import { ProblemCard, useProblem } from './problem';
import { ToneIcon } from './tone';

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  /** stands where the data will be, at about its size */
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Shows what was read. What is there stays when a refresh fails, with its age and the reason; a first failure is told with a way on. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Stale query={query} />}
        {children(query.data)}
      </>
    );
  }
  return query.isError ? <Failed query={query} /> : <Waiting>{skeleton}</Waiting>;
}

function Waiting({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        {t('common.loading')}
      </span>
      {children}
    </div>
  );
}

function Failed<Data>({ query }: { query: UseQueryResult<Data> }) {
  const { t } = useLanguage();
  const problem = useProblem(query.error);
  return (
    <ProblemCard
      problem={problem}
      action={
        <Button busy={query.isFetching} onClick={() => query.refetch()}>
          {t('common.tryAgain')}
        </Button>
      }
    />
  );
}

function Stale<Data>({ query }: { query: UseQueryResult<Data> }) {
  const { t, format } = useLanguage();
  const problem = useProblem(query.error);
  return (
    <p role="status" className="mb-3 flex items-center gap-2 text-xs text-ink-2">
      <ToneIcon tone="warn" className="size-3.5" />
      {t('common.stale', { time: format.clock(new Date(query.dataUpdatedAt).toISOString()), reason: problem.title })}
      <button type="button" onClick={() => query.refetch()} className="min-h-6 font-medium text-accent underline-offset-2 hover:underline">
        {t('common.tryAgain')}
      </button>
    </p>
  );
}
