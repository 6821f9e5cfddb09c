'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { TrialView } from '@/lib/api/contract/recipes';
import type { RecipeGroup } from '@/lib/catalog/types';

type Plan = NonNullable<TrialView['plan']>;

/** What a template would make with its defaults: the resources, who may reach what, and the steps of every machine. */
export function TrialPlan({ plan, groups }: { plan: Plan; groups: RecipeGroup[] }) {
  const { t, format, said } = useLanguage();
  const { totals, problems, ports, resources, nodes } = plan;
  const labelOf = (group: string) => said(groups.find(({ name }) => name === group)?.label ?? group);
  return (
    <Section
      id="plan"
      title={t('trial.plan')}
      note={t('trial.totals', { nodes: totals.nodes, vcpus: totals.vcpus, ram: format.memory(totals.ramMiB) })}
    >
      <div className="space-y-5 p-5 text-sm">
        {problems.length > 0 && (
          <Part title={t('trial.planProblems', { count: problems.length })}>
            {problems.map(({ field, detail, remedy }) => (
              <li key={`${field}${detail}`}>
                {said(detail)} {remedy && said(remedy)}
              </li>
            ))}
          </Part>
        )}
        <Part title={t('trial.machines', { count: nodes.length })}>
          {nodes.map(({ hostname, group, steps }) => (
            <li key={hostname}>
              <span className="font-medium text-ink">{hostname}</span> <span className="text-ink-3">{labelOf(group)}</span>
              <ol className="mt-1 list-decimal pl-6">
                {steps.map(({ name, title }) => (
                  <li key={name}>{said(title)}</li>
                ))}
              </ol>
            </li>
          ))}
        </Part>
        <Part title={t('trial.ports', { count: ports.length })}>
          {ports.map((rule) => (
            <li key={JSON.stringify(rule)}>
              <span className="text-ink">
                {labelOf(rule.group)}: {rule.protocol} {rule.ports}
              </span>{' '}
              ← {rule.from} <span className="text-ink-3">{said(rule.why)}</span>
            </li>
          ))}
        </Part>
        <Part title={t('trial.resources', { count: resources.length })}>
          {resources.map(({ kind, summary }) => (
            <li key={`${kind}${summary}`}>{said(summary)}</li>
          ))}
        </Part>
      </div>
    </Section>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <details open className="min-w-0 [overflow-wrap:anywhere]">
      <summary className="min-h-8 font-medium text-ink">{title}</summary>
      <ul className="mt-1 space-y-1.5 text-ink-2">{children}</ul>
    </details>
  );
}
