'use client';

import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useT } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';

const LeaseForm = dynamic(() => import('./form/lease-form').then((module) => module.LeaseForm), {
  ssr: false,
  loading: () => <Skeleton className="h-128 rounded-card" />,
});

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
