import type { Translate } from '@/components/messages/types';
import type { RecipeGroup } from '@/lib/catalog/types';

/** How many nodes a group has, before anything is asked for. Pure. */
export function nodesSaid(t: Translate, { count, countInput }: Pick<RecipeGroup, 'count' | 'countInput'>): string {
  if (countInput !== undefined) return t('recipe.nodesChosen', { count });
  return count === 0 ? t('recipe.nodesAsked') : t('recipe.nodes', { count });
}
