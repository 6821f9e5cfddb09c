'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { isMoving, standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import { LeaseEnd } from './lease-end-later';
import { Progress } from './progress';

interface DeploymentRowProps {
  row: DeploymentSummary;
  /** place in the whole list, from 0 */
  index: number;
  /** pixels */
  height: number;
  selected: boolean;
  onSelect: () => void;
}

/** One deployment of the list; small screens fold its further columns under its name. */
export function DeploymentRow({ row, index, height, selected, onSelect }: DeploymentRowProps) {
  const { t, said } = useLanguage();
  const known = useQuery(queries.sites()).data?.items;
  const sites = row.sites.map((id) => known?.find((site) => site.id === id)?.name ?? id).join(', ');
  const gone = row.state === 'deleted' || row.state === 'deleting';
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ height }}
      className={cn('border-b border-line last:border-0 hover:bg-hover/60', selected && 'bg-accent-soft/60')}
    >
      <td className="pl-4 sm:pl-5">
        <input
          type="checkbox"
          aria-label={t('deployments.select', { name: row.name })}
          checked={selected}
          disabled={gone}
          onChange={onSelect}
          className="block size-4 accent-(--accent)"
        />
      </td>
      <td className="pr-4">
        <Link href={`/deployments/${row.id}`} className="block truncate font-medium text-ink hover:text-accent hover:underline">
          {row.name}
        </Link>
        <span className="block truncate text-xs text-ink-3">
          {said(row.recipeName)}
          <span className="md:hidden">
            {' · '}
            {sites}
          </span>
        </span>
        {row.idleSince && row.leaseEndsAt === null && (
          <span className="block truncate text-xs text-warn">
            {t('idle.last')} <Ago iso={row.idleSince} />
          </span>
        )}
        <LeaseEnd deployment={row} className="max-w-full" />
      </td>
      <td className="pr-4">
        <Status tone={toneOfStanding(row)}>{t(`state.${standingOf(row)}`)}</Status>
        {isMoving(row.state) && (
          <span className="mt-1.5 block max-w-28">
            <Progress done={row.progress.done} total={row.progress.total} label={t('deployment.progress')} />
          </span>
        )}
      </td>
      <td className="hidden truncate pr-4 text-ink-2 md:table-cell">{sites}</td>
      <td className="hidden pr-4 text-ink-2 tabular-nums lg:table-cell">
        {row.nodes.ready}/{row.nodes.total}
        {row.nodes.failed > 0 && (
          <span className="block text-xs text-bad">{t('deployments.failedNodes', { count: row.nodes.failed })}</span>
        )}
      </td>
      <td className="hidden pr-4 text-ink-3 md:table-cell">
        <Ago iso={row.createdAt} />
      </td>
    </tr>
  );
}
