import { queryOptions } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import type { StraysView } from '@/lib/api/contract/strays';

/** What was left over of one's deployments; followed while something goes, or is looked for. */
export const strayQuery = () =>
  queryOptions({
    queryKey: ['strays'],
    queryFn: ({ signal }) => get<StraysView>('/strays', {}, signal),
    staleTime: 10_000,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ state: is }) => is === 'going') || state.data?.looks.some(({ looking }) => looking) ? 2_000 : 60_000,
  });
