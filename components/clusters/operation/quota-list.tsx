'use client';

import { useLanguage } from '@/components/messages/provider';
import type { QuotaView } from '@/lib/api/contract/operation';

const MIB = 1024 * 1024;
/** In which unit a quota counts. */
const units = { cpu: 'cores', memory: 'bytes', scratch: 'bytes', disk: 'bytes', gpu: 'count', volumes: 'count', buckets: 'count' } as const;

/** What somebody may use of a cluster, and uses. */
export function QuotaList({ quotas }: { quotas: QuotaView[] }) {
  const { t, format } = useLanguage();
  const amount = (what: keyof typeof units, value: number) => {
    if (units[what] === 'cores') return t('clusters.cores', { number: format.number(value / 1000) });
    return units[what] === 'bytes' ? format.memory(value / MIB) : format.number(value);
  };
  return (
    <ul>
      {quotas.map(({ what, used, most }) => (
        <li key={what} className="flex flex-wrap justify-between gap-x-3">
          <span>{t(`clusters.quota.${what}`)}</span>
          <span className={`tabular-nums ${most !== null && used >= most ? 'font-medium text-warn' : ''}`}>
            {most === null
              ? t('clusters.quotaFree', { used: amount(what, used) })
              : t('clusters.quotaOf', { used: amount(what, used), most: amount(what, most) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
