import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, write } from '@/components/api/client';
import { pairPath } from '@/components/clusters/pairs/queries';
import type { List } from '@/lib/api/contract/common';
import type { LedgerJobView, PairResultsView, PlacementView } from '@/lib/api/contract/ledger';
import type { LocalityRuleView } from '@/lib/api/contract/locality';

/** Which jobs are shown; empty: any. */
export interface JobsWanted {
  pair: string;
  state: string;
  crossed: string;
}
export const allJobs: JobsWanted = { pair: '', state: '', crossed: '' };
export const pageOfJobs = 25;

/** What the page of both shores reads. All of it is read again while somebody looks on, and not while the page is hidden. */
export const testbedQueries = {
  /** @param limit how many, the newest first */
  jobs: (wanted: JobsWanted, limit = pageOfJobs) =>
    queryOptions({
      queryKey: ['testbed', 'jobs', wanted, limit],
      queryFn: ({ signal }) => get<List<LedgerJobView>>('/jobs', { ...wanted, limit, watch: 'true' }, signal),
      refetchInterval: 700,
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  placement: (pair: string) =>
    queryOptions({
      queryKey: ['testbed', 'placement', pair],
      queryFn: ({ signal }) => write<PlacementView>('POST', '/placements', { body: { pair }, signal }),
      refetchInterval: 5_000,
    }),
  rules: () =>
    queryOptions({ queryKey: ['testbed', 'rules'], queryFn: ({ signal }) => get<List<LocalityRuleView>>('/locality', {}, signal) }),
  results: (pair: string) =>
    queryOptions({
      queryKey: ['testbed', 'results', pair],
      queryFn: ({ signal }) => get<PairResultsView>(pairPath(pair, '/results'), {}, signal),
      refetchInterval: 4_000,
    }),
};
