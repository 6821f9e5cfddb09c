'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarDays, CalendarPlus } from 'lucide-react';
import { leaseQueries } from '@/components/leases/queries';
import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { SiteView } from '@/lib/api/contract/sites';

const mostKinds = 8;

/** What can be leased at a site: its kinds of hosts, and the ways to a time. */
export function SiteLeases({ site }: { site: SiteView }) {
  const { t, format } = useLanguage();
  const query = useQuery(leaseQueries.hosts({ site: site.id, limit: 1 }));
  const at = encodeURIComponent(site.id);
  return (
    <Section
      id="site-leases"
      title={t('siteLeases.title')}
      note={t('siteLeases.note')}
      aside={
        <span className="flex flex-wrap gap-2">
          <Link href={`/leases?view=calendar&site=${at}`} className={buttonClass('secondary', 'min-h-8')}>
            <CalendarDays aria-hidden />
            {t('leases.view.calendar')}
          </Link>
          <Link href={`/leases/new?site=${at}`} className={buttonClass('secondary', 'min-h-8')}>
            <CalendarPlus aria-hidden />
            {t('leases.new')}
          </Link>
        </span>
      }
    >
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ total, facets }) => {
          const kinds = facets.nodeType ?? [];
          return total === 0 ? (
            <p className="p-5 text-sm text-ink-2">{t('siteLeases.flavors')}</p>
          ) : (
            <ul className="grid gap-x-6 gap-y-2 p-5 text-sm sm:grid-cols-2">
              {kinds.slice(0, mostKinds).map(({ value, count }) => (
                <li key={value} className="flex items-baseline justify-between gap-3">
                  <Link href={`/leases?site=${at}&type=${encodeURIComponent(value)}`} className="truncate text-accent hover:underline">
                    {value}
                  </Link>
                  <span className="text-ink-2 tabular-nums">{format.number(count)}</span>
                </li>
              ))}
              {kinds.length > mostKinds && <li className="text-ink-3">{t('hardware.more', { count: kinds.length - mostKinds })}</li>}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}
