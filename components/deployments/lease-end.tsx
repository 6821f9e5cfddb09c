'use client';

import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { leaseQueries } from '@/components/leases/queries';
import { standingOf, standingWords } from '@/components/leases/states';
import { useTimes } from '@/components/leases/zone';
import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { useNow } from '@/components/ui/time';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import { HOUR } from '@/lib/leases/time/units';

interface LeaseEndProps {
  deployment: Pick<DeploymentSummary, 'id' | 'state' | 'leaseEndsAt'>;
  /** leads to the lease */
  linked?: boolean;
  className?: string;
}

const soon = 2 * HOUR;

/** When the lease ends on which something stands, and how long that is; at the end the site deletes it. */
export function LeaseEnd({ deployment, linked = false, className }: LeaseEndProps) {
  const t = useT();
  const times = useTimes();
  const now = useNow();
  const ends = deployment.state === 'deleted' ? null : deployment.leaseEndsAt;
  const leases = useQuery({ ...leaseQueries.mine(), enabled: linked && ends !== null }).data?.items ?? [];
  if (ends === null) return null;
  const end = Date.parse(ends);
  const lease = leases.find(({ deployments }) => deployments.some(({ id }) => id === deployment.id));
  const standing = standingOf(lease ?? { status: 'ACTIVE', start: ends, end: ends }, now);
  const said = (
    <>
      {t('leases.endsOn', { time: times.moment(end) })}
      {standing.is === 'left' && ` · ${standingWords(t, standing)}`}
    </>
  );
  return (
    <span
      title={times.utcMoment(end)}
      className={cn(
        'inline-flex max-w-full items-start gap-1.5 text-xs',
        end - now < soon ? 'font-medium text-warn' : 'text-ink-2',
        className,
      )}
    >
      <Hourglass aria-hidden className="mt-px size-3.5 shrink-0" />
      {lease && linked ? (
        <Link href={`/leases/${lease.id}`} className="min-w-0 underline underline-offset-2 hover:text-accent">
          {said}
        </Link>
      ) : (
        <span className={cn('min-w-0', !linked && 'truncate')}>{said}</span>
      )}
    </span>
  );
}
