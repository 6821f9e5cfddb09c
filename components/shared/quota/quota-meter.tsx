'use client';

import { useLanguage } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import { Ago } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { QuotaBar, QuotaName } from './quota-bars';

const addsColour = { fits: 'bg-accent', tight: 'bg-warn', over: 'bg-bad', unknown: 'bg-line-strong' } as const;

/** One quota as a bar with its numbers in words: used, this adds, left; or that it is not known, or how old it is. */
export function QuotaMeter({ bar }: { bar: QuotaBar }) {
  const { t, format } = useLanguage();
  const amount = (value: number) => amountText(bar.name, value, format);
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  return (
    <li className="text-xs">
      <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-ink-2">{t(`quota.${bar.name}`)}</span>
        <span
          className={cn(
            'flex items-center gap-1 tabular-nums',
            bar.level === 'over' ? 'font-medium text-bad' : bar.level === 'fits' ? 'text-ink-2' : 'text-warn',
          )}
        >
          {bar.level !== 'fits' && <ToneIcon tone={bar.level === 'over' ? 'bad' : 'warn'} className="size-3.5" />}
          {bar.level === 'unknown'
            ? t('quota.unknown')
            : bar.left === null
              ? t('quota.noLimit')
              : bar.left < 0
                ? t('quota.over', { amount: amount(-bar.left) })
                : t('quota.left', { amount: amount(bar.left) })}
        </span>
      </p>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-hover">
        <span className="bg-line-strong" style={{ width: percent(bar.usedShare) }} />
        <span
          className={cn('min-w-0', addsColour[bar.level], bar.adds > 0 && bar.addsShare > 0 && 'min-w-1')}
          style={{ width: percent(bar.addsShare) }}
        />
      </div>
      <p className="mt-1 text-ink-3 tabular-nums">
        {bar.level === 'unknown'
          ? t('quota.notTold')
          : bar.limit === null
            ? t('quota.usedNoLimit', { used: amount(bar.used) })
            : t('quota.used', { used: amount(bar.used), limit: amount(bar.limit) })}
        {bar.adds > 0 && ` · ${t('quota.adds', { amount: amount(bar.adds) })}`}
        {bar.since && (
          <span className="block text-warn">
            {t('quota.since')} <Ago iso={bar.since} />
          </span>
        )}
      </p>
    </li>
  );
}

function amountText(name: QuotaName, value: number, format: ReturnType<typeof useLanguage>['format']): string {
  if (name === 'ramMiB') return format.memory(value);
  return name === 'volumeGiB' ? `${format.number(value)} GiB` : format.number(value);
}
