'use client';

import { useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { later } from '@/components/ui/later';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useLiveLease } from './use-live-lease';

const Lease = later(
  () => import('./lease').then((module) => module.Lease),
  () => <LeaseSkeleton />,
);

/** One lease: how long it still lasts, what stands on it, and all that can be done with it. */
export function LeasePage({ id }: { id: string }) {
  const t = useT();
  const query = useLiveLease(id);
  return (
    <Page wide>
      <BackLink href="/leases?view=mine">{t('leases.title')}</BackLink>
      {!query.data && <h1 className="sr-only">{t('lease.page')}</h1>}
      <Loaded query={query} skeleton={<LeaseSkeleton />}>
        {(lease) => <Lease lease={lease} />}
      </Loaded>
    </Page>
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
