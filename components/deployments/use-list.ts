'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { deploymentQueries } from './queries';
import { stateFilterOf, stateFilters } from './states';

/** The list of deployments as the page's address filters it. */
export function useDeploymentList() {
  const url = useUrlState();
  const filter = stateFilterOf(url.get('state'));
  const q = useDebounced(url.get('q'), 200);
  const query = useInfiniteQuery(
    deploymentQueries.list({
      q: q || undefined,
      state: filter && stateFilters[filter].join(','),
      // one that has no node that works does not run, whatever state it stands in
      working: filter === 'running' ? 'true' : undefined,
      site: url.get('site') || undefined,
      recipe: url.get('recipe') || undefined,
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = ['q', 'state', 'site', 'recipe'].some((name) => url.get(name) !== '');
  return { url, filter, query, rows, filtered };
}
