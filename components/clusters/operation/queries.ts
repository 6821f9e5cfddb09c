import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import type { List } from '@/lib/api/contract/common';
import type { QuotaView, RequestView, UseView } from '@/lib/api/contract/operation';
import { clusterPath } from '../queries';

/** What the screens read for who runs a cluster, and of what services used there. */
export const operationQueries = {
  quotas: (id: string, person: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'people', person],
      queryFn: ({ signal }) => get<List<QuotaView>>(clusterPath(id, 'people', person, 'quotas'), {}, signal),
      retry: false,
    }),
  requests: (id: string, cursor: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'requests', cursor],
      queryFn: ({ signal }) => get<List<RequestView>>(clusterPath(id, 'requests'), { cursor }, signal),
      placeholderData: keepPreviousData,
    }),
  use: (id: string, service: string, days: '1' | '7') =>
    queryOptions({
      queryKey: ['clusters', id, 'use', service, days],
      queryFn: ({ signal }) => get<UseView>(clusterPath(id, 'services', service, 'use'), { days }, signal),
      placeholderData: keepPreviousData,
    }),
};
