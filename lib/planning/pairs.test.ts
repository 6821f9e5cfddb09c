import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Catalog, loadCatalog } from '@/lib/catalog/catalog';
import { AppError } from '@/lib/core/errors';
import { builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';

/** Every two add-ons that a recipe offers together. */
function pairsOf(catalog: Catalog, among: (id: string) => boolean): [recipe: string, first: string, second: string][] {
  const all = catalog.list();
  return all
    .filter(({ kind, id }) => kind === 'recipe' && among(id))
    .flatMap(({ id }) => {
      const addOns = all.filter((each) => each.extends.includes(id)).map((each) => each.id);
      return addOns.flatMap((first, index) => addOns.slice(index + 1).map((second): [string, string, string] => [id, first, second]));
    });
}

/** Why a combination is refused; null where it composes. */
function refusal(catalog: Catalog, [recipe, ...addOns]: readonly [string, ...string[]]): AppError | null {
  try {
    catalog.recipe(recipe, addOns);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('every pair of add-ons that our catalogue offers', () => {
  const pairs = pairsOf(builtIn, () => true);

  it.each(pairs)('%s with %s and %s plans without a problem', (recipe, first, second) => {
    const composed = builtIn.recipe(recipe, [first, second]);
    const required = composed.detail.inputs.filter((input) => input.required).map(({ name }) => `inputs.${name}`);
    expect(planDeployment(planningInput(composed)).problems.filter(({ field }) => !required.includes(field ?? ''))).toEqual([]);
  });

  it('composes the same in either order, but for the order of steps', () => {
    for (const [recipe, first, second] of pairs) {
      const names = (addOns: string[]) => [...builtIn.recipe(recipe, addOns).template.nodes.keys()].toSorted();
      expect(names([first, second])).toEqual(names([second, first]));
    }
  });
});

const folder = process.env.TRANSAT_IM_CATALOGUE;
describe.skipIf(folder === undefined)('every pair of the Infrastructure Manager’s catalogue', () => {
  it('composes, or is refused with both places named', () => {
    const catalog = loadCatalog([resolve('recipes'), resolve(folder ?? '.')]);
    const pairs = pairsOf(catalog, (id) => /\.ya?ml$/.test(id));
    const refused = pairs.flatMap((pair) => {
      const error = refusal(catalog, pair);
      return error ? [`${pair.join(' + ')}: ${error.detail}`] : [];
    });
    expect(pairs.length).toBeGreaterThan(500);
    expect(refused.length / pairs.length).toBeLessThan(0.048);
    for (const said of refused) expect(said).toMatch(/\.ya?ml:\d+:\d+: .*(?:is defined here and otherwise in .*, line \d+|and .*both)/);
  }, 300_000);
});
