import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { cacheOf } from '@/lib/core/cache';
import type { Diagnostic } from '@/lib/tosca/located';
import { withCopies } from './combining/copies';
import { mergeTemplates } from './combining/merge';
import { offersSelected } from './combining/select';
import { type ComposeResult, compose, type Surroundings } from './compose';
import { joinTranslations, type Spoken } from './languages/spoken';
import { withTranslations } from './languages/translations';
import { isInside } from './plain-file';
import { type RecipeSource, readSource, recipeFolders, type SourceResult } from './source';
import type { StandIn } from './stand-ins/match';
import { standInOf } from './stand-ins/stand-in-of';
import { readTemplateFile, templateFiles } from './template-files';

/** What the folders of the catalogue held when they were last read. */
export interface Library {
  /** recipes and add-ons that can be used, by id */
  sources: Map<string, RecipeSource>;
  /** what can't be used, with all that is wrong with it */
  broken: Map<string, Diagnostic[]>;
  /** what recipes say in other languages */
  spoken: Spoken;
  /** Composes a recipe with add-ons; the same combination is worked out once. */
  compose(recipe: RecipeSource, addOns: readonly RecipeSource[]): ComposeResult;
}

/** What an add-on extends that is for every recipe with groups of the roles it selects. */
const anyRecipe = 'any';

/** Combinations that are kept: people could ask for more than there is room for. */
const mostComposed = 200;

/**
 * Reads all recipes, and tries every recipe alone and every add-on with every recipe that it extends. Each step is the work of one
 * file or one combination, so that whoever takes the steps can do other things between them.
 */
export function* loadLibrary(paths: readonly string[], around: Surroundings): Generator<void, Library> {
  const sources = new Map<string, RecipeSource>();
  const broken = new Map<string, Diagnostic[]>();
  const library: Library = { sources, broken, spoken: { es: {} }, compose: composing(around, sources) };
  for (const folder of paths.flatMap(recipeFolders)) {
    read(folder, library);
    yield;
  }
  for (const file of paths.flatMap(templateFiles)) {
    readFile(file, library);
    yield;
  }
  joinOffers(sources);
  library.spoken = joinTranslations(sources);
  const alone = new Map(sources);
  for (const source of alone.values()) {
    if (source.base !== undefined) putOnBase(source, alone.get(source.base), library, around);
    yield;
  }
  const whole = new Map(sources);
  for (const source of whole.values()) {
    if (source.copies && source.copies.length > 0) putCopies(source, whole, library, around);
    yield;
  }
  // add-ons come after the recipes, so that they are tried with those that can be used
  const tried = [...sources.values()].filter(({ id }) => around.only === undefined || id === around.only);
  for (const source of tried.toSorted((a, b) => a.extends.length - b.extends.length)) {
    const problems =
      source.extends.length > 0
        ? yield* addOnProblems(source, library)
        : source.link
          ? linkProblems(source, library)
          : problemsOf(library.compose(source, []));
    if (problems.length > 0) broken.set(source.id, problems);
    yield;
  }
  for (const id of broken.keys()) sources.delete(id);
  return library;
}

// A recipe of the Infrastructure Manager names its add-ons, an add-on of ours its recipes: either is enough.
function joinOffers(sources: Library['sources']): void {
  for (const { id, offers } of sources.values())
    for (const name of offers ?? []) {
      const addOn = sources.get(name);
      if (addOn && !addOn.extends.includes(id)) sources.set(name, { ...addOn, extends: [...addOn.extends, id] });
    }
}

function linkProblems({ link = [], root }: RecipeSource, { sources, compose: composeAll }: Library): Diagnostic[] {
  const missing = link.filter((name) => !sources.has(name));
  if (missing.length > 0) return [{ at: root.at, message: `It leads to ${missing.join(', ')}, which the catalogue has not.` }];
  const [parent, ...addOns] = link.flatMap((name) => sources.get(name) ?? []);
  return parent ? problemsOf(composeAll(parent, addOns)) : [{ at: root.at, message: 'It leads to no recipe.' }];
}

function composing(around: Surroundings, sources: Library['sources']): Library['compose'] {
  const composed = cacheOf<ComposeResult>(mostComposed);
  const imports = around.openImports();
  // all recipes are read before the first is composed
  let standIns: StandIn[] | undefined;
  return (recipe, addOns) => {
    standIns ??= [...sources.values()].flatMap(standInOf);
    const means = { imports, standIns };
    const key = [recipe, ...addOns].map(({ id }) => id).join(' ');
    const result = composed.get(key) ?? whatever({ file: recipe.file }, () => compose(recipe, [...addOns], around, means));
    composed.set(key, result);
    return result;
  };
}

// One recipe, whatever is the matter with it, never takes the others with it.
function whatever<T>({ file }: { file: string }, work: () => T): T | { ok: false; diagnostics: Diagnostic[] } {
  try {
    return work();
  } catch (error) {
    const message = `It can't be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { ok: false, diagnostics: [{ at: { file, line: 1, column: 1 }, message }] };
  }
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

function readFile(file: string, { sources, broken }: Library): void {
  const id = basename(file);
  const result: SourceResult =
    sources.has(id) || broken.has(id)
      ? { ok: false, diagnostics: [{ at: { file, line: 1, column: 1 }, message: `There is already a recipe "${id}" in the catalogue.` }] }
      : whatever({ file }, () => readTemplateFile(file));
  if (result.ok) sources.set(id, result.source);
  else broken.set(broken.has(id) || sources.has(id) ? `${id} (${file})` : id, result.diagnostics);
}

// All of others becomes part of the recipe, once for each of its parts.
function putCopies(
  source: RecipeSource,
  whole: ReadonlyMap<string, RecipeSource>,
  { sources, broken }: Library,
  around: Surroundings,
): void {
  const result = whatever({ file: source.file }, () => withCopies(source, whole, around.show));
  if (result.ok) sources.set(source.id, result.source);
  else {
    broken.set(source.id, result.diagnostics);
    sources.delete(source.id);
  }
}

function read(folder: string, { sources, broken }: Library): void {
  const id = basename(folder);
  const file = `${folder}/recipe.yaml`;
  if (sources.has(id) || broken.has(id)) {
    const at = { file, line: 1, column: 1 };
    broken.set(`${id} (${folder})`, [{ at, message: `There is already a recipe "${id}" in the catalogue.` }]);
    return;
  }
  const result: SourceResult = whatever({ file }, () => {
    if (isInside(realpathSync(folder), realpathSync(dirname(folder)))) return readSource(folder, id);
    return {
      ok: false,
      diagnostics: [{ at: { file, line: 1, column: 1 }, message: `The folder ${id} is a link that leads out of the catalogue.` }],
    };
  });
  if (result.ok) sources.set(id, translated(result.source, folder));
  else broken.set(id, result.diagnostics);
}

// What it says in other languages is in the way of nothing.
function translated(source: RecipeSource, folder: string): RecipeSource {
  try {
    return withTranslations(source, folder);
  } catch (error) {
    const message = `What it says in other languages can't be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { ...source, warnings: [...source.warnings, { at: source.root.at, message }] };
  }
}

function* addOnProblems(addOn: RecipeSource, library: Library): Generator<void, Diagnostic[]> {
  const recipes = [...library.sources.values()].filter(({ id, extends: extended }) => extended.length === 0 && !library.broken.has(id));
  if (addOn.extends.includes(anyRecipe)) return yield* putOnAny(addOn, recipes, library);
  const parents = recipes.filter(({ id, base }) => addOn.extends.includes(id) || addOn.extends.includes(base ?? ''));
  const problems: Diagnostic[] = [];
  for (const parent of parents) {
    problems.push(...problemsOf(library.compose(parent, [addOn])));
    yield;
  }
  if (parents.length > 0 || reachesRecipe(addOn, library.sources, new Set())) return problems;
  return [{ at: addOn.root.at, message: `It extends ${addOn.extends.join(', ')}, and that leads to no recipe of the catalogue.` }];
}

// It is for each that has the groups it selects; what it can't be combined with is not for it, and nothing that is wrong.
function* putOnAny(addOn: RecipeSource, recipes: RecipeSource[], library: Library): Generator<void, Diagnostic[]> {
  const parents: string[] = [];
  let wrong: Diagnostic[] = [{ at: addOn.root.at, message: 'No recipe of the catalogue has the groups that it selects.' }];
  for (const recipe of recipes.filter((each) => !each.link && offersSelected(addOn, each))) {
    const problems = problemsOf(library.compose(recipe, [addOn]));
    if (problems.length === 0) parents.push(recipe.id);
    else wrong = problems;
    yield;
  }
  library.sources.set(addOn.id, { ...addOn, extends: parents.length > 0 ? parents : addOn.extends });
  return parents.length > 0 ? [] : wrong;
}

/** Whether the add-ons that an add-on extends lead to a recipe in the end, and not in a circle. */
function reachesRecipe(addOn: RecipeSource, sources: Map<string, RecipeSource>, seen: Set<string>): boolean {
  seen.add(addOn.id);
  return addOn.extends.some((id) => {
    const parent = sources.get(id);
    return (
      id === anyRecipe || (parent !== undefined && !seen.has(id) && (parent.extends.length === 0 || reachesRecipe(parent, sources, seen)))
    );
  });
}

function problemsOf(result: ComposeResult): Diagnostic[] {
  return result.ok ? [] : result.diagnostics;
}
