import type { RecipeGroup } from '@/lib/catalog/types';

/**
 * Whether a group is no part of what was asked for, so that nothing is to be chosen for it. One whose nodes an input counts may have some later. Pure.
 * @param nodes how many the plan has of it; undefined where there is no plan yet
 */
export function isLeftOut({ countInput }: Pick<RecipeGroup, 'countInput'>, nodes: number | undefined): boolean {
  return countInput === undefined && nodes === 0;
}
