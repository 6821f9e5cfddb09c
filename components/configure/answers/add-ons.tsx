'use client';

import { useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { Section } from '@/components/ui/card';

interface AddOnsProps {
  recipe: string;
  chosen: string[];
  onChange: (addOns: string[]) => void;
}

/** What can be added to this recipe; nothing is shown where there is none. */
export function AddOns({ recipe, chosen, onChange }: AddOnsProps) {
  const t = useT();
  const { data } = useRecipes();
  const offered = data?.items.filter((each) => each.kind === 'add-on' && each.extends.includes(recipe)) ?? [];
  if (offered.length === 0) return null;
  return (
    <Section id="add-ons" title={t('configure.addOns')} note={t('configure.addOnsNote')}>
      <ul className="grid gap-3 p-4 sm:grid-cols-2 sm:p-5">
        {offered.map((addOn) => {
          const on = chosen.includes(addOn.id);
          return (
            <li key={addOn.id}>
              <label className="flex h-full cursor-pointer items-start gap-3 rounded-lg border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft">
                <RecipeIcon icon={addOn.icon} id={addOn.id} addOn className="size-8" />
                <span className="min-w-0 flex-1 text-sm">
                  <span className="block font-medium text-ink">{addOn.name}</span>
                  <span className="block text-xs text-ink-2">{addOn.summary}</span>
                </span>
                <input
                  type="checkbox"
                  checked={on}
                  onChange={() => onChange(on ? chosen.filter((id) => id !== addOn.id) : [...chosen, addOn.id])}
                  className="mt-0.5 size-4 accent-(--accent)"
                />
              </label>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
