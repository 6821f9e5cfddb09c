'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarPlus, CalendarX2, LogIn } from 'lucide-react';
import { useLanguage, useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { ToneIcon } from '@/components/ui/tone';
import { type MyLeases as Leases, leaseQueries } from '../queries';
import { LeaseRow } from './lease-row';

/** My leases, and those of my projects; on request also those that are over. */
export function MyLeases({ signedIn }: { signedIn: boolean }) {
  const t = useT();
  const url = useUrlState();
  const past = url.get('past') !== '';
  const query = useQuery({ ...leaseQueries.mine(past), enabled: signedIn });
  if (!signedIn)
    return (
      <Card>
        <Empty
          icon={LogIn}
          title={t('myLeases.signIn')}
          action={
            <Link href={`/signin?returnTo=${encodeURIComponent('/leases?view=mine')}`} className={buttonClass('primary')}>
              {t('signin.action')}
            </Link>
          }
        >
          {t('myLeases.signInNote')}
        </Empty>
      </Card>
    );
  return (
    <>
      <div className="mb-4">
        <FilterChip on={past} onClick={() => url.set({ past: past ? null : '1' })}>
          {t('myLeases.past')}
        </FilterChip>
      </div>
      <Loaded query={query} skeleton={<SkeletonLines lines={8} />}>
        {(leases) => <List leases={leases} />}
      </Loaded>
    </>
  );
}

function List({ leases: { items, problems } }: { leases: Leases }) {
  const { t, said } = useLanguage();
  return (
    <Card className="overflow-hidden">
      {items.length > 0 ? (
        <table className="w-full table-fixed text-left text-sm">
          <caption className="sr-only">{t('leases.view.mine')}</caption>
          <thead>
            <tr className="h-10 border-b border-line text-xs text-ink-3 [&>th]:font-medium">
              <th scope="col" className="px-4 sm:px-5">
                {t('myLeases.name')}
              </th>
              <th scope="col" className="w-32 pr-4 sm:w-40">
                {t('myLeases.state')}
              </th>
              <th scope="col" className="hidden w-72 pr-4 md:table-cell">
                {t('myLeases.time')}
              </th>
              <th scope="col" className="hidden w-48 pr-4 lg:table-cell">
                {t('myLeases.what')}
              </th>
              <th scope="col" className="hidden w-48 pr-4 xl:table-cell">
                {t('nav.deployments')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((lease) => (
              <LeaseRow key={lease.id} lease={lease} />
            ))}
          </tbody>
        </table>
      ) : (
        <Empty
          icon={CalendarX2}
          title={t('myLeases.none')}
          action={
            <>
              <Link href="/leases" className={buttonClass('primary')}>
                {t('leases.view.find')}
              </Link>
              <Link href="/leases/new" className={buttonClass()}>
                <CalendarPlus aria-hidden />
                {t('leases.new')}
              </Link>
            </>
          }
        >
          {t('myLeases.noneNote')}
        </Empty>
      )}
      {problems.length > 0 && (
        <ul className="space-y-1.5 border-t border-line px-4 py-3 text-xs text-ink-2 sm:px-5">
          {problems.map(({ site, problem }) => (
            <li key={site} className="flex gap-2">
              <ToneIcon tone="warn" className="mt-px size-3.5" />
              {t('myLeases.siteSilent', { site, reason: said(problem.detail) })}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
