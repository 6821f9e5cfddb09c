'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { leaseQueries } from '@/components/leases/queries';
import { isOver, toneOfLease } from '@/components/leases/states';
import { useTimes } from '@/components/leases/zone';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/tone';

const shown = 4;

/** My leases that run or are to come, and the way to one; only where a site has leases and is open to me. */
export function HomeLeases() {
  const t = useT();
  const times = useTimes();
  const items = useQuery(leaseQueries.mine()).data?.items.filter((lease) => !isOver(lease)) ?? [];
  const sites = useQuery(queries.sites()).data?.items ?? [];
  if (items.length === 0 && !sites.some(({ features, access }) => features.leases && access === 'ready')) return null;
  return (
    <Section
      id="home-leases"
      title={t('leases.mineHome')}
      aside={
        <Link href="/leases?view=mine" className="inline-flex min-h-6 items-center text-xs font-medium text-accent hover:underline">
          {t('leases.all')}
        </Link>
      }
    >
      {items.length > 0 && (
        <ul className="divide-y divide-line">
          {items.slice(0, shown).map((lease) => (
            <li key={lease.id} className="flex items-center justify-between gap-3 px-5 py-3 text-sm">
              <span className="min-w-0">
                <Link href={`/leases/${lease.id}`} className="block truncate font-medium text-ink hover:text-accent hover:underline">
                  {lease.name}
                </Link>
                <span className="block truncate text-xs text-ink-3">
                  {lease.siteName} · {times.moment(Date.parse(lease.start))}
                </span>
              </span>
              <Status tone={toneOfLease(lease.status)}>{t(`leaseStatus.${lease.status}`)}</Status>
            </li>
          ))}
        </ul>
      )}
      <div className="border-t border-line px-5 py-3 first:border-0">
        <Link href="/leases" className={buttonClass('secondary', 'w-full')}>
          <CalendarPlus aria-hidden />
          {t('leases.reserve')}
        </Link>
      </div>
    </Section>
  );
}
