import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, getText } from '@/components/api/client';
import type { BucketView, FilesView } from '@/lib/api/contract/buckets';
import type { List } from '@/lib/api/contract/common';
import type { JobView, OneServiceView, ServiceView } from '@/lib/api/contract/services';
import type { VolumeView } from '@/lib/api/contract/volumes';
import { clusterPath } from './queries';

const active = ['Pending', 'Running', 'Suspended'];
/** Whether a job goes on. */
export const isMoving = ({ state }: Pick<JobView, 'state'>) => active.includes(state);

/** What the screens read of what runs on clusters. */
export const workQueries = {
  services: (id: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'services'],
      queryFn: ({ signal }) => get<List<ServiceView>>(clusterPath(id, 'services'), {}, signal),
    }),
  service: (id: string, name: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'services', name],
      queryFn: ({ signal }) => get<OneServiceView>(clusterPath(id, 'services', name), {}, signal),
    }),
  /** a job that somebody's file begins is seen within a moment, one that runs is followed; while the page is hidden nothing is asked */
  jobs: (id: string, name: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'jobs', name],
      queryFn: ({ signal }) => get<List<JobView>>(clusterPath(id, 'services', name, 'jobs'), { watch: 'true' }, signal),
      refetchInterval: 900,
      staleTime: 0,
    }),
  log: (id: string, name: string, job: string, moving: boolean) =>
    queryOptions({
      queryKey: ['clusters', id, 'log', name, job],
      queryFn: ({ signal }) => getText(clusterPath(id, 'services', name, 'jobs', job, 'log'), {}, signal),
      refetchInterval: moving ? 2_000 : false,
      staleTime: moving ? 0 : 30_000,
    }),
  exported: (id: string, name: string, as: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'export', name, as],
      queryFn: ({ signal }) => getText(clusterPath(id, 'services', name, 'export'), { as }, signal),
      placeholderData: keepPreviousData,
    }),
  buckets: (id: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'buckets'],
      queryFn: ({ signal }) => get<List<BucketView>>(clusterPath(id, 'buckets'), {}, signal),
    }),
  volumes: (id: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'volumes'],
      queryFn: ({ signal }) => get<List<VolumeView>>(clusterPath(id, 'volumes'), {}, signal),
    }),
  /** what jobs write there appears by itself */
  files: (id: string, bucket: string, folder: string, cursor: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'files', bucket, folder, cursor],
      queryFn: ({ signal }) => get<FilesView>(clusterPath(id, 'buckets', bucket, 'objects'), { folder, cursor }, signal),
      refetchInterval: 3_000,
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  preview: (id: string, bucket: string, key: string) =>
    queryOptions({
      queryKey: ['clusters', id, 'preview', bucket, key],
      queryFn: ({ signal }) => getText(clusterPath(id, 'buckets', bucket, 'file'), { key, as: 'preview' }, signal),
    }),
};
