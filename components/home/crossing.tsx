'use client';

import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { ShoresMap } from '@/components/testbed/shores-map';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ToneIcon } from '@/components/ui/tone';
import { crossingAt, type ReplayStep, replaySteps, STEP_MS, stepAfter } from './replay';

const side = (id: 'eu' | 'us') => ({ id, name: id, region: id, dialect: null });
const pairs = [{ id: 'replay', name: 'fish', origin: side('eu'), worker: side('us') }];

/** The crossing of a job, as the page of both shores draws it, over and over; all of it stands beside it in words. Where less motion is wished it stands still. */
export function Crossing() {
  const t = useT();
  const [step, setStep] = useState<ReplayStep>('waits');
  const [plays, setPlays] = useState(false);
  useEffect(() => setPlays(!window.matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setStep(stepAfter), STEP_MS);
    return () => clearInterval(timer);
  }, [plays]);
  const clusters = (['us', 'eu'] as const).map((region) => ({ id: region, name: t(`region.${region}`), region, site: null }));
  const at = replaySteps.indexOf(step);
  return (
    <section aria-labelledby="crossing">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="crossing" className="text-xl font-semibold tracking-tight">
          {t('landing.crossing')}
        </h2>
        <Button onClick={() => setPlays(!plays)}>
          {plays ? <Pause aria-hidden /> : <Play aria-hidden />}
          {t(plays ? 'landing.crossingPause' : 'landing.crossingPlay')}
        </Button>
      </div>
      <div className="overflow-hidden rounded-card border border-line bg-surface shadow-card lg:grid lg:grid-cols-[1fr_20rem]">
        <ShoresMap clusters={clusters} pairs={pairs} sites={[]} crossings={crossingAt(step)} still={!plays} />
        <ol className="space-y-1 border-line p-4 max-lg:border-t sm:p-5 lg:border-l">
          {replaySteps.map((each, index) => (
            <li key={each} className="flex gap-3 py-1 text-sm" aria-current={index === at ? 'step' : undefined}>
              <ToneIcon
                tone={index < at || step === 'both' ? 'ok' : index === at ? 'busy' : 'waiting'}
                className="mt-0.5 motion-reduce:animate-none"
              />
              <span className={cn(index === at ? 'font-medium text-ink' : 'text-ink-2')}>{t(`landing.crossing.${each}`)}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
