import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '@/lib/catalog/catalog';
import { holds } from '@/lib/catalog/form/conditions';
import type { SoftwareTemplate } from '@/lib/catalog/recipe';
import { planningInput } from './fixtures/plan';
import { planDeployment } from './plan';

/** A checkout of the Infrastructure Manager's catalogue. It is not ours to copy, so that this is tried where somebody names one. */
const folder = process.env.TRANSAT_IM_CATALOGUE;

/** What makes no machine: containers, functions, and the template in which one pastes another. */
const withoutMachines = ['faas_function.yaml', 'k8s_app.yaml', 'tosca.yml'];

describe.skipIf(folder === undefined)('the Infrastructure Manager’s own catalogue', () => {
  const path = resolve(folder ?? '.');
  const files = folder === undefined ? [] : readdirSync(join(path, 'templates'));
  const catalog = loadCatalog([resolve('recipes'), path]);
  const listed = catalog.list().filter(({ id }) => files.includes(id));
  const recipeOf = ({ id, extends: [parent] }: (typeof listed)[number]) =>
    parent === undefined ? catalog.recipe(id) : catalog.recipe(parent, [id]);

  it('is listed whole, under the names of its files', () => {
    expect(catalog.broken()).toEqual([]);
    expect(listed.map(({ id }) => id).toSorted()).toEqual(files.toSorted());
  });

  it.each(listed)('$id: every input is in its form, and every step, port and network in its plan', (summary) => {
    const recipe = recipeOf(summary);
    const { template, detail } = recipe;
    expect(detail.inputs.map(({ name }) => name).toSorted()).toEqual([...template.inputs.keys()].toSorted());
    expect(detail.inputs.filter(({ tab }) => !detail.tabs.includes(tab))).toEqual([]);
    const asked = detail.inputs.filter(({ required }) => required).map(({ name }) => [name, 'an-example']);
    const input = planningInput(recipe, Object.fromEntries(asked));
    const large = Object.values(input.facts).flatMap(({ flavors: [first] }) => (first ? { ...first, id: 'huge', name: 'huge' } : []));
    const facts = Object.fromEntries(
      Object.entries(input.facts).map(([key, each]) => [
        key,
        { ...each, flavors: [...each.flavors, ...large.map((flavor) => ({ ...flavor, vcpus: 64, ramMiB: 262_144, diskGiB: 500 }))] },
      ]),
    );
    const plan = planDeployment({ ...input, facts });
    const problems = plan.problems.filter(({ severity, code }) => severity === 'error' && code !== 'quota-exceeded');
    expect(problems.map(({ detail: said }) => said)).toEqual(
      withoutMachines.includes(summary.id) ? ['Nothing would be made: the recipe has no machines.'] : [],
    );
    const planned = new Set(plan.nodes.flatMap(({ steps }) => steps.map(({ name }) => name)));
    const groups = new Set(plan.nodes.map(({ group }) => group));
    const operations = [...template.nodes.values()].flatMap(({ name, operations: all }) =>
      all.map((operation) => `${name}.${operation.name}${operation.of === undefined ? '' : `.${operation.of}`}`),
    );
    // on groups that are not made, switched off by an answer, or for nodes that leave
    const values = { ...Object.fromEntries(detail.inputs.map(({ name, default: value }) => [name, value])), ...input.request.inputs };
    const isNow = ({ group, enabledBy, forLeaving }: SoftwareTemplate) =>
      groups.has(group) && forLeaving === undefined && holds(enabledBy, values);
    const elsewhere = new Set(recipe.software.filter((each) => !isNow(each)).flatMap(({ steps }) => steps.map(({ name }) => name)));
    expect(operations.filter((name) => !planned.has(name) && !elsewhere.has(name))).toEqual([]);
  });
});
