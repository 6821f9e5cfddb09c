'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { SiteFactsView } from '@/lib/api/contract/sites';

/** What else is at a site: zones, volume types, hosts that leases can have, and how long it takes to answer. */
export function SiteExtras({ facts }: { facts: SiteFactsView }) {
  const { t, format } = useLanguage();
  const { availabilityZones, volumeTypes, leaseHosts, latencyMs } = facts;
  const rows = [
    [t('sites.zones'), availabilityZones.join(', ')],
    [t('sites.volumeTypes'), volumeTypes.join(', ')],
    [
      t('sites.leaseHosts'),
      leaseHosts && t('sites.hostsFree', { free: format.number(leaseHosts.free), total: format.number(leaseHosts.total) }),
    ],
    [t('sites.latency'), latencyMs !== undefined && `${format.number(latencyMs)} ms`],
  ] as const;
  return (
    <Section id="extras" title={t('sites.extras')}>
      <dl className="space-y-3 p-5 text-sm">
        {rows.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt className="text-xs text-ink-3">{label}</dt>
                <dd className="text-ink [overflow-wrap:anywhere] tabular-nums">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}
