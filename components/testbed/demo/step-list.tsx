'use client';

import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import { ToneIcon } from '@/components/ui/tone';
import { type DemoStep, demoSteps } from './steps';

/** The steps of the tour: done, under way, still to come. @param busy something goes on at the one that is under way */
export function StepList({ step, busy }: { step: DemoStep | null; busy: boolean }) {
  const t = useT();
  const at = step === null ? demoSteps.length : demoSteps.indexOf(step);
  return (
    <ol className="space-y-1 p-4 sm:p-5">
      {demoSteps.map((each, index) => (
        <li key={each} className="flex gap-3 py-1 text-sm" aria-current={index === at ? 'step' : undefined}>
          <ToneIcon tone={index < at ? 'ok' : index === at && busy ? 'busy' : 'waiting'} className="mt-0.5" />
          <div className="min-w-0">
            <p className={cn('font-medium', index > at ? 'text-ink-2' : 'text-ink')}>
              {t(`demo.step.${each}`)}
              {index < at && <span className="sr-only"> ({t('tone.ok')})</span>}
            </p>
            {index === at && <p className="text-ink-2">{t(`demo.about.${each}`)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
