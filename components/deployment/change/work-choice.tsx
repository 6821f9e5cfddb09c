'use client';

import { useT } from '@/components/messages/provider';
import type { ChangeDraft } from './change-draft';

interface WorkChoiceProps {
  jobs: ChangeDraft['jobs'];
  onChange: (jobs: ChangeDraft['jobs']) => void;
}

/** What becomes of the work on nodes that take no more of it. */
export function WorkChoice({ jobs, onChange }: WorkChoiceProps) {
  const t = useT();
  return (
    <fieldset>
      <legend className="text-sm font-medium text-ink">{t('change.work')}</legend>
      <div className="mt-1.5 space-y-1.5">
        {(['finish', 'requeue'] as const).map((way) => (
          <label key={way} className="flex min-h-6 items-center gap-2 text-sm text-ink">
            <input type="radio" name="jobs" className="size-4 accent-accent" checked={jobs === way} onChange={() => onChange(way)} />
            {t(`change.work.${way}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
