'use client';

import { useLanguage } from '@/components/messages/provider';
import { ToneIcon } from '@/components/ui/tone';
import type { PlanView } from '@/lib/api/contract/deployments';

/** What stands against the plan, what is to be thought over after it; each leads to the field that mends it. */
export function PlanProblems({ problems, onField }: { problems: PlanView['problems']; onField: (field: string) => void }) {
  const { t, said } = useLanguage();
  if (problems.length === 0) return null;
  const inOrder = problems.toSorted((one, other) => Number(one.severity !== 'error') - Number(other.severity !== 'error'));
  return (
    <ul aria-label={t('plan.problems')} className="space-y-3 px-5 py-4">
      {inOrder.map((problem) => {
        const { field } = problem;
        return (
          <li key={`${problem.code} ${field} ${problem.detail}`} className="flex gap-2 text-sm">
            <ToneIcon tone={problem.severity === 'error' ? 'bad' : 'warn'} className="mt-0.5" />
            <div className="min-w-0 [overflow-wrap:anywhere]">
              <p className="font-medium text-ink">
                <span className="sr-only">{t(`plan.${problem.severity}`)}: </span>
                {said(problem.title)}
              </p>
              {problem.detail !== problem.title && <p className="text-xs text-ink-2">{said(problem.detail)}</p>}
              {problem.remedy && <p className="mt-0.5 text-xs text-ink-2">{said(problem.remedy)}</p>}
              {field && (
                <button
                  type="button"
                  onClick={() => onField(field)}
                  className="mt-0.5 min-h-6 text-xs font-medium text-accent hover:underline"
                >
                  {t('plan.toField')}
                </button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
