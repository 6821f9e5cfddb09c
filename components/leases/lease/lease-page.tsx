'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import { ProblemCard } from '@/components/ui/problem';
import { Skeleton } from '@/components/ui/skeleton';
import { Notice } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { leaseQueries } from '../queries';
import { isOver } from '../states';
import { Access } from './access';
import { Cost } from './cost';
import { Deployments } from './deployments';
import { ExportAs } from './export-as';
import { LeaseHeader } from './header';
import { History } from './history';
import { Nodes } from './nodes';
import { TimeBar } from './time-bar';
import { TimeSection } from './time-section';
import { useLiveLease } from './use-live-lease';

/** One lease: how long it still lasts, what stands on it, and all that can be done with it. */
export function LeasePage({ id }: { id: string }) {
  const t = useT();
  const query = useQuery(leaseQueries.one(id));
  useLiveLease(id, query.data?.status);
  return (
    <Page wide>
      <Link href="/leases?view=mine" className="mb-4 inline-flex min-h-6 items-center gap-1.5 text-sm text-ink-2 hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" />
        {t('leases.title')}
      </Link>
      {!query.data && <h1 className="sr-only">{t('lease.page')}</h1>}
      <Loaded query={query} skeleton={<LeaseSkeleton />}>
        {(lease) => <Lease lease={lease} />}
      </Loaded>
    </Page>
  );
}

function Lease({ lease }: { lease: LeaseView }) {
  const t = useT();
  return (
    <>
      <LeaseHeader lease={lease} />
      <div className="mb-5 space-y-3 empty:hidden">
        {lease.problem && <ProblemCard problem={lease.problem} />}
        {lease.unheard && (
          <Notice tone="warn" title={t('lease.unheard')}>
            {lease.unheard.detail}
          </Notice>
        )}
        {lease.health.map(({ what, severity, detail, remedy }) => (
          <Notice key={`${what} ${detail}`} tone={severity === 'error' ? 'bad' : severity === 'warning' ? 'warn' : 'idle'} title={detail}>
            {remedy}
          </Notice>
        ))}
        {!lease.takenOver && !isOver(lease) && (
          <Notice tone="idle" title={t('lease.elsewhere')}>
            {t('lease.elsewhereNote')}
          </Notice>
        )}
      </div>
      <Card className="mb-5 p-4 sm:p-5">
        <TimeBar lease={lease} />
      </Card>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="min-w-0 space-y-5">
          <Nodes lease={lease} />
          <Deployments lease={lease} />
          <Access lease={lease} />
          <History lease={lease} />
        </div>
        <div className="min-w-0 space-y-5">
          {!isOver(lease) && <TimeSection lease={lease} />}
          <Cost lease={lease} />
          <ExportAs lease={lease} />
        </div>
      </div>
    </>
  );
}

function LeaseSkeleton() {
  return (
    <>
      <Skeleton className="h-8 w-72 max-w-full" />
      <Skeleton className="mt-3 mb-6 h-5 w-96 max-w-full" />
      <Skeleton className="mb-5 h-32 rounded-card" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_23rem]">
        <Skeleton className="h-80 rounded-card" />
        <Skeleton className="h-96 rounded-card" />
      </div>
    </>
  );
}
