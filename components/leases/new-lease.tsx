'use client';

import { ArrowLeft } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { later } from '@/components/ui/later';
import { Link } from '@/components/ui/link';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';

const LeaseForm = later(
  () => import('./form/lease-form').then((module) => module.LeaseForm),
  () => <Skeleton className="h-128 rounded-card" />,
);

/** The page on which a lease is asked for. */
export function NewLease() {
  const t = useT();
  return (
    <Page wide>
      <Link href="/leases" className="mb-4 inline-flex min-h-6 items-center gap-1.5 text-sm text-ink-2 hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" />
        {t('leases.title')}
      </Link>
      <PageTitle title={t('leaseForm.title')} note={t('leaseForm.note')} />
      <LeaseForm />
    </Page>
  );
}
