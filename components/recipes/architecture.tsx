'use client';

import { Globe, Server } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Fixed, upTo } from '@/components/ui/fixed';
import type { RecipeView } from '@/lib/api/contract/recipes';
import type { RecipeGroup } from '@/lib/catalog/types';
import { nodesSaid } from './nodes-said';

/** Which machines there will be, where they stand to each other, and which face the internet. */
export function Architecture({ recipe }: { recipe: RecipeView }) {
  const t = useT();
  const sets = [...new Set(recipe.groups.map((group) => group.placementSet))];
  const front = (group: RecipeGroup) => (group.publicAddress ? 0 : 1);
  return (
    <Section
      id="architecture"
      title={t('recipe.architecture')}
      note={sets.length > 1 ? t('recipe.sitesWanted', { count: sets.length }) : undefined}
    >
      <div className="flex flex-wrap gap-4 p-5">
        {sets.map((set) => {
          const groups = recipe.groups.filter((group) => group.placementSet === set).sort((a, b) => front(a) - front(b));
          return (
            <div key={set} className="min-w-0 flex-1 basis-72 rounded-card bg-sunken p-4">
              <div className="mb-3 flex items-center gap-2 text-xs text-ink-2">
                <Globe aria-hidden className="size-4" />
                {groups.some((group) => group.publicAddress) ? t('recipe.internet') : t('recipe.noInternet')}
              </div>
              <ul className="flex flex-wrap items-stretch gap-3">
                {groups.map((group) => (
                  <Machines key={group.name} group={group} />
                ))}
              </ul>
              <div className="mt-3 rounded-md border border-dashed border-line-strong px-3 py-1.5 text-center text-xs text-ink-2">
                {t('recipe.privateNetwork')}
              </div>
            </div>
          );
        })}
      </div>
    </Section>
  );
}

function Machines({ group }: { group: RecipeGroup }) {
  const t = useT();
  return (
    <li className="relative flex min-w-36 flex-1 flex-col rounded-lg border border-line bg-surface p-3">
      {group.publicAddress && <span aria-hidden className="absolute -top-3 left-5 h-3 w-px bg-accent" />}
      <span aria-hidden className="absolute -bottom-3 left-5 h-3 w-px bg-line-strong" />
      <span aria-hidden className="mb-2 flex gap-1 text-accent">
        <Fixed items={upTo(Math.min(group.count, 3))}>{() => <Server className="size-4" />}</Fixed>
        {group.countInput && <span className="text-xs leading-4 text-ink-3">…</span>}
      </span>
      <span className="text-sm font-medium text-ink">{group.label}</span>
      <span className="text-xs text-ink-3">{nodesSaid(t, group)}</span>
    </li>
  );
}
