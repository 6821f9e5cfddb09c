'use client';

import { useT } from '@/components/messages/provider';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { useNow } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { LeaseSummary } from '@/lib/api/contract/leases';
import { SpanText, spanOf } from '../span-text';
import { hostsOf, isOver, standingOf, standingWords, toneOfLease } from '../states';
import { whatWords } from '../what';

/** One lease of the list; small screens fold its further columns under its name. */
export function LeaseRow({ lease }: { lease: LeaseSummary }) {
  const t = useT();
  const now = useNow();
  const span = spanOf(lease);
  const standing = standingOf(lease, now);
  const hosts = hostsOf(lease);
  return (
    <tr className="border-b border-line align-top last:border-0 hover:bg-hover/60">
      <td className="px-4 py-3 sm:px-5">
        <Link href={`/leases/${lease.id}`} className="block truncate font-medium text-ink hover:text-accent hover:underline">
          {lease.name}
        </Link>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
          {lease.siteName}
          {!lease.takenOver && <Tag>{t('myLeases.elsewhere')}</Tag>}
          {hosts && !isOver(lease) && <Tag className={hosts === 'missing' ? 'text-bad' : 'text-warn'}>{t(`myLeases.${hosts}`)}</Tag>}
        </span>
        <span className="mt-1 block text-xs md:hidden">
          <SpanText span={span} />
        </span>
      </td>
      <td className="py-3 pr-4">
        <Status tone={toneOfLease(lease.status)}>{t(`leaseStatus.${lease.status}`)}</Status>
        <span className="mt-0.5 block text-xs text-ink-2">{standing.is === 'broken' ? null : standingWords(t, standing)}</span>
      </td>
      <td className="hidden py-3 pr-4 md:table-cell">
        <SpanText span={span} />
      </td>
      <td className="hidden py-3 pr-4 text-ink-2 lg:table-cell">{whatWords(t, lease.reservations).join(', ')}</td>
      <td className="hidden py-3 pr-4 xl:table-cell">
        {lease.deployments.map(({ id, name }) => (
          <Link key={id} href={`/deployments/${id}`} className="block truncate text-accent hover:underline">
            {name}
          </Link>
        ))}
      </td>
    </tr>
  );
}
