import { plain } from '@/components/shared/plain';
import type { RecipeSummary } from '@/lib/catalog/types';

export interface RecipeFilter {
  text: string;
  tag: string;
  kind: string;
}

/** Recipes whose name, summary or tags hold every word of the text, with that tag and of that kind; best matches first. */
export function filterRecipes<R extends RecipeSummary>(recipes: R[], { text, tag, kind }: RecipeFilter): R[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return recipes
    .filter((recipe) => (!tag || recipe.tags.includes(tag)) && (!kind || recipe.kind === kind))
    .map((recipe) => ({ recipe, score: score(recipe, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ recipe }) => recipe);
}

/** Every tag with how many recipes have it, the commonest first. */
export function countTags(recipes: RecipeSummary[]): [tag: string, count: number][] {
  const counts = new Map<string, number>();
  for (const tag of recipes.flatMap((recipe) => recipe.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function score(recipe: RecipeSummary, words: string[]): number {
  const name = plain(recipe.name);
  const rest = plain([recipe.id, recipe.summary, ...recipe.tags].join(' '));
  const scores = words.map((word) => (name.startsWith(word) ? 4 : name.includes(word) ? 3 : rest.includes(word) ? 1 : 0));
  return scores.some((each) => each === 0) ? 0 : 1 + scores.reduce<number>((sum, each) => sum + each, 0);
}
