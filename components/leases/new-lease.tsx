'use client';

import { useT } from '@/components/messages/provider';
import { BackLink } from '@/components/ui/back-link';
import { later } from '@/components/ui/later';
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
      <BackLink href="/leases">{t('leases.title')}</BackLink>
      <PageTitle title={t('leaseForm.title')} note={t('leaseForm.note')} />
      <LeaseForm />
    </Page>
  );
}
