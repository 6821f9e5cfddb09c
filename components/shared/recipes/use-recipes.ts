'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { queries } from '@/components/api/queries';
import { useSaid } from '@/components/messages/provider';
import type { RecipeList } from '@/lib/api/contract/recipes';
import type { RecipeDetail } from '@/lib/catalog/types';
import { sayRecipe, saySummary } from './say-recipe';

/** The catalogue in the language of the person. */
export function useRecipes() {
  const said = useSaid();
  const select = useCallback((list: RecipeList) => ({ ...list, items: list.items.map((each) => saySummary(each, said)) }), [said]);
  return useQuery({ ...queries.recipes(), select });
}

/** A recipe with its add-ons, in the language of the person. @param further what to make of it, the same function from time to time */
export function useRecipe(
  id: string,
  addOns: string[] = [],
  { enabled = true, further }: { enabled?: boolean; further?: (recipe: RecipeDetail) => RecipeDetail } = {},
) {
  const said = useSaid();
  const select = useCallback(
    (recipe: RecipeDetail) => {
      const spoken = sayRecipe(recipe, said);
      return further ? further(spoken) : spoken;
    },
    [said, further],
  );
  return useQuery({ ...queries.recipe(id, addOns), enabled, select });
}
