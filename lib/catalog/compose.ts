import { Cursor, Diagnostics } from '@/lib/tosca/cursor';
import type { Diagnostic, Located } from '@/lib/tosca/located';
import { readTemplate } from '@/lib/tosca/read-template';
import { readTypes, type TypeDefinition, TypeSystem } from '@/lib/tosca/types';
import { buildRecipe, readImages } from './build';
import { mergeTemplates } from './combining/merge';
import { bindSelected, selects } from './combining/select';
import { readForeignInputs } from './foreign-inputs';
import type { Imports } from './imports';
import type { Recipe } from './recipe';
import type { RecipeSource } from './source';
import { type StoodIn, withStandIns } from './stand-ins/apply';
import type { StandIn } from './stand-ins/match';
import { addOnEffects, descriptionOf, summaryOf } from './summary';
import type { RecipeNote } from './types';

/** The recipe, and the template that it was made of. */
export type ComposeResult = { ok: true; recipe: Recipe; root: Located } | { ok: false; diagnostics: Diagnostic[] };

/** Where the catalogue is, as far as composing must know. */
export interface Surroundings {
  /** opens what the files of the catalogue import; what was read of them is kept as long as this */
  openImports(): Imports;
  /** a file as messages name it */
  show(file: string): string;
  /** a diagnostic as people see it */
  note(diagnostic: Diagnostic): RecipeNote;
  /** id of the one recipe that is looked at; the others are read, and it is not known whether they can be used */
  only?: string;
}

/** What composing works with, beside the recipes. */
export interface Means {
  imports: Imports;
  /** recipes that do what templates of others ask for */
  standIns: readonly StandIn[];
}

/**
 * Composes a recipe with add-ons by type: merged, checked as one template, then made a recipe.
 * @param base the recipe
 * @param addOns in the order in which they are added; the result does not depend on it but for the order of steps
 */
export function compose(base: RecipeSource, addOns: RecipeSource[], around: Surroundings, { imports, standIns }: Means): ComposeResult {
  let root: Located = base.root;
  const specialised: Diagnostic[] = [];
  const bound: RecipeSource[] = [];
  // what is for groups by their role comes last: it is for those of other add-ons, too
  for (const addOn of addOns.toSorted((a, b) => Number(selects(a)) - Number(selects(b)))) {
    const own = bindSelected(addOn, root);
    if (!own.ok) return own;
    const merged = mergeTemplates(root, own.source.root, around.show, { addOns: new Set(addOns.map(({ file }) => file)) });
    if (!merged.ok) return merged;
    root = merged.root;
    specialised.push(...merged.specialised);
    bound.push(own.source);
  }
  const tolerant = [base, ...addOns].some((source) => source.tolerant === true);
  const diagnostics = new Diagnostics({ tolerant });
  const types = new Set([base, ...addOns].flatMap((source) => imports.types(source.root, diagnostics)));
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const stoodIn = tolerant ? stoodInFor(root, types, { imports, standIns }) : undefined;
  root = stoodIn?.root ?? root;
  const result = readTemplate(root, stoodIn?.types ?? [...types], { tolerant });
  if (!result.ok) return result;
  if (tolerant) readForeignInputs(result.template, new Cursor(root, '', diagnostics).get('metadata')?.get('tabs'), diagnostics);
  const recipe = buildRecipe(
    { ...result.template, description: descriptionOf(base) },
    root,
    {
      summary: summaryOf(base),
      addOns: addOns.map(({ id }) => id),
      addOnEffects: Object.fromEntries(addOns.map((addOn) => [addOn.id, addOnEffects(addOn)])),
      readme: base.readme,
      downloads: [...[base, ...bound].flatMap(({ downloads }) => downloads), ...(stoodIn?.downloads ?? [])],
      images: stoodIn?.whole ? common(stoodIn.by.map(({ images }) => readImages(images))) : commonImages([base, ...addOns]),
      imports,
      show: around.show,
    },
    diagnostics,
  );
  if (diagnostics.list.length > 0) return { ok: false, diagnostics: diagnostics.list };
  const warnings = [
    ...(stoodIn?.warnings ?? []),
    ...[base, ...addOns].flatMap((source) => source.warnings),
    ...specialised,
    ...result.warnings,
    ...diagnostics.warnings,
  ];
  recipe.detail.notes = warnings.map(around.note);
  return { ok: true, recipe, root };
}

// What all of them support; one that says nothing supports what the others do.
function commonImages(sources: RecipeSource[]): { distro: string; version: string }[] {
  const lists = sources.map(({ own }) => readImages(new Cursor(own, '', new Diagnostics()).get('metadata')?.get('images')?.text()));
  return common(lists.filter((list) => list.length > 0));
}

// What another recipe's software does in the place of the template's own.
function stoodInFor(root: Located, imported: ReadonlySet<TypeDefinition>, { imports, standIns }: Means): StoodIn {
  const quiet = new Diagnostics({ tolerant: true });
  const ours = standIns.flatMap((standIn) => imports.types(standIn.root, quiet));
  const definitions = [...new Set([...ours, ...imported])];
  const types = new TypeSystem();
  for (const type of [...definitions, ...readTypes(new Cursor(root, '', quiet))]) types.add(type);
  return withStandIns(root, standIns, definitions, types);
}

function common(lists: { distro: string; version: string }[][]): { distro: string; version: string }[] {
  const [first = [], ...others] = lists;
  return first.filter(({ distro, version }) =>
    others.every((list) => list.some((image) => image.distro === distro && image.version === version)),
  );
}
