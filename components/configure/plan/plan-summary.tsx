'use client';

import { useLanguage } from '@/components/messages/provider';
import type { PlanView } from '@/lib/api/contract/deployments';
import type { LivePlan } from '../use-plan';
import { PlanProblems } from './plan-problems';
import { PlanResources } from './plan-resources';
import { SiteQuota } from './site-quota';

/** What a plan makes, in figures; what stands against it; what it leaves of each site's quota; and all that it makes. */
export function PlanSummary({ view, plan, onField }: { view: PlanView; plan: LivePlan; onField: (field: string) => void }) {
  const { t, format } = useLanguage();
  const { totals } = view;
  const figures = [
    [t('plan.nodes'), format.number(totals.nodes)],
    [t('quota.cores'), format.number(totals.vcpus)],
    [t('quota.ramMiB'), format.memory(totals.ramMiB)],
    [t('plan.time'), format.duration(totals.seconds)],
  ] as const;
  const projects = new Map(Object.values(plan.request?.placement ?? {}).map((place) => [place.site, place.project]));
  return (
    <div className="divide-y divide-line">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 py-4">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-ink-3">{label}</dt>
            <dd className="text-lg font-semibold tracking-tight text-ink tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <PlanProblems problems={view.problems} onField={onField} />
      {Object.entries(view.siteTotals).map(([site, siteTotals]) => (
        <SiteQuota key={site} site={site} project={projects.get(site)} totals={siteTotals} />
      ))}
      <PlanResources view={view} />
    </div>
  );
}
