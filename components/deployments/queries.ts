import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import { isMoving } from '@/components/shared/deployment-standing';
import type { List } from '@/lib/api/contract/common';
import type { DeletionView } from '@/lib/api/contract/deletion';
import type { VersionView } from '@/lib/api/contract/deployment-changes';
import type { AccessView, DeploymentSummary, NodeView, OutputView, ResourceView } from '@/lib/api/contract/deployments';
import type { ElasticView } from '@/lib/api/contract/elastic';
import type { DeploymentEvent } from '@/lib/api/contract/history';

/** Deployments that a page of the list has. */
export const listSize = 100;

export interface DeploymentFilter {
  q?: string;
  state?: string;
  working?: 'true';
  site?: string;
  recipe?: string;
}

const path = (id: string, part = '') => `/deployments/${encodeURIComponent(id)}${part}`;

/** Every page of a list of a deployment's parts. */
async function readAll<Item>(address: string, signal: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: List<Item> = await get<List<Item>>(address, { limit: 200, cursor }, signal);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return items;
}

/** What the screens read about deployments; all of one deployment lies below `['deployments', id]`. */
export const deploymentQueries = {
  list: (filter: DeploymentFilter) =>
    infiniteQueryOptions({
      queryKey: ['deployments', 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        get<List<DeploymentSummary>>('/deployments', { ...filter, limit: listSize, cursor: pageParam ?? undefined }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
      refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some((each) => isMoving(each.state))) ? 5_000 : 30_000),
    }),
  one: queries.deployment,
  resources: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'resources'],
      queryFn: ({ signal }) => readAll<ResourceView>(path(id, '/resources'), signal),
    }),
  /** what its clusters have made: its sites are asked, each time that somebody is about to delete it */
  deletion: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'deletion'],
      queryFn: ({ signal }) => get<DeletionView>(path(id, '/deletion'), {}, signal),
      staleTime: 0,
    }),
  nodes: (id: string) =>
    queryOptions({ queryKey: ['deployments', id, 'nodes'], queryFn: ({ signal }) => readAll<NodeView>(path(id, '/nodes'), signal) }),
  outputs: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'outputs'],
      queryFn: ({ signal }) => get<List<OutputView>>(path(id, '/outputs'), {}, signal),
    }),
  versions: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'versions'],
      queryFn: ({ signal }) => readAll<VersionView>(path(id, '/versions'), signal),
    }),
  elastic: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'elastic'],
      queryFn: ({ signal }) => get<ElasticView>(path(id, '/elastic'), {}, signal),
      refetchInterval: 30_000,
    }),
  access: (id: string) =>
    queryOptions({ queryKey: ['deployments', id, 'access'], queryFn: ({ signal }) => get<AccessView>(path(id, '/access'), {}, signal) }),
  events: (id: string) =>
    queryOptions({
      queryKey: ['deployments', id, 'events'],
      queryFn: ({ signal }) => readAll<DeploymentEvent>(path(id, '/events'), signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};

/** Outputs with their secrets; asked for only when a person wants to see them, and never kept in the cache. */
export function revealOutputs(id: string): Promise<List<OutputView>> {
  return get<List<OutputView>>(path(id, '/outputs'), { reveal: true });
}
