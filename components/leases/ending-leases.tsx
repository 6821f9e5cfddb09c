'use client';

import { useQuery } from '@tanstack/react-query';
import { useT } from '@/components/messages/provider';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { useNow } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import { leaseQueries } from './queries';
import { nearness } from './states';
import { lengthText } from './times';
import { useTimes } from './zone';

/** My leases that end soon, the soonest first: from two days before on, and louder as the end comes near. */
export function EndingLeases({ className }: { className?: string }) {
  const t = useT();
  const times = useTimes();
  const now = useNow();
  const items = useQuery(leaseQueries.mine()).data?.items ?? [];
  const ending = items
    .flatMap((lease) => {
      const near = nearness(lease, now);
      return near ? [{ lease, near, end: Date.parse(lease.end) }] : [];
    })
    .sort((a, b) => a.end - b.end);
  if (ending.length === 0) return null;
  return (
    <section aria-label={t('leases.ending', { count: ending.length })} className={className}>
      <div className="grid gap-3 md:grid-cols-2">
        {ending.slice(0, 4).map(({ lease, near, end }) => (
          <Notice
            key={lease.id}
            tone={near === 'minutes' ? 'bad' : 'warn'}
            title={t('leases.endsIn', { name: lease.name, time: lengthText(end - now) })}
            action={
              <Link href={`/leases/${lease.id}`} className={buttonClass('secondary', 'min-h-8')}>
                {t('leases.extendOrSave')}
              </Link>
            }
          >
            {t('leases.endsAt', { time: times.moment(end), utc: times.utcMoment(end) })}{' '}
            {lease.deployments.length > 0
              ? t('leases.endsWith', { names: lease.deployments.map(({ name }) => name).join(', ') })
              : t('leases.endsAlone')}
          </Notice>
        ))}
      </div>
    </section>
  );
}
