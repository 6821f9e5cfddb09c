import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Diagnostic } from '@/lib/tosca/located';
import { type ComposeResult, compose, type Surroundings } from './compose';
import { mergeTemplates } from './merge';
import { type RecipeSource, readSource, recipeFolders } from './source';

/** What the folders of the catalogue held when they were last read. */
export interface Library {
  /** recipes and add-ons that can be used, by id */
  sources: Map<string, RecipeSource>;
  /** what can't be used, with all that is wrong with it */
  broken: Map<string, Diagnostic[]>;
  /** Composes a recipe with add-ons; the same combination is worked out once. */
  compose(recipe: RecipeSource, addOns: readonly RecipeSource[]): ComposeResult;
}

/** Reads all recipes, and tries every recipe alone and every add-on with every recipe that it extends. */
export function loadLibrary(paths: readonly string[], around: Surroundings): Library {
  const sources = new Map<string, RecipeSource>();
  const broken = new Map<string, Diagnostic[]>();
  const composed = new Map<string, ComposeResult>();
  const library: Library = {
    sources,
    broken,
    compose(recipe, addOns) {
      const key = [recipe, ...addOns].map(({ id }) => id).join(' ');
      const result = composed.get(key) ?? compose(recipe, [...addOns], around);
      composed.set(key, result);
      return result;
    },
  };
  for (const folder of paths.filter((path) => existsSync(path)).flatMap(recipeFolders)) read(folder, library);
  const alone = new Map(sources);
  for (const source of alone.values()) if (source.base !== undefined) putOnBase(source, alone.get(source.base), library, around);
  // add-ons come after the recipes, so that they are tried with those that can be used
  for (const source of [...sources.values()].toSorted((a, b) => a.extends.length - b.extends.length)) {
    const problems = source.extends.length === 0 ? problemsOf(library.compose(source, [])) : addOnProblems(source, library);
    if (problems.length > 0) broken.set(source.id, problems);
  }
  for (const id of broken.keys()) sources.delete(id);
  return library;
}

// All of the base becomes part of the recipe, which may choose other defaults.
function putOnBase(source: RecipeSource, base: RecipeSource | undefined, { sources, broken }: Library, around: Surroundings): void {
  if (!base || base.base !== undefined || base.extends.length > 0) {
    broken.set(source.id, [{ at: source.root.at, message: `Its base, ${source.base}, is no recipe that stands alone.` }]);
    sources.delete(source.id);
    return;
  }
  const merged = mergeTemplates(base.root, source.root, around.show, { onTop: true });
  if (merged.ok) sources.set(source.id, { ...source, root: merged.root, downloads: [...base.downloads, ...source.downloads] });
  else broken.set(source.id, merged.diagnostics);
  if (!merged.ok) sources.delete(source.id);
}

function read(folder: string, { sources, broken }: Library): void {
  const id = basename(folder);
  if (sources.has(id) || broken.has(id)) {
    const at = { file: `${folder}/recipe.yaml`, line: 1, column: 1 };
    broken.set(`${id} (${folder})`, [{ at, message: `There is already a recipe "${id}" in the catalogue.` }]);
    return;
  }
  const result = readSource(folder, id);
  if (result.ok) sources.set(id, result.source);
  else broken.set(id, result.diagnostics);
}

function addOnProblems(addOn: RecipeSource, library: Library): Diagnostic[] {
  const recipes = [...library.sources.values()].filter(({ id, extends: extended }) => extended.length === 0 && !library.broken.has(id));
  const parents = recipes.filter(({ id, base }) => addOn.extends.includes(id) || addOn.extends.includes(base ?? ''));
  if (parents.length > 0) return parents.flatMap((parent) => problemsOf(library.compose(parent, [addOn])));
  if (addOn.extends.some((id) => library.sources.get(id)?.extends.length)) return [];
  return [{ at: addOn.root.at, message: `It extends ${addOn.extends.join(', ')}, and there is no such recipe in the catalogue.` }];
}

function problemsOf(result: ComposeResult): Diagnostic[] {
  return result.ok ? [] : result.diagnostics;
}
