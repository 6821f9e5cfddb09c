'use client';

import { useQuery } from '@tanstack/react-query';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { sayOutput } from '@/components/shared/recipes/say-recipe';
import { Section } from '@/components/ui/card';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { OutputRow } from './output-row';

/** What the deployment gives: links, commands, files and secrets. */
export function Outputs({ view }: { view: DeploymentView }) {
  const { t, said } = useLanguage();
  const query = useQuery(deploymentQueries.outputs(view.id));
  const early = view.readyAt === null;
  if (view.state === 'deleted' || query.data?.items.length === 0) return null;
  return (
    <Section id="outputs" title={t('outputs.title')} note={early ? t('outputs.early') : undefined}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map((output) => (
              <OutputRow key={output.name} deployment={view.id} output={sayOutput(output, said)} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
