'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useLanguage } from '@/components/messages/provider';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Status, type Tone } from '@/components/ui/tone';
import type { PlacementView } from '@/lib/api/contract/ledger';
import { testbedQueries } from './queries';

const tones: Record<PlacementView['runs'], Tone> = { origin: 'ok', worker: 'busy', waits: 'waiting', nowhere: 'bad' };

/** Where a job of a pair would run if it came now, and why. */
export function WhereNow({ pair }: { pair: string }) {
  const { t, format } = useLanguage();
  const query = useQuery(testbedQueries.placement(pair));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={2} />}>
      {({ runs, why, cluster, withinSeconds, needs }) => (
        <div className="space-y-1 text-sm" aria-live="polite">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink">
            {t('testbed.now')} <ArrowRight aria-hidden className="size-4 text-ink-3" />
            <Status tone={tones[runs]}>{t(`testbed.runs.${runs}`, { cluster: cluster?.name ?? '' })}</Status>
          </p>
          <p className="text-ink-2">
            {t(`testbed.because.${why}`)}
            {withinSeconds !== null && ` ${t('testbed.within', { time: format.duration(withinSeconds) })}`}
          </p>
          <p className="text-xs text-ink-3">
            {t('testbed.needs', {
              cores: t('clusters.cores', { number: format.number(needs.milliCores / 1000) }),
              memory: format.memory(needs.memoryBytes / 1024 ** 2),
            })}
          </p>
        </div>
      )}
    </Loaded>
  );
}
