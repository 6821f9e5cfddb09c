'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes, Waves } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Fixed, upTo } from '@/components/ui/fixed';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import type { ClusterView } from '@/lib/api/contract/clusters';
import { AddCluster } from './add-cluster';
import { ClusterCard } from './cluster-card';
import { Offered } from './offered';
import { PairsSection } from './pairs/pairs-section';
import { clusterQueries } from './queries';

/** The OSCAR clusters that one has, on both shores, and how each is now. */
export function ClustersPage() {
  const t = useT();
  const { state } = useViewer();
  const signedIn = state === 'signed-in';
  return (
    <Page wide>
      <PageTitle title={t('clusters.title')} note={t('clusters.note')} actions={signedIn && <Actions />} />
      {signedIn && <Mine />}
      {state === 'unknown' && <Waiting />}
      {state === 'signed-out' && <SignedOut />}
    </Page>
  );
}

function Actions() {
  const t = useT();
  return (
    <>
      <Link href="/testbed" className={buttonClass()}>
        <Waves aria-hidden />
        {t('nav.testbed')}
      </Link>
      <AddCluster />
    </>
  );
}

function Mine() {
  const query = useQuery(clusterQueries.mine());
  // what stands below moves when this is told
  const told = useQuery(clusterQueries.offered()).isFetched;
  return (
    <div className="space-y-6">
      <Loaded query={query} skeleton={<Waiting />}>
        {({ items }) => (items.length === 0 ? <None /> : <Cards items={items} />)}
      </Loaded>
      <Offered />
      {query.data && told && <PairsSection clusters={query.data.items.length} />}
    </div>
  );
}

function Waiting() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Fixed items={upTo(2)}>{() => <Skeleton className="h-52 rounded-card" />}</Fixed>
    </div>
  );
}

function Cards({ items }: { items: ClusterView[] }) {
  return (
    <ul className="grid gap-4 lg:grid-cols-2">
      {items.map((cluster) => (
        <ClusterCard key={cluster.id} cluster={cluster} />
      ))}
    </ul>
  );
}

function None() {
  const t = useT();
  return (
    <Card>
      <Empty
        icon={Boxes}
        title={t('clusters.none')}
        action={
          <Link href="/recipes/oscar" className={buttonClass()}>
            {t('clusters.deployOne')}
          </Link>
        }
      >
        {t('clusters.noneNote')}
      </Empty>
    </Card>
  );
}

function SignedOut() {
  const t = useT();
  return (
    <Card>
      <Empty
        icon={Boxes}
        title={t('clusters.signedOut')}
        action={
          <Link href="/signin?returnTo=%2Fclusters" className={buttonClass('primary')}>
            {t('signin.title')}
          </Link>
        }
      >
        {t('clusters.noneNote')}
      </Empty>
    </Card>
  );
}
