import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { plain, type YamlValue } from '@/lib/tosca/cursor';
import type { Diagnostic } from '@/lib/tosca/located';
import type { ComposeResult, Surroundings } from './compose';
import { openImports } from './imports';
import type { RecipeLanguage } from './languages/translations';
import type { Library } from './library';
import type { Recipe } from './recipe';
import { reloading } from './reloading';
import type { RecipeSource } from './source';
import { summaryOf } from './summary';
import type { BrokenRecipe, RecipeDetail, RecipeNote, RecipeSummary } from './types';

/**
 * The recipes there are, as the folders were last read. Where the last look at them is a while ago, a call starts another; what it finds
 * counts from the moment when all of it is read.
 */
export interface Catalog {
  /** recipes and add-ons that can be used, by name */
  list(): RecipeSummary[];
  /** those that can't, each with its first problem */
  broken(): BrokenRecipe[];
  /** all problems of a broken recipe, for its author */
  problems(id: string): RecipeNote[];
  /**
   * What the page of a recipe with these add-ons shows, and its form.
   * @param language of its README, where it has one in that
   * @throws AppError `not-found`; `recipe-invalid` where the recipe is broken; `invalid-input` where add-ons don't fit
   */
  detail(id: string, addOns?: readonly string[], language?: RecipeLanguage): RecipeDetail;
  /** What recipes say in another language, by the English: names, labels, titles, help. */
  texts(language: RecipeLanguage): Readonly<Record<string, string>>;
  /** The composed recipe, for planning. Same errors. */
  recipe(id: string, addOns?: readonly string[]): Recipe;
  /** The composed template as plain data, as other TOSCA tools can read it. Same errors. */
  template(id: string, addOns?: readonly string[]): YamlValue;
  /** Ends when the folders are read: for the first time, or as far as that is under way. */
  settled(): Promise<void>;
}

/**
 * Opens the catalogue. The first path holds the built-in recipes and their types; of two recipes with one id the
 * second is broken.
 * @param paths folders of recipes; one that is not there is empty
 * @param only id of the one recipe that is looked at, which is quicker: of the others it is not known whether they can be used
 */
export function loadCatalog(paths: readonly string[], clock: Clock = systemClock, only?: string): Catalog {
  const folders = paths.map((path) => resolve(path));
  const [first = '.'] = folders;
  const show = (file: string) => relative(dirname(folders.find((path) => file.startsWith(path + sep)) ?? '/'), file);
  const shown = ({ at, message }: Diagnostic): RecipeNote => ({ path: show(at.file), line: at.line, column: at.column, message });
  const folderOf = (file: string) => folders.find((path) => file.startsWith(path + sep)) ?? dirname(file);
  const around: Surroundings = {
    openImports: () => openImports(folderOf, join(first, 'types', 'transat.yaml')),
    show,
    note: shown,
    ...(only !== undefined && { only }),
  };
  const { current, settled } = reloading(folders, around, clock);
  const found = (id: string, addOns: readonly string[] = []) => {
    const library = current();
    for (const name of [id, ...addOns]) refuseBroken(name, library, shown);
    const source = library.sources.get(id);
    if (!source) throw new AppError({ code: 'not-found', title: `There is no recipe "${id}"`, remedy: 'Look it up in the catalogue.' });
    if (source.link) return linked(library, source, addOns, shown);
    if (source.extends.length === 0) return composed(library, source, chosen(library, source, addOns), shown);
    // an add-on's own page shows it with the first recipe that it extends
    const parent = source.extends.map((name) => library.sources.get(name)).find((each) => each !== undefined) ?? source;
    const { recipe, root } = composed(library, parent, [source], shown);
    return { root, recipe: { ...recipe, detail: { ...recipe.detail, ...summaryOf(source), readme: source.readme } } };
  };
  return {
    list: () => [...current().sources.values()].map(summaryOf).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    broken: () =>
      [...current().broken].map(([id, [first, ...others]]) => {
        const problem = first ? shown(first) : { path: '', line: 1, column: 1, message: '' };
        return { id, ...problem, message: others.length > 0 ? `${problem.message} (and ${others.length} more)` : problem.message };
      }),
    problems: (id) => (current().broken.get(id) ?? []).map(shown),
    detail: (id, addOns, language) => {
      const { detail } = found(id, addOns).recipe;
      const readme = language && current().sources.get(id)?.translations?.[language]?.readme;
      return readme ? { ...detail, readme, readmeLanguage: language } : detail;
    },
    texts: (language) => current().spoken[language],
    recipe: (id, addOns) => found(id, addOns).recipe,
    template: (id, addOns) => plain(found(id, addOns).root),
    settled,
  };
}

type Show = (diagnostic: Diagnostic) => RecipeNote;

function refuseBroken(id: string, library: Library, shown: Show): void {
  const [first] = library.broken.get(id) ?? [];
  if (first)
    throw unusable(`The recipe "${id}" can't be used`, first, shown, 'Tell whoever looks after this recipe; the others are not affected.');
}

function composed(library: Library, base: RecipeSource, addOns: RecipeSource[], shown: Show): ComposeResult & { ok: true } {
  const result = library.compose(base, addOns);
  if (result.ok) return result;
  const title = `${[base, ...addOns].map(({ id }) => id).join(' + ')} can't be combined`;
  const [first] = result.diagnostics;
  throw first ? unusable(title, first, shown, 'Leave one of the add-ons out.') : new AppError({ code: 'recipe-invalid', title });
}

function unusable(title: string, diagnostic: Diagnostic, shown: Show, remedy: string): AppError {
  const { path, line, column, message } = shown(diagnostic);
  return new AppError({ code: 'recipe-invalid', title, detail: `${path}:${line}:${column}: ${message}`, remedy });
}

/** What a shortcut leads to, under its own name. */
function linked(library: Library, source: RecipeSource, addOns: readonly string[], shown: Show): ComposeResult & { ok: true } {
  const [parent, ...own] = (source.link ?? []).flatMap((id) => library.sources.get(id) ?? []);
  const base = parent ?? source;
  const further = chosen(
    library,
    base,
    addOns.filter((id) => !own.some((each) => each.id === id)),
  );
  const result = composed(library, base, [...own, ...further], shown);
  const detail = { ...result.recipe.detail, ...summaryOf(source) };
  return { ...result, recipe: { ...result.recipe, detail, addOns: further.map(({ id }) => id) } };
}

// An add-on may extend the recipe, or another add-on that is chosen too.
function chosen(library: Library, base: RecipeSource, ids: readonly string[]): RecipeSource[] {
  const reachable = new Set([base.id, base.base, ...ids]);
  const refuse = (message: string): never => {
    throw new AppError({
      code: 'invalid-input',
      title: message,
      remedy: 'Choose among the add-ons that the recipe offers.',
      fields: [{ path: 'addOns', message }],
    });
  };
  return [...new Set(ids)].map((id) => {
    const source = library.sources.get(id);
    if (!source?.extends.some((name) => name !== id && reachable.has(name)))
      return refuse(`There is no add-on "${id}" for the recipe "${base.id}".`);
    const missing = source.requires?.find((name) => !reachable.has(name));
    if (missing !== undefined) return refuse(`The add-on "${id}" needs "${missing}" too.`);
    const other = source.conflicts?.find((name) => reachable.has(name));
    return other === undefined ? source : refuse(`The add-ons "${id}" and "${other}" can't be chosen together.`);
  });
}
