import type { BrokenRecipe, RecipeDetail, RecipeSummary } from '@/lib/catalog/types';

/** GET /recipes: what parses, and what does not with line and column. */
export interface RecipeList {
  items: RecipeSummary[];
  next: string | null;
  broken: BrokenRecipe[];
}
export type RecipeView = RecipeDetail;
