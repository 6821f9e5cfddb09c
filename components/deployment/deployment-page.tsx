'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { deploymentQueries } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { later } from '@/components/ui/later';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import { Skeleton, SkeletonLines } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { Tabs } from '@/components/ui/tabs';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { EndingCredentials } from './ending-credentials';
import { Facts } from './facts';
import { DeploymentHeader } from './header';
import { WaysIn } from './nodes/ways-in';
import { Outputs } from './outputs';
import { ClockLine } from './time/clock-line';
import { Timeline } from './timeline/timeline-view';
import { useLive } from './use-live';

const Topology = later(
  () => import('./topology/topology').then((module) => module.Topology),
  () => <Skeleton className="h-96 rounded-card" />,
);
const Nodes = dynamic(() => import('./nodes/nodes').then((module) => module.Nodes), { loading: () => <SkeletonLines lines={8} /> });
const Failure = dynamic(() => import('./failure').then((module) => module.Failure));
const Sides = dynamic(() => import('./sides').then((module) => module.Sides), {
  loading: () => <Skeleton className="mb-5 h-40 rounded-card" />,
});
const History = dynamic(() => import('./history').then((module) => module.History), { loading: () => <SkeletonLines lines={8} /> });

const Versions = dynamic(() => import('./change/versions').then((module) => module.Versions), {
  loading: () => <SkeletonLines lines={3} />,
});

const ElasticGroups = dynamic(() => import('./elastic/elastic-groups').then((module) => module.ElasticGroups));

const tabs = ['overview', 'nodes', 'topology', 'history'] as const;

/** One deployment: how it is, what to do, and all that lies behind it. */
export function DeploymentPage({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(deploymentQueries.one(id));
  useTitle(query.data?.name);
  // all that the page shows at first is asked for at once, and shown at once
  const parts = useQueries({
    queries: [
      deploymentQueries.outputs(id),
      deploymentQueries.resources(id),
      deploymentQueries.nodes(id),
      deploymentQueries.access(id),
      deploymentQueries.events(id),
    ],
  });
  const settled = query.isError || parts.every((part) => !part.isPending);
  return (
    <Page wide>
      <BackLink href="/deployments">{t('nav.deployments')}</BackLink>
      {!query.data && <h1 className="sr-only">{t('deployment.page')}</h1>}
      <Loaded query={query} skeleton={<DeploymentSkeleton />}>
        {(view) => (settled ? <Deployment view={view} /> : <DeploymentSkeleton />)}
      </Loaded>
    </Page>
  );
}

function Deployment({ view }: { view: DeploymentView }) {
  const t = useT();
  const url = useUrlState();
  const stream = useLive(view.id, view.state === 'deleted');
  const tab = tabs.find((each) => each === url.get('tab')) ?? 'overview';
  const contents = {
    overview: <Overview view={view} />,
    nodes: <Nodes view={view} />,
    topology: <Topology id={view.id} />,
    history: (
      <div className="space-y-5">
        <Versions view={view} />
        <History id={view.id} />
      </div>
    ),
  };
  return (
    <>
      <DeploymentHeader view={view} stream={stream} />
      <ClockLine view={view} />
      <EndingCredentials view={view} />
      {isAmiss(view) && <Failure view={view} />}
      {view.sides.length > 1 && <Sides view={view} />}
      <Tabs
        label={t('deployment.parts')}
        value={tab}
        onChange={(next) => url.set({ tab: next === 'overview' ? null : next })}
        tabs={tabs.map((value) => ({ value, label: t(`deployment.${value}`), content: contents[value] }))}
      />
    </>
  );
}

/** Whether something of it went wrong that must be told. */
function isAmiss({ problem, nodes, state }: DeploymentView): boolean {
  return problem !== null || nodes.failed > 0 || state === 'failed' || state === 'degraded';
}

function Overview({ view }: { view: DeploymentView }) {
  // what it gives comes first once it gives something; until then, how far it is
  const usable = view.readyAt !== null && view.state !== 'failed';
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-5">
        {usable ? <Outputs view={view} /> : <Timeline view={view} />}
        {usable ? <Timeline view={view} /> : <Outputs view={view} />}
      </div>
      <aside className="min-w-0 space-y-5">
        {usable && <ElasticGroups view={view} />}
        <WaysIn view={view} />
        <Facts view={view} />
      </aside>
    </div>
  );
}

function DeploymentSkeleton() {
  return (
    <>
      <Skeleton className="h-8 w-72 max-w-full" />
      <Skeleton className="mt-3 mb-8 h-5 w-96 max-w-full" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96 rounded-card" />
        <Skeleton className="h-72 rounded-card" />
      </div>
    </>
  );
}
