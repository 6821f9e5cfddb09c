import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Diagnostic } from '@/lib/tosca/located';
import { type ComposeResult, compose, type Surroundings } from './compose';
import { type RecipeSource, readSource, recipeFolders } from './source';

/** What the folders of the catalogue held when they were last read. */
export interface Library {
  /** recipes and add-ons that can be used, by id */
  sources: Map<string, RecipeSource>;
  /** what can't be used, with all that is wrong with it */
  broken: Map<string, Diagnostic[]>;
  /** Composes; the same combination is worked out once. */
  compose(base: RecipeSource, addOns: readonly RecipeSource[]): ComposeResult;
}

/** Reads all recipes, and tries every recipe alone and every add-on with every recipe that it extends. */
export function loadLibrary(paths: readonly string[], around: Surroundings): Library {
  const sources = new Map<string, RecipeSource>();
  const broken = new Map<string, Diagnostic[]>();
  const composed = new Map<string, ComposeResult>();
  const library: Library = {
    sources,
    broken,
    compose(base, addOns) {
      const key = [base, ...addOns].map(({ id }) => id).join(' ');
      const result = composed.get(key) ?? compose(base, [...addOns], around);
      composed.set(key, result);
      return result;
    },
  };
  for (const folder of paths.filter((path) => existsSync(path)).flatMap(recipeFolders)) read(folder, library);
  const all = [...sources.values()];
  for (const source of all.toSorted((a, b) => a.extends.length - b.extends.length)) {
    const problems = source.extends.length === 0 ? problemsOf(library.compose(source, [])) : addOnProblems(source, library);
    if (problems.length === 0) continue;
    broken.set(source.id, problems);
    sources.delete(source.id);
  }
  return library;
}

function read(folder: string, { sources, broken }: Library): void {
  const id = basename(folder);
  const other = sources.get(id);
  if (other || broken.has(id)) {
    broken.set(`${id} (${folder})`, [
      { at: { file: `${folder}/recipe.yaml`, line: 1, column: 1 }, message: `There is already a recipe "${id}" in the catalogue.` },
    ]);
    return;
  }
  const result = readSource(folder, id);
  if (result.ok) sources.set(id, result.source);
  else broken.set(id, result.diagnostics);
}

function addOnProblems(addOn: RecipeSource, library: Library): Diagnostic[] {
  const parents = addOn.extends.map((id) => library.sources.get(id)).filter((source) => source !== undefined);
  if (parents.length === 0)
    return [{ at: addOn.root.at, message: `It extends ${addOn.extends.join(', ')}, and there is no such recipe in the catalogue.` }];
  return parents.flatMap((parent) => (parent.extends.length > 0 ? [] : problemsOf(library.compose(parent, [addOn]))));
}

function problemsOf(result: ComposeResult): Diagnostic[] {
  return result.ok ? [] : result.diagnostics;
}
