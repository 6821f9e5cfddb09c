'use client';

import { useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { Section } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';

/** Recipes, one press from their questions. */
export function QuickStarts() {
  const t = useT();
  const recipes = useRecipes();
  return (
    <Section id="quick" title={t('home.quick')}>
      <Loaded query={recipes} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items }) => (
          <ul className="grid grid-cols-2 gap-2 p-3">
            {items
              .filter((recipe) => recipe.kind === 'recipe')
              .slice(0, 6)
              .map((recipe) => (
                <li key={recipe.id}>
                  <Link
                    href={`/deploy/${recipe.id}`}
                    className="flex min-h-11 items-center gap-2.5 rounded-lg p-2 text-sm font-medium text-ink hover:bg-hover"
                  >
                    <RecipeIcon icon={recipe.icon} id={recipe.id} className="size-8 [&_svg]:size-4" />
                    <span className="min-w-0">{recipe.name}</span>
                  </Link>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
