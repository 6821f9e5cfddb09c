'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarDays } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { LeaseHosts, LeaseHostView } from '@/lib/api/contract/lease-finder';
import { leaseQueries } from '../queries';
import { lengthText } from '../times';
import type { EditWish } from './finder';
import { hardwareQuery, type Wish } from './wish';

const shown = 8;

/** The hosts that are meant by what is looked for, with what is in them and whether they are free now. */
export function Hardware({ wish, edit }: { wish: Wish; edit: EditWish }) {
  const { t } = useLanguage();
  const query = useQuery({ ...leaseQueries.hosts({ ...hardwareQuery(wish), limit: shown }), enabled: wish.flavor === '' });
  // that none fits is said once all have told
  const told = query.data && (query.data.total > 0 || !query.data.sources.some(({ pending }) => pending)) ? query.data : undefined;
  if (wish.flavor !== '') return null;
  const calendar = new URLSearchParams(
    Object.entries({ view: 'calendar', q: wish.q, type: wish.nodeType, site: wish.site }).filter(([, value]) => value !== ''),
  );
  return (
    <Section
      id="hardware"
      title={told ? t('hardware.title', { count: told.total }) : t('hardware.looking')}
      note={t('hardware.note')}
      aside={
        <Link href={`/leases?${calendar}`} className={buttonClass('ghost')}>
          <CalendarDays aria-hidden />
          {t('hardware.calendar')}
        </Link>
      }
    >
      <Loaded query={query} skeleton={<SkeletonLines lines={5} className="p-5" />}>
        {(hosts) => <Kinds hosts={hosts} onChoose={(nodeType) => edit({ nodeType })} />}
      </Loaded>
    </Section>
  );
}

function Kinds({ hosts, onChoose }: { hosts: LeaseHosts; onChoose: (nodeType: string) => void }) {
  const { t } = useLanguage();
  const kinds = hosts.facets.nodeType ?? [];
  return (
    <>
      {kinds.length > 1 && (
        <ul className="flex flex-wrap gap-1.5 border-b border-line px-4 py-3 sm:px-5">
          {kinds.map(({ value, count }) => (
            <li key={value}>
              <button
                type="button"
                onClick={() => onChoose(value)}
                className="inline-flex min-h-7 items-center gap-1.5 rounded-md bg-sunken px-2 text-xs text-ink-2 hover:bg-hover hover:text-ink"
              >
                {value} <span className="text-ink-3 tabular-nums">{count}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul className="divide-y divide-line">
        {hosts.items.map((host) => (
          <HostLine
            key={`${host.site} ${host.uid}`}
            host={host}
            site={hosts.sources.find(({ site }) => site === host.site)?.siteName ?? host.site}
          />
        ))}
      </ul>
      {hosts.total > hosts.items.length && (
        <p className="border-t border-line px-4 py-3 text-xs text-ink-3 sm:px-5">
          {t('hardware.more', { count: hosts.total - hosts.items.length })}
        </p>
      )}
    </>
  );
}

function HostLine({ host, site }: { host: LeaseHostView; site: string }) {
  const { t, format } = useLanguage();
  const now = useNow();
  const parts = [
    host.gpu && `${host.gpu.model ?? 'GPU'} ×${host.gpu.count}`,
    host.cpu,
    host.threads !== null && t('hardware.threads', { count: host.threads }),
    host.memoryGiB !== null && `${format.number(host.memoryGiB)} GiB`,
    host.architecture,
    host.infiniband && 'InfiniBand',
  ].filter(Boolean);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5">
      <span className="min-w-0">
        <span className="font-medium text-ink">{host.name}</span>{' '}
        <span className="text-ink-2">
          {host.nodeType} · {site}
        </span>
        <span className="block text-xs text-ink-3">{parts.join(' · ')}</span>
      </span>
      <Standing host={host} now={now} />
    </li>
  );
}

/** Whether a host is free now, and for how long. */
function Standing({ host: { availability, until }, now }: { host: LeaseHostView; now: number }) {
  const { t } = useLanguage();
  const left = until === null ? null : lengthText(Date.parse(until) - now);
  switch (availability) {
    case 'free':
      return <Status tone="ok">{left === null ? t('hardware.freeOpen') : t('hardware.free', { length: left })}</Status>;
    case 'taken':
      return <Status tone="idle">{left === null ? t('hardware.taken') : t('hardware.takenFor', { length: left })}</Status>;
    case 'out-of-service':
      return <Status tone="bad">{t('hardware.out')}</Status>;
    default:
      return null;
  }
}
