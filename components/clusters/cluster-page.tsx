'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { ProblemCard } from '@/components/ui/problem';
import { Skeleton } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Tabs } from '@/components/ui/tabs';
import type { ClusterView } from '@/lib/api/contract/clusters';
import { BucketsTab } from './buckets/buckets-tab';
import { CompareCertificates } from './certificate';
import { ClusterHealth } from './cluster-card';
import { ClusterForm } from './cluster-form';
import { ClusterFacts } from './facts';
import { PeopleQuotas } from './operation/people-quotas';
import { RequestLog } from './operation/request-log';
import { clusterPath, clusterQueries } from './queries';
import { ServicesTab } from './services/services-tab';
import { VolumesTab } from './volumes/volumes-tab';

const views = ['services', 'buckets', 'volumes', 'operation', 'about'] as const;

/** One cluster: whether it answers, and what is there. */
export function ClusterPage({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(clusterQueries.one(id));
  useTitle(query.data?.name);
  return (
    <Page wide>
      <BackLink href="/clusters">{t('nav.clusters')}</BackLink>
      {!query.data && <h1 className="sr-only">{t('clusters.one')}</h1>}
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {(cluster) => <Cluster cluster={cluster} />}
      </Loaded>
    </Page>
  );
}

function Cluster({ cluster }: { cluster: ClusterView }) {
  const t = useT();
  const status = useQuery(clusterQueries.status(cluster.id));
  const problem = status.data?.problem;
  const url = useUrlState();
  const view = views.find((each) => each === url.get('view')) ?? 'services';
  const may = status.data?.may;
  // a cluster that keeps no volumes has no such view, and who is not its own user does not run it
  const has = { services: true, buckets: true, volumes: status.data?.volumes, operation: may?.quotas || may?.log, about: true };
  const shown = views.filter((each) => view === each || has[each]);
  const contents = {
    services: <ServicesTab cluster={cluster.id} />,
    buckets: <BucketsTab cluster={cluster.id} shares={cluster.traits.sharesBuckets} />,
    volumes: <VolumesTab cluster={cluster.id} />,
    operation: (
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {may?.quotas && <PeopleQuotas cluster={cluster.id} />}
        {may?.log && <RequestLog cluster={cluster.id} />}
      </div>
    ),
    about: (
      <Loaded query={status} skeleton={<Skeleton className="h-64 rounded-card" />}>
        {(told) => <ClusterFacts cluster={cluster} told={told} />}
      </Loaded>
    ),
  };
  const about = [t(`region.${cluster.region}`), `OSCAR ${cluster.version || cluster.dialect}`, cluster.endpoint].join(' · ');
  return (
    <>
      <PageTitle
        title={cluster.name}
        note={about}
        actions={
          <>
            <ClusterHealth cluster={cluster} status={status.data} />
            <ClusterActions cluster={cluster} />
          </>
        }
      />
      {problem && (
        <div className="mb-5">
          <ProblemCard
            problem={problem}
            action={
              <>
                {problem.code === 'site-tls-untrusted' && <CompareCertificates cluster={cluster} />}
                <Button busy={status.isFetching} onClick={() => status.refetch()}>
                  {t('common.tryAgain')}
                </Button>
              </>
            }
          />
        </div>
      )}
      <Tabs
        label={t('clusters.views')}
        value={view}
        onChange={(next) => url.set({ view: next === 'services' ? null : next })}
        tabs={shown.map((value) => ({ value, label: t(`clusters.view.${value}`), content: contents[value] }))}
      />
    </>
  );
}

function ClusterActions({ cluster }: { cluster: ClusterView }) {
  const t = useT();
  const router = useRouter();
  const client = useQueryClient();
  const [editing, edit] = useState(false);
  // the list alone: the cluster's own page would only be told that it is gone
  const leave = () => {
    void client.invalidateQueries({ queryKey: clusterQueries.mine().queryKey, exact: true });
    router.push('/clusters');
  };
  return (
    <>
      <Button onClick={() => edit(true)}>
        <Pencil aria-hidden />
        {t('clusters.edit')}
      </Button>
      {cluster.deployment === null && (
        <ConfirmDelete name={cluster.name} path={clusterPath(cluster.id)} keys={[]} action={t('clusters.forget')} onDone={leave}>
          {t('clusters.forgetNote')}
        </ConfirmDelete>
      )}
      <Dialog open={editing} onOpenChange={edit} title={t('clusters.edit')} note={t('clusters.addNote')} wide>
        <ClusterForm cluster={cluster} onDone={() => edit(false)} onCancel={() => edit(false)} />
      </Dialog>
    </>
  );
}
