'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { LeaseView } from '@/lib/api/contract/leases';
import { isOver } from '../states';

/** What a lease costs in the site’s unit: in all, an hour and a day; of one that is over, what it cost. */
export function Cost({ lease }: { lease: LeaseView }) {
  const { t, format } = useLanguage();
  const { cost } = lease;
  const over = isOver(lease);
  return (
    <Section id="lease-cost" title={t('leaseCost.title')}>
      {cost ? (
        <dl className="grid grid-cols-3 gap-3 p-4 text-sm sm:p-5">
          {(
            [
              [t(over ? 'leaseCost.was' : 'leaseCost.total'), cost.total],
              [t('leaseCost.hour'), cost.perHour],
              [t('leaseCost.day'), cost.perHour * 24],
            ] as const
          )
            // what is over costs nothing an hour any more
            .slice(0, over ? 1 : undefined)
            .map(([label, amount]) => (
              <div key={label}>
                <dt className="text-xs text-ink-3">{label}</dt>
                <dd className="font-medium text-ink tabular-nums">
                  {format.number(amount)} {cost.unit}
                </dd>
              </div>
            ))}
        </dl>
      ) : (
        <p className="p-4 text-sm text-ink-2 sm:p-5">{t('offers.noPrice')}</p>
      )}
    </Section>
  );
}
