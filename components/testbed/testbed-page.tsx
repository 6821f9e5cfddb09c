'use client';

import { useQuery } from '@tanstack/react-query';
import { Waves } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { ClusterCard } from '@/components/clusters/cluster-card';
import { pairQueries } from '@/components/clusters/pairs/queries';
import { clusterQueries } from '@/components/clusters/queries';
import { useT } from '@/components/messages/provider';
import { useViewer } from '@/components/shared/use-viewer';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import type { ClusterView } from '@/lib/api/contract/clusters';
import { crossingsNow, type JobCrossing, jobName } from './crossings';
import { DemoButton } from './demo/demo-button';
import { Ledger } from './ledger';
import { PairsNow } from './pair-now';
import { allJobs, testbedQueries } from './queries';
import { Rules } from './rules';
import { ShoresMap } from './shores-map';

/** Both shores side by side: what is free there, what stands on both, and each job that crosses while it does. */
export function TestbedPage() {
  const t = useT();
  const { state } = useViewer();
  return (
    <Page wide>
      <PageTitle title={t('testbed.title')} note={t('testbed.note')} actions={state === 'signed-in' && <DemoButton />} />
      {state === 'signed-in' && <Mine />}
      {state === 'unknown' && <Skeleton className="h-96 rounded-card" />}
      {state === 'signed-out' && (
        <Card>
          <Empty
            icon={Waves}
            title={t('testbed.signedOut')}
            action={
              <Link href="/signin?returnTo=%2Ftestbed" className={buttonClass('primary')}>
                {t('signin.title')}
              </Link>
            }
          >
            {t('testbed.noneNote')}
          </Empty>
        </Card>
      )}
    </Page>
  );
}

function Mine() {
  const query = useQuery(clusterQueries.mine());
  return (
    <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
      {({ items }) => (items.length === 0 ? <None /> : <Both clusters={items} />)}
    </Loaded>
  );
}

function None() {
  const t = useT();
  return (
    <Card>
      <Empty
        icon={Waves}
        title={t('testbed.none')}
        action={
          <Link href="/clusters" className={buttonClass('primary')}>
            {t('nav.clusters')}
          </Link>
        }
      >
        {t('testbed.noneNote')}
      </Empty>
    </Card>
  );
}

function Both({ clusters }: { clusters: ClusterView[] }) {
  const now = useNow(1);
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const pairs = useQuery(pairQueries.mine()).data?.items ?? [];
  const jobs = useQuery(testbedQueries.jobs(allJobs)).data?.items ?? [];
  const crossings = crossingsNow(jobs, pairs, now);
  return (
    <div className="space-y-6">
      <Card className="overflow-hidden">
        <ShoresMap clusters={clusters} pairs={pairs} sites={sites} crossings={crossings} />
        <CrossingNow crossings={crossings} />
      </Card>
      <Shores clusters={clusters} />
      <PairsNow pairs={pairs} />
      <Ledger pairs={pairs} />
      <Rules clusters={clusters} />
    </div>
  );
}

/** What the map shows, in words. */
function CrossingNow({ crossings }: { crossings: JobCrossing[] }) {
  const t = useT();
  return (
    <div className="border-t border-line px-4 py-3 text-sm text-ink-2 sm:px-5" role="status">
      {crossings.length === 0 ? (
        <p>{t('testbed.nothingCrosses')}</p>
      ) : (
        <ul className="space-y-1">
          {crossings.slice(0, 5).map(({ id, phase, job }) => (
            <li key={id} className="[overflow-wrap:anywhere]">
              <span className="font-medium text-ink">{jobName(job)}</span> {t(`testbed.phase.${phase}`)}{' '}
              {job.why && t(`testbed.why.${job.why}`)}
            </li>
          ))}
          {crossings.length > 5 && <li>{t('testbed.moreCross', { count: crossings.length - 5 })}</li>}
        </ul>
      )}
    </div>
  );
}

const order = ['us', 'eu', 'other'] as const;

/** The clusters by their shores, as on the map: America at the left, Europe at the right. */
function Shores({ clusters }: { clusters: ClusterView[] }) {
  const t = useT();
  const shores = order.flatMap((region) => {
    const here = clusters.filter((cluster) => cluster.region === region);
    return here.length > 0 ? [{ region, here }] : [];
  });
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {shores.map(({ region, here }) => (
        <section key={region} aria-labelledby={`shore-${region}`} className="space-y-3">
          <h2 id={`shore-${region}`} className="text-sm font-semibold text-ink">
            {t(`region.${region}`)}
          </h2>
          <ul className="space-y-4">
            {here.map((cluster) => (
              <ClusterCard key={cluster.id} cluster={cluster} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
