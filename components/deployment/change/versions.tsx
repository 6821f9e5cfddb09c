'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deploymentQueries } from '@/components/deployments/queries';
import { useT } from '@/components/messages/provider';
import { useAddOnNames } from '@/components/shared/recipes/use-add-on-names';
import { useRecipe } from '@/components/shared/recipes/use-recipes';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Moment } from '@/components/ui/time';
import type { VersionView } from '@/lib/api/contract/deployment-changes';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { RecipeDetail } from '@/lib/catalog/types';
import { RevertDialog } from './revert-dialog';

/** What was asked for over time, and the way back. */
export function Versions({ view }: { view: DeploymentView }) {
  const t = useT();
  const query = useQuery(deploymentQueries.versions(view.id));
  const recipe = useRecipe(view.recipe, view.addOns).data;
  const addOn = useAddOnNames();
  const [back, setBack] = useState<number | null>(null);
  return (
    <Section id="versions" title={t('versions.title')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {(versions) => (
          <ol className="divide-y divide-line">
            {versions.map((version) => (
              <li key={version.number} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="font-medium text-ink">
                    {t('versions.number', { number: version.number })}
                    {version.current && <span className="ml-2 font-normal text-ok">{t('versions.current')}</span>}
                    {version.undone && <span className="ml-2 font-normal text-ink-3">{t('versions.undone')}</span>}
                  </p>
                  <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">{changeText(version, recipe, addOn, t)}</p>
                  <p className="text-xs text-ink-3">
                    {version.by} · <Moment iso={version.at} />
                  </p>
                </div>
                {!version.current && view.actions.change?.allowed && (
                  <Button onClick={() => setBack(version.number)}>{t('versions.revert')}</Button>
                )}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      {back !== null && recipe && <RevertDialog view={view} recipe={recipe} version={back} onOpenChange={() => setBack(null)} />}
    </Section>
  );
}

const groupLabel = (recipe: RecipeDetail | undefined, name: string) => recipe?.groups.find((group) => group.name === name)?.label ?? name;

function changeText(
  { change }: VersionView,
  recipe: RecipeDetail | undefined,
  addOn: (id: string) => string,
  t: ReturnType<typeof useT>,
): string {
  if (!change) return t('versions.first');
  const labels = change.inputs.map((name) => recipe?.inputs.find((input) => input.name === name)?.label ?? name);
  const parts = [
    ...(change.addOns?.added.map((id) => `+ ${addOn(id)}`) ?? []),
    ...(change.addOns?.removed.map((id) => `− ${addOn(id)}`) ?? []),
    ...change.added.map((name) => `+ ${name}`),
    ...change.removed.map((name) => `− ${name}`),
    ...(change.images?.map(({ group }) => `~ ${t('versions.image', { group: groupLabel(recipe, group) })}`) ?? []),
    ...labels.map((label) => `~ ${label}`),
  ];
  return parts.join(', ') || t('versions.other');
}
