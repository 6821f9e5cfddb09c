'use client';

import { useT } from '@/components/messages/provider';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { keepSite } from '@/components/shared/with-query';
import { Link } from '@/components/ui/link';
import type { RecipeView } from '@/lib/api/contract/recipes';

/** What an add-on can be added to, each a way to deploy it with this; and with which of them the page shows it. */
export function Extended({ recipe, site }: { recipe: Pick<RecipeView, 'id' | 'extends'>; site: string }) {
  const t = useT();
  const names = new Map(useRecipes().data?.items.map(({ id, name }) => [id, name]));
  const [first] = recipe.extends;
  return (
    <div className="max-w-sm text-sm text-ink-2">
      <p>{t('recipe.extends')}</p>
      <ul className="flex flex-wrap gap-x-3">
        {recipe.extends.map((base) => (
          <li key={base}>
            <Link
              href={keepSite(`/deploy/${base}?addOns=${recipe.id}`, site)}
              className="inline-block py-1 font-medium text-accent underline underline-offset-2"
            >
              {names.get(base) ?? base}
            </Link>
          </li>
        ))}
      </ul>
      {recipe.extends.length > 1 && first && (
        <p className="mt-1 text-xs text-ink-3">{t('recipe.shownWith', { name: names.get(first) ?? first })}</p>
      )}
    </div>
  );
}
