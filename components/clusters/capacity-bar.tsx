'use client';

import { useLanguage } from '@/components/messages/provider';

const MIB = 1024 * 1024;

/** What of a cluster or a machine is in use, as a bar with its numbers in words. */
export function CapacityBar({ what, total, free }: { what: 'cpu' | 'memory'; total: number; free: number }) {
  const { t, format } = useLanguage();
  const amount = (value: number) =>
    what === 'cpu' ? t('clusters.cores', { number: format.number(value / 1000) }) : format.memory(value / MIB);
  const used = Math.max(0, total - free);
  const share = total > 0 ? Math.min(1, used / total) : 0;
  return (
    <div className="text-xs">
      <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3 text-ink-2">
        <span>{t(`clusters.${what}`)}</span>
        <span className="tabular-nums">{t('clusters.freeOf', { free: amount(Math.max(0, free)), total: amount(total) })}</span>
      </p>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-hover">
        <span
          className={`block h-full rounded-full ${share > 0.9 ? 'bg-warn' : 'bg-accent'}`}
          style={{ width: `${(share * 100).toFixed(1)}%` }}
        />
      </div>
    </div>
  );
}
