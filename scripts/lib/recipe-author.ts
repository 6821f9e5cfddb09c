import { type Catalog, loadCatalog } from '@/lib/catalog/catalog';
import type { Recipe } from '@/lib/catalog/recipe';
import { AppError } from '@/lib/core/errors';
import { checkForm } from '@/lib/inputs/check-form';
import type { FormInput, InputValues } from '@/lib/inputs/types';
import { describePlan } from '@/lib/planning/describe';
import { planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { composition, meantBy, noteLine } from './recipe-paths';

type Say = (line: string) => void;

/** Opens the catalogue with the folder of a path, and tells which of its recipes are meant. */
function open(builtIn: string, path: string): { catalog: Catalog; ids: string[]; isMeant: (id: string) => boolean } {
  const { folder, id } = meantBy(path);
  const catalog = loadCatalog(folder === builtIn ? [builtIn] : [builtIn, folder]);
  const own =
    folder === builtIn
      ? new Set<string>()
      : new Set(
          loadCatalog([builtIn])
            .list()
            .map((each) => each.id),
        );
  const isMeant = (each: string) => (id === undefined ? !own.has(each) : each === id || each.startsWith(`${id} (`));
  return { catalog, ids: catalog.list().flatMap((each) => (isMeant(each.id) ? [each.id] : [])), isMeant };
}

/** Says all that is wrong with the recipes of a path, and what of them does nothing. @returns how many can't be used */
export function lint(builtIn: string, path: string, say: Say): number {
  const { catalog, ids, isMeant } = open(builtIn, path);
  for (const id of ids) for (const note of catalog.detail(id).notes) say(noteLine(note, 'warning'));
  const broken = catalog.broken().filter(({ id }) => isMeant(id));
  for (const { id } of broken) for (const note of catalog.problems(id)) say(noteLine(note, 'error'));
  say(`${ids.length} good, ${broken.length} broken`);
  return ids.length + broken.length === 0 ? 1 : broken.length;
}

/** Prints what each recipe of a path would make, with the defaults, at a site that has everything. */
export function plan(builtIn: string, path: string, say: Say): number {
  const { catalog, ids } = open(builtIn, path);
  for (const id of ids) {
    const recipe = catalog.recipe(...composition(catalog, id));
    say(describePlan(planDeployment(planningInput(recipe, examples(recipe)))));
  }
  return ids.length === 0 ? lint(builtIn, path, say) : 0;
}

/** Prints the form of each recipe of a path, tab by tab. */
export function render(builtIn: string, path: string, say: Say): number {
  const { catalog, ids } = open(builtIn, path);
  for (const id of ids) {
    const [recipe, addOns] = composition(catalog, id);
    const { name, tabs, inputs } = catalog.detail(recipe, addOns);
    say(`${name}${addOns.length > 0 ? ` with ${addOns.join(', ')}` : ''}`);
    for (const tab of tabs) {
      say(`  ${tab}`);
      for (const input of inputs.filter((each) => each.tab === tab)) say(`    ${questionLine(input)}`);
    }
  }
  return ids.length === 0 ? lint(builtIn, path, say) : 0;
}

/** Lints the recipes of a path and plans each with the defaults, the other way round, and with every pair of its add-ons. @returns how much went wrong */
export function test(builtIn: string, path: string, say: Say): number {
  const { catalog, ids } = open(builtIn, path);
  let wrong = lint(builtIn, path, say);
  const fail = (what: string, why: string) => {
    wrong += 1;
    say(`${what}: ${why}`);
  };
  const tried = (what: string, recipe: Recipe, inputs: InputValues) => {
    const problems = planDeployment(planningInput(recipe, inputs)).problems.filter(
      ({ severity, code }) => severity === 'error' && isOurs(code),
    );
    for (const { field, detail } of problems) fail(what, `${field ? `${field}: ` : ''}${detail}`);
  };
  for (const id of ids) {
    const recipe = catalog.recipe(...composition(catalog, id));
    tried(`${id} with the defaults`, recipe, examples(recipe));
    tried(`${id} with everything the other way`, recipe, { ...examples(recipe), ...otherwise(recipe.detail.inputs) });
    const addOns = catalog.list().filter((each) => each.extends.includes(id));
    for (const [index, first] of addOns.entries())
      for (const second of addOns.slice(index + 1)) {
        const what = `${id} with ${first.id} and ${second.id}`;
        try {
          const composed = catalog.recipe(id, [first.id, second.id]);
          tried(what, composed, examples(composed));
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          // two that exclude each other say so to whoever chooses them
          say(`${what}: refused: ${error.detail ?? error.title}`);
        }
      }
  }
  say(wrong === 0 ? 'All is well.' : `${wrong} went wrong.`);
  return wrong;
}

// What an imaginary site lacks is no fault of the recipe.
const isOurs = (code: string): boolean => ['recipe-invalid', 'invalid-input'].includes(code);

function questionLine({ name, type, label, default: value, required, generated, enabledBy, unless }: FormInput): string {
  const about = [
    type,
    generated ? `made by Transat (${generated})` : required ? 'must be filled in' : `default ${JSON.stringify(value ?? null)}`,
    ...(enabledBy ? [`asked while ${enabledBy.input} is ${String(enabledBy.equals)}`] : []),
    ...(unless ? [`refused while ${unless.input} is ${String(unless.equals)}`] : []),
  ];
  return `${label} (${name}): ${about.join(', ')}`;
}

/** What must be filled in, filled in somehow. */
function examples({ detail }: Recipe): InputValues {
  return Object.fromEntries(
    detail.inputs.filter(({ required, type }) => required && type === 'string').map(({ name }) => [name, 'an-example']),
  );
}

/** Every switch the other way, and the last of each choice, but for what those refuse. */
function otherwise(inputs: readonly FormInput[]): InputValues {
  const values = Object.fromEntries(
    inputs.flatMap(({ name, type, default: value, constraints }) => {
      const choices = constraints.find((each) => each.valid_values)?.valid_values;
      if (type === 'boolean') return [[name, value !== true]];
      return choices && choices.length > 0 ? [[name, choices.at(-1)]] : [];
    }),
  );
  const { faults } = checkForm(inputs, values, () => true, { partial: true });
  const refused = new Set(faults.flatMap(({ input, fault }) => (fault.key === 'unless' ? input : [])));
  return Object.fromEntries(Object.entries(values).filter(([name]) => !refused.has(name)));
}
