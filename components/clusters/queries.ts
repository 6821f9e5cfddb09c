import { queryOptions } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import type { ClusterCertificateView, ClusterStatusView, ClusterView, OfferedClusterView } from '@/lib/api/contract/clusters';
import type { List } from '@/lib/api/contract/common';

/** Path of a cluster or a part of it in the API; each part is one step. */
export const clusterPath = (id: string, ...parts: string[]) => ['/clusters', ...[id, ...parts].map(encodeURIComponent)].join('/');

/** What the screens read of clusters. */
export const clusterQueries = {
  mine: () =>
    queryOptions({ queryKey: ['clusters'], queryFn: ({ signal }) => get<List<ClusterView>>('/clusters', {}, signal), staleTime: 15_000 }),
  /** what the sandbox has for whoever wants to try */
  offered: () =>
    queryOptions({
      queryKey: ['clusters', 'offered'],
      queryFn: ({ signal }) => get<List<OfferedClusterView>>('/clusters/offered', {}, signal),
      staleTime: 60_000,
      retry: false,
    }),
  one: (id: string) =>
    queryOptions({ queryKey: ['clusters', id, 'view'], queryFn: ({ signal }) => get<ClusterView>(clusterPath(id), {}, signal) }),
  /** how it is now: asked again while it is looked at */
  status: (id: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'status'],
      queryFn: ({ signal }) => get<ClusterStatusView>(clusterPath(id, 'status'), {}, signal),
      refetchInterval: 10_000,
    }),
  /** looked at once, when somebody wants to see it */
  certificate: (id: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'certificate'],
      queryFn: ({ signal }) => get<ClusterCertificateView>(clusterPath(id, 'certificate'), {}, signal),
      staleTime: 0,
      gcTime: 0,
    }),
};
