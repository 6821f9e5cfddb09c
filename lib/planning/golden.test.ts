import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormInput, InputValues } from '@/lib/catalog/types';
import { describePlan } from './describe';
import { apart, builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';

const recipes = resolve(import.meta.dirname, '../../recipes');

// The other side of each switch, a disk where there is none by default, a value for what must be filled in.
function otherwise(inputs: FormInput[]): InputValues {
  const values: InputValues = {};
  for (const { name, type, default: value, required, constraints } of inputs) {
    const choices = constraints.find(({ valid_values }) => valid_values)?.valid_values;
    if (type === 'boolean') values[name] = value !== true;
    else if (type === 'scalar-unit.size' && value === '0 GiB') values[name] = '10 GiB';
    else if (choices) values[name] = choices.find((choice) => choice !== value) ?? value;
    else if (required) values[name] = 'example';
  }
  return values;
}

// An add-on is planned with Dask, which has a front end and workers, where it is for that; else with the first recipe that it extends.
describe.each(builtIn.list())('the plan of $id', ({ id, extends: parents }) => {
  const parent = parents.find((each) => each === 'dask') ?? parents[0];
  const recipe = parent === undefined ? builtIn.recipe(id) : builtIn.recipe(parent, [id]);

  it('is the one that was agreed on', async () => {
    const usual = describePlan(planDeployment(planningInput(recipe)));
    const other = describePlan(planDeployment(planningInput(recipe, otherwise(recipe.detail.inputs))));
    const sites = recipe.detail.sets.length > 1 ? describePlan(planDeployment(apart(planningInput(recipe)))) : undefined;
    await expect(
      `With the defaults\n=================\n${usual}\nWith everything the other way\n=============================\n${other}${
        sites === undefined ? '' : `\nWith a site for each part\n=========================\n${sites}`
      }`,
    ).toMatchFileSnapshot(join(recipes, id, 'plan.golden.txt'));
  });

  it('has no problem with the defaults', () => {
    const required = recipe.detail.inputs.filter((input) => input.required).map(({ name }) => `inputs.${name}`);
    const { problems } = planDeployment(planningInput(recipe));
    expect(problems.filter(({ field }) => !required.includes(field ?? ''))).toEqual([]);
  });

  it('waits only for what it makes, and in no circle', () => {
    const { resources } = planDeployment(planningInput(recipe));
    const made = new Set<string>();
    for (let pass = 0; pass < resources.length && made.size < resources.length; pass += 1)
      for (const { key, dependsOn } of resources) if (dependsOn.every((other) => made.has(other))) made.add(key);
    expect([...made].toSorted()).toEqual(resources.map(({ key }) => key).toSorted());
  });
});
