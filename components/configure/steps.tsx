'use client';

import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

export const steps = ['inputs', 'placement', 'review'] as const;
export type Step = (typeof steps)[number];

/** The step that the page's address names; the first where it names none. */
export function stepOf(text: string): Step {
  return steps.find((step) => step === text) ?? 'inputs';
}

/** Where one is on the way, and a way to each step: none is locked. */
export function StepList({ step, faults, onGo }: { step: Step; faults: number; onGo: (step: Step) => void }) {
  const t = useT();
  const at = steps.indexOf(step);
  return (
    <ol className="mb-6 flex overflow-hidden rounded-card border border-line bg-surface text-sm shadow-card">
      {steps.map((each, index) => {
        const done = index < at && !(each === 'inputs' && faults > 0);
        return (
          <li key={each} className="flex-1 border-r border-line last:border-0">
            <button
              type="button"
              aria-current={each === step ? 'step' : undefined}
              onClick={() => onGo(each)}
              className={cn(
                'flex h-full min-h-12 w-full items-center gap-2.5 px-3 py-2 text-left -outline-offset-2 hover:bg-hover sm:px-5',
                each === step && 'bg-accent-soft hover:bg-accent-soft',
              )}
            >
              <span
                className={cn(
                  'hidden size-6 shrink-0 place-items-center rounded-full text-xs font-semibold sm:grid',
                  each === step ? 'bg-accent text-accent-ink' : done ? 'bg-ok-soft text-ok' : 'bg-sunken text-ink-2',
                )}
              >
                {done ? <Check aria-hidden className="size-3.5" /> : index + 1}
              </span>
              <span className={cn('min-w-0', each === step ? 'font-medium text-ink' : 'text-ink-2')}>{t(`configure.${each}`)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** Back and on. */
export function StepFoot({ step, onGo, onDiscard }: { step: Step; onGo: (step: Step) => void; onDiscard: () => void }) {
  const t = useT();
  const at = steps.indexOf(step);
  const before = steps[at - 1];
  const after = steps[at + 1];
  return (
    <div className="mt-5 flex flex-wrap items-center gap-2">
      {before && (
        <Button onClick={() => onGo(before)}>
          <ArrowLeft aria-hidden />
          {t(`configure.${before}`)}
        </Button>
      )}
      {after && (
        <Button look="primary" onClick={() => onGo(after)}>
          {t('configure.next', { step: t(`configure.${after}`) })}
          <ArrowRight aria-hidden />
        </Button>
      )}
      <Button look="ghost" className="ml-auto" onClick={onDiscard}>
        {t('configure.discard')}
      </Button>
    </div>
  );
}
