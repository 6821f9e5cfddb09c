import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located } from '@/lib/tosca/located';
import { readTemplate } from '@/lib/tosca/read-template';
import { buildRecipe, readImages } from './build';
import { mergeTemplates } from './merge';
import type { Recipe } from './recipe';
import { type RecipeSource, readImports } from './source';
import { descriptionOf, summaryOf } from './summary';
import type { RecipeNote } from './types';

/** The recipe, and the template that it was made of. */
export type ComposeResult = { ok: true; recipe: Recipe; root: Located } | { ok: false; diagnostics: Diagnostic[] };

/** Where the catalogue is, as far as composing must know. */
export interface Surroundings {
  /** the catalogue's folder that a file lies in: its imports must stay there */
  folderOf(file: string): string;
  /** path of the types of the built-in recipes */
  builtInTypes: string;
  /** a file as messages name it */
  show(file: string): string;
  /** a diagnostic as people see it */
  note(diagnostic: Diagnostic): RecipeNote;
}

/**
 * Composes a recipe with add-ons by type: merged, checked as one template, then made a recipe.
 * @param base the recipe
 * @param addOns in the order in which they are added; the result does not depend on it but for the order of steps
 */
export function compose(base: RecipeSource, addOns: RecipeSource[], around: Surroundings): ComposeResult {
  let root: Located = base.root;
  for (const addOn of addOns) {
    const merged = mergeTemplates(root, addOn.root, around.show);
    if (!merged.ok) return merged;
    root = merged.root;
  }
  const diagnostics = new Diagnostics();
  const types = [base, ...addOns].flatMap((source) => readImports(source.root, around.folderOf, around.builtInTypes, diagnostics));
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const result = readTemplate(root, types);
  if (!result.ok) return result;
  const recipe = buildRecipe(
    { ...result.template, description: descriptionOf(base) },
    root,
    {
      summary: summaryOf(base),
      addOns: addOns.map(({ id }) => id),
      readme: base.readme,
      downloads: [base, ...addOns].flatMap(({ downloads }) => downloads),
      images: commonImages([base, ...addOns]),
    },
    diagnostics,
  );
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const warnings = [...[base, ...addOns].flatMap((source) => source.warnings), ...result.warnings, ...diagnostics.warnings];
  recipe.detail.notes = warnings.map(around.note);
  return { ok: true, recipe, root };
}

// What all of them support; one that says nothing supports what the others do.
function commonImages(sources: RecipeSource[]): { distro: string; version: string }[] {
  const lists = sources.map(({ own }) => readImages(new Cursor(own, '', new Diagnostics()).get('metadata')?.get('images')?.text()));
  const [first = [], ...others] = lists.filter((list) => list.length > 0);
  return first.filter(({ distro, version }) =>
    others.every((list) => list.some((image) => image.distro === distro && image.version === version)),
  );
}
