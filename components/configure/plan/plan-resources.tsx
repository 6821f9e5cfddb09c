'use client';

import { useLanguage } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import type { PlanView } from '@/lib/api/contract/deployments';

/** Every resource that the plan would make, by kind. */
export function PlanResources({ view }: { view: PlanView }) {
  const { t, said } = useLanguage();
  const kinds = [...new Set(view.resources.map((resource) => resource.kind))];
  return (
    <details className="text-sm">
      <summary className="flex min-h-11 items-center px-5 font-medium text-ink">
        {t('plan.resources', { count: view.resources.length })}
      </summary>
      <div className="max-h-96 space-y-3 overflow-y-auto px-5 pb-4">
        {kinds.map((kind) => {
          const resources = view.resources.filter((resource) => resource.kind === kind);
          return (
            <div key={kind}>
              <p className="text-xs font-medium text-ink-3">
                {kindLabel(t, kind)} · {resources.length}
              </p>
              <ul className="mt-1 space-y-1 text-xs text-ink-2">
                {resources.map((resource) => (
                  <li key={resource.key} className="[overflow-wrap:anywhere]">
                    <code className="font-mono text-ink">{resource.key}</code> {said(resource.summary)}
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </details>
  );
}
