import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryTemplate } from './look';

const folders = [resolve('recipes')];
const ofOurs = (id: string) => readFileSync(resolve('recipes', id, 'recipe.yaml'), 'utf8');
const machine = (more: string) => `tosca_definitions_version: tosca_simple_yaml_1_3
metadata:
  template_name: mine
  display_name: Mine
  images: debian 12
imports:
  - transat: ../types/transat.yaml
topology_template:
  node_templates:
    machine:
      type: transat.nodes.Node
      metadata: {label: Machines}
      capabilities: {host: {properties: {num_cpus: 3, mem_size: 5 GiB}}}
${more}`;

describe('a template of our dialect', () => {
  it('has its form, its machines, ports and steps, though nobody gave its scripts', () => {
    const { recipe, plan, problems, unread } = tryTemplate({ given: { text: ofOurs('dask') }, folders });
    expect(problems).toEqual([]);
    expect(recipe).toMatchObject({ id: 'dask-tried', name: 'Dask cluster', notes: [] });
    expect(unread).toContain('dask-tried/scripts/dask.sh');
    expect(plan).toMatchObject({ problems: [], totals: { nodes: 3 } });
    expect(plan?.nodes.map(({ hostname, steps }) => [hostname, steps.at(-1)?.title])).toEqual([
      ['dask-scheduler', 'Prove that tasks run on all workers'],
      ['dask-worker-1', 'Join the cluster'],
      ['dask-worker-2', 'Join the cluster'],
    ]);
    for (const { steps } of plan?.nodes ?? []) expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    expect(plan?.ports).toContainEqual({
      group: 'scheduler',
      protocol: 'tcp',
      ports: '8786',
      from: '0.0.0.0/0',
      why: 'scheduler of Scheduler',
    });
  });
  it.each(['monitoring', 'oscar-pair'])('%s is tried with what it is for, or is made of', (id) => {
    const { problems, plan } = tryTemplate({ given: { text: ofOurs(id) }, folders });
    expect([problems, plan?.problems]).toEqual([[], []]);
  });
  it('finds machines of any size', () =>
    expect(tryTemplate({ given: { text: machine('') }, folders }).plan).toMatchObject({
      problems: [],
      totals: { vcpus: 3, ramMiB: 5120 },
    }));
});

describe('what is wrong', () => {
  it.each([
    ['a word', 'nothing', 'tried.yaml', 1],
    ['a type that is not there', machine('    other: {type: transat.nodes.Nothing}\n'), 'mine/recipe.yaml', 14],
    ['broken YAML', `${machine('')}   [`, 'mine/recipe.yaml', 14],
  ])('is told with its place: %s', (_name, text, path, line) => {
    const trial = tryTemplate({ given: { text }, folders });
    expect(trial).toMatchObject({ recipe: null, plan: null });
    expect(trial.problems[0]).toMatchObject({ path: expect.stringContaining(path), line });
  });
  it('leaves nothing behind', () => {
    tryTemplate({ given: { text: machine('') }, folders });
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('transat-trial-'))).toEqual([]);
  });
});

it.each(['http://169.254.169.254/latest/meta-data', 'https://example.org/recipe.yaml', 'file:///etc/passwd'])(
  'fetches nothing: %s',
  (url) => {
    const { recipe, problems } = tryTemplate({ given: { url }, folders });
    expect(recipe).toBeNull();
    expect(problems[0]?.message).toBe(`${url} is not read from the web, and the catalogue's folder has no copy of it.`);
  },
);
