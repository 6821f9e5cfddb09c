import type { BrokenRecipe, RecipeDetail, RecipeSummary } from '@/lib/catalog/types';
import type { Trial } from '@/lib/proposing/trial/types';

/** GET /recipes: what parses, and what does not with line and column. */
export interface RecipeList {
  items: RecipeSummary[];
  next: string | null;
  broken: BrokenRecipe[];
}
export type RecipeView = RecipeDetail;
/** POST /recipes/try: what the catalogue would make of somebody's template. */
export type TrialView = Trial;
