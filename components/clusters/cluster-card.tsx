'use client';

import { useQuery } from '@tanstack/react-query';
import { useSaid, useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Notice, Status } from '@/components/ui/tone';
import type { ClusterStatusView, ClusterView } from '@/lib/api/contract/clusters';
import { CapacityBar } from './capacity-bar';
import { clusterQueries } from './queries';
import { totals } from './totals';

/** One cluster of the list: where it is, and how it is now, as soon as it has said so. */
export function ClusterCard({ cluster }: { cluster: ClusterView }) {
  const t = useT();
  const status = useQuery(clusterQueries.status(cluster.id));
  return (
    <li>
      <Card className="flex h-full flex-col gap-4 p-4 sm:p-5">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h2 className="font-semibold text-ink [overflow-wrap:anywhere]">
              <Link href={`/clusters/${cluster.id}`} className="underline-offset-4 hover:underline">
                {cluster.name}
              </Link>
            </h2>
            <p className="mt-0.5 font-mono text-xs text-ink-2 [overflow-wrap:anywhere]">{cluster.endpoint}</p>
          </div>
          <ClusterHealth cluster={cluster} status={status.data} />
        </div>
        <p className="flex flex-wrap gap-1.5">
          <Tag>{t(`region.${cluster.region}`)}</Tag>
          <Tag>OSCAR {cluster.version || cluster.dialect}</Tag>
          {cluster.deployment && <Tag>{t('clusters.deployed')}</Tag>}
          {status.data?.services != null && <Tag>{t('clusters.services', { count: status.data.services })}</Tag>}
        </p>
        <Loaded query={status} skeleton={<SkeletonLines lines={3} />}>
          {(told) => <Told told={told} />}
        </Loaded>
      </Card>
    </li>
  );
}

function Told({ told }: { told: ClusterStatusView }) {
  const said = useSaid();
  if (told.problem) {
    return (
      <Notice tone={told.healthy ? 'warn' : 'bad'} title={said(told.problem.title)}>
        {said(told.problem.detail)}
      </Notice>
    );
  }
  const sum = totals(told.capacity?.nodes ?? []);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <CapacityBar what="cpu" total={sum.milliCores} free={sum.freeMilliCores} />
      <CapacityBar what="memory" total={sum.memoryBytes} free={sum.freeMemoryBytes} />
    </div>
  );
}

/** Whether a cluster answers: as it says now, before that as it was seen last. */
export function ClusterHealth({ cluster, status }: { cluster: ClusterView; status: ClusterStatusView | undefined }) {
  const t = useT();
  const tone = status ? (status.healthy ? 'ok' : 'bad') : cluster.problem ? 'bad' : 'waiting';
  const word = { ok: 'clusters.answers', bad: 'clusters.silent', waiting: 'clusters.asking' } as const;
  return (
    <Status tone={tone} pill>
      {t(word[tone])}
    </Status>
  );
}
