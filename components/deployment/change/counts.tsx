'use client';

import { Stepper } from '@/components/leases/stepper';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { NodeView } from '@/lib/api/contract/deployments';
import type { RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import { type ChangeDraft, countedGroups, withGoing } from './change-draft';
import { WorkChoice } from './work-choice';

interface CountsProps {
  recipe: RecipeDetail;
  nodes: readonly NodeView[];
  draft: ChangeDraft;
  /** what is wrong, by field */
  said: ReadonlyMap<string, string>;
  onChange: (draft: ChangeDraft) => void;
}

/** How many nodes each group is to have, which of them go, and what becomes of their work. */
export function Counts({ recipe, nodes, draft, said, onChange }: CountsProps) {
  const t = useT();
  const there = nodes.filter(({ state }) => state !== 'deleting' && state !== 'gone');
  const groups = countedGroups(recipe);
  if (groups.length === 0) return null;
  const fewer = groups.some(
    ({ name }) => draft.going.length > 0 || (draft.counts[name] ?? 0) < there.filter(({ group }) => group === name).length,
  );
  return (
    <Section id="counts" title={t('change.counts')}>
      <div className="space-y-5 p-4 sm:p-5">
        {groups.map((group) => {
          const own = there.filter((node) => node.group === group.name);
          const error = said.get(`groups.${group.name}.count`);
          const { least, most } = boundsOf(recipe, group);
          return (
            <div key={group.name}>
              <div className="flex flex-wrap items-center justify-between gap-3">
                <label htmlFor={`count-${group.name}`} className="text-sm font-medium text-ink">
                  {group.label} <span className="font-normal text-ink-3">{t('change.now', { count: own.length })}</span>
                </label>
                <Stepper
                  id={`count-${group.name}`}
                  label={group.label}
                  value={draft.counts[group.name] ?? 0}
                  least={least}
                  most={most}
                  onChange={(count) => onChange({ ...draft, counts: { ...draft.counts, [group.name]: count } })}
                />
              </div>
              {error && <p className="mt-1.5 text-xs font-medium text-bad">{error}</p>}
              {own.length > 0 && (
                <fieldset className="mt-3">
                  <legend className="text-xs text-ink-3">{t('change.which')}</legend>
                  <div className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1.5">
                    {own.map((node) => (
                      <label key={node.key} className="inline-flex min-h-6 items-center gap-2 text-sm text-ink">
                        <input
                          type="checkbox"
                          className="size-4 accent-accent"
                          checked={draft.going.includes(node.key)}
                          onChange={(event) => onChange(withGoing(draft, node, event.target.checked))}
                        />
                        {node.hostname}
                      </label>
                    ))}
                  </div>
                </fieldset>
              )}
            </div>
          );
        })}
        {fewer && <WorkChoice jobs={draft.jobs} onChange={(jobs) => onChange({ ...draft, jobs })} />}
      </div>
    </Section>
  );
}

function boundsOf({ inputs }: RecipeDetail, { countInput }: RecipeGroup): { least: number; most: number } {
  const range = inputs.find(({ name }) => name === countInput)?.constraints.find((constraint) => constraint.in_range)?.in_range;
  return { least: Number(range?.[0] ?? 0) || 0, most: Number(range?.[1] ?? 1000) || 1000 };
}
