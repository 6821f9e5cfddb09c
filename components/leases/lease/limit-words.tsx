'use client';

import { useT } from '@/components/messages/provider';
import type { LeaseView } from '@/lib/api/contract/leases';
import { useTimes } from '../zone';

/** Until when a lease can be extended, now and once its window is open, and by which rule no further. */
export function LimitWords({ lease }: { lease: LeaseView }) {
  const t = useT();
  const times = useTimes();
  const { extendableUntil: now, extendableLater: later, extensionOpensAt: opens, extensionCertain: certain } = lease;
  const words = ({ rule, host, vlan }: NonNullable<LeaseView['extendableUntil']>) =>
    t(`leaseLimit.${rule}`, { host: host ?? (vlan === undefined ? t('leaseLimit.someHost') : t('leaseLimit.vlan', { vlan })) });
  return (
    <div className="space-y-1.5">
      {now === null ? (
        <p className="text-ink">{t('leaseLimit.none')}</p>
      ) : (
        <p className="text-ink">
          {Date.parse(now.at) > Date.parse(lease.end)
            ? t('leaseLimit.until', { time: times.moment(Date.parse(now.at)) })
            : t('leaseLimit.notNow')}
          <span className="block text-xs text-ink-2">{words(now)}</span>
        </p>
      )}
      {opens !== null && (
        <p className="text-xs text-ink-2">
          {later === null
            ? t('leaseLimit.laterOpen', { time: times.moment(Date.parse(opens)) })
            : Date.parse(later.at) <= Date.parse(lease.end)
              ? `${t('leaseLimit.laterNot', { time: times.moment(Date.parse(opens)) })} ${words(later)}`
              : t('leaseLimit.later', { time: times.moment(Date.parse(opens)), until: times.moment(Date.parse(later.at)) })}
        </p>
      )}
      {!certain && <p className="text-xs text-ink-3">{t('leaseLimit.uncertain')}</p>}
    </div>
  );
}
