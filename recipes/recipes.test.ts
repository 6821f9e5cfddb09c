import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '@/lib/catalog/catalog';
import { planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';

const folder = import.meta.dirname;
const catalog = loadCatalog([folder]);
const ids = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'recipe.yaml')));

/** Scripts that a recipe runs in the place of others' playbooks alone. */
function inPlaceOfOthers(id: string): string[] {
  const path = join(folder, id, 'stands-for.yaml');
  return existsSync(path) ? [...readFileSync(path, 'utf8').matchAll(/scripts\/([\w-]+\.sh)/g)].map(([, name]) => name ?? '') : [];
}

it('all recipes parse', () => {
  expect(catalog.broken().flatMap(({ id }) => catalog.problems(id))).toEqual([]);
  expect(
    catalog
      .list()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(ids.toSorted());
});

describe.each(catalog.list())('$id', ({ id }) => {
  const recipe = catalog.recipe(id);

  it('says nothing that is not honoured as it is written', () => expect(recipe.detail.notes).toEqual([]));

  it('asks for every input in a tab, with a label and help where its name does not say all', () => {
    for (const input of recipe.detail.inputs) {
      expect(recipe.detail.tabs).toContain(input.tab);
      expect(input.label).not.toBe('');
    }
  });

  it('runs every script that lies in its folder, and tells people what it is', () => {
    const scripts = readdirSync(join(folder, id, 'scripts')).filter((name) => name.endsWith('.sh'));
    const named = [...recipe.template.nodes.values()].flatMap((node) =>
      node.operations.map(({ script }) => script.replace(/^scripts\//, '')),
    );
    expect(scripts.filter((name) => ![...named, ...inPlaceOfOthers(id)].includes(name))).toEqual([]);
    expect(recipe.detail.summary).not.toBe('');
    expect(recipe.detail.readme).toMatch(/^# /);
  });

  it('begins every script with the strict mode of bash', () => {
    for (const { script, name } of recipe.software.flatMap(({ steps }) => steps)) expect(script, name).toMatch(/^set -euo pipefail$/m);
  });

  // On a new machine much is not there yet: what says so is hidden, and the strict mode ends the step for it all the same.
  it('says what is to be when a command whose errors are hidden fails before a pipe', () => {
    const hides = /2>\/dev\/null *\|(?!\|)/;
    const handles = /^ *(?:if|elif|until|while) |\|\|/;
    for (const { script, name } of recipe.software.flatMap(({ steps }) => steps))
      expect(
        script.split('\n').filter((line) => hides.test(line) && !handles.test(line)),
        name,
      ).toEqual([]);
  });

  it('uses every input', () => {
    const text = JSON.stringify(recipe, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
    for (const { name } of recipe.detail.inputs) expect(text).toMatch(new RegExp(`"(?:kind":"(?:input|secret)","name|input)":"${name}"`));
  });
});

// Where several people's programs run on the machines: users, jobs, notebooks, pods.
it.each([
  ['slurm', []],
  ['htcondor', []],
  ['kubernetes', []],
  ['kubernetes', ['jupyterhub-kubernetes']],
  ['oscar', []],
  ['oscar-pair', []],
  ['jupyterhub', []],
  ['dask', []],
  ['mlflow', []],
  ['airflow', []],
  ['galaxy', []],
  ['object-storage', []],
  ['kafka', []],
  ['nifi', []],
])('%s with the add-ons %j keeps the metadata service from all but root before anything else', (id, addOns) => {
  const { nodes } = planDeployment(planningInput(catalog.recipe(id, addOns)));
  const closing = readFileSync(join(folder, 'shared/close-metadata.sh'), 'utf8');
  for (const { key, steps } of nodes) expect(steps[0]?.script, key).toBe(closing);
});
