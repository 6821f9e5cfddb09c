'use client';

import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { RecipeView } from '@/lib/api/contract/recipes';
import { nodesSaid } from './nodes-said';

/** The machines a recipe wants at least, a group a line, and what it gives back. */
export function Needs({ recipe }: { recipe: RecipeView }) {
  const { t, format } = useLanguage();
  return (
    <Section title={t('recipe.needs')} id="needs">
      <ul className="divide-y divide-line">
        {recipe.groups.map((group) => (
          <li key={group.name} className="px-5 py-3 text-sm">
            <p className="flex justify-between gap-3">
              <span className="font-medium text-ink">{group.label}</span>
              <span className="text-ink-2">{nodesSaid(t, group)}</span>
            </p>
            <p className="mt-0.5 text-xs text-ink-3">
              {t('recipe.minimum', {
                vcpus: group.minVcpus,
                ram: format.memory(group.minRamMiB),
                disk: `${format.number(group.minDiskGiB)} GiB`,
              })}
              {group.publicAddress && ` · ${t('recipe.publicAddress')}`}
            </p>
            {group.supportedImages.length > 0 && (
              <p className="mt-0.5 text-xs text-ink-3">
                {group.supportedImages.map((image) => `${image.distro} ${image.version}`).join(', ')}
              </p>
            )}
          </li>
        ))}
      </ul>
      {recipe.outputs.length > 0 && (
        <div className="border-t border-line px-5 py-4 text-sm">
          <p className="mb-2 font-medium text-ink">{t('recipe.gives')}</p>
          <ul className="space-y-1.5 text-ink-2">
            {recipe.outputs.map((output) => (
              <li key={output.name}>
                {output.label}
                {output.secret && <span className="text-ink-3"> · {t('recipe.secret')}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
