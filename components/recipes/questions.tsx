'use client';

import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import type { RecipeView } from '@/lib/api/contract/recipes';

/** What the recipe asks, by tab; all of it has an answer already, or says that it needs one. */
export function Questions({ recipe }: { recipe: RecipeView }) {
  const t = useT();
  if (recipe.inputs.length === 0) return null;
  return (
    <Section title={t('recipe.asks', { count: recipe.inputs.length })} id="asks">
      {recipe.tabs.map((tab) => {
        const inputs = recipe.inputs.filter((input) => input.tab === tab);
        if (inputs.length === 0) return null;
        return (
          <details key={tab} className="border-b border-line last:border-0">
            <summary className="flex min-h-10 items-center justify-between px-5 text-sm text-ink">
              {tab}
              <span className="text-xs text-ink-3">{inputs.length}</span>
            </summary>
            <dl className="space-y-3 px-5 pb-4 text-sm">
              {inputs.map((input) => (
                <div key={input.name}>
                  <dt className="text-ink">{input.label}</dt>
                  <dd className="text-xs text-ink-3 [overflow-wrap:anywhere]">
                    {input.generated
                      ? t('input.generated')
                      : input.widget === 'cidr' && input.default === '0.0.0.0/0'
                        ? t('input.range')
                        : input.default === undefined || input.default === null || input.default === ''
                          ? input.required
                            ? t('input.required')
                            : t('input.optional')
                          : t('input.default', {
                              value: typeof input.default === 'object' ? JSON.stringify(input.default) : String(input.default),
                            })}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        );
      })}
    </Section>
  );
}
