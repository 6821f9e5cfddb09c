'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { LeaseView } from '@/lib/api/contract/leases';

/** What a lease costs in the site's unit: in all, an hour and a day. */
export function Cost({ lease: { cost } }: { lease: LeaseView }) {
  const { t, format } = useLanguage();
  return (
    <Section id="lease-cost" title={t('leaseCost.title')}>
      {cost ? (
        <dl className="grid grid-cols-3 gap-3 p-4 text-sm sm:p-5">
          {(
            [
              [t('leaseCost.total'), cost.total],
              [t('leaseCost.hour'), cost.perHour],
              [t('leaseCost.day'), cost.perHour * 24],
            ] as const
          ).map(([label, amount]) => (
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
