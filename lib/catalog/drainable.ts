import { AppError } from '@/lib/core/errors';
import type { Catalog } from './catalog';

/** Names of the groups whose nodes their recipe can drain while they stay. Of a recipe that is in the catalogue no more there are none. */
export function drainableGroups(
  catalog: Pick<Catalog, 'recipe'>,
  { recipe, addOns }: { recipe: string; addOns: readonly string[] },
): Set<string> {
  try {
    const { software } = catalog.recipe(recipe, addOns);
    return new Set(software.flatMap(({ forLeaving, holds }) => (forLeaving !== undefined && holds ? [forLeaving] : [])));
  } catch (error) {
    if (error instanceof AppError) return new Set();
    throw error;
  }
}
