import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { type Catalog, loadCatalog } from '../catalog';

const types = resolve(import.meta.dirname, '../../../recipes/types');
let root: string;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const recipe = (id: string, nodes: string, metadata = '') =>
  write(
    `${id}/recipe.yaml`,
    `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {template_name: ${id}, display_name: The ${id}, template_version: 1.0${metadata}}
imports: [{transat: ../types/transat.yaml}]
topology_template:
  node_templates:
${nodes}`,
  );
const machine = (disks = '') => `    machine: {type: transat.nodes.Node, requirements: [${disks}]}\n`;
const server = (name: string, port: string) =>
  `    ${name}: {type: transat.nodes.Software, requirements: [{host: machine}], capabilities: {endpoint: {properties: {ports: {web: {${port}}}}}}}\n`;
const disk = (name: string) => `    ${name}: {type: tosca.nodes.BlockStorage, properties: {size: 1 GiB}}\n`;
const at = (name: string, path: string) =>
  `{local_storage: {node: ${name}, relationship: {type: tosca.relationships.AttachesTo, properties: {location: ${path}}}}}`;

const said = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.title;
    throw error;
  }
};
const opened = (): Catalog => loadCatalog([root]);

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'together-')), 'recipes');
  cpSync(types, join(root, 'types'), { recursive: true });
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

describe('what can’t be on one machine twice', () => {
  it('a port of two servers is refused, with both places', () => {
    recipe('base', machine() + server('web', 'source: 8080'));
    recipe('other', server('app', 'source: 8080'), ', extends: base');
    expect(
      opened()
        .problems('other')
        .map(({ path, line, message }) => `${path}:${line} ${message}`),
    ).toEqual(['recipes/other/recipe.yaml:6 app takes port 8080/tcp of machine, and so does web in recipes/base/recipe.yaml, line 7.']);
  });

  it.each([
    ['of another protocol', 'source: 8080, protocol: udp'],
    ['of another number', 'source: 8081'],
  ])('a port %s is another', (_, port) => {
    recipe('base', machine() + server('web', 'source: 8080'));
    recipe('other', server('app', port), ', extends: base');
    expect(opened().broken()).toEqual([]);
  });

  it('a path of two disks is refused', () => {
    recipe('base', machine(`${at('a', '/data')}, ${at('b', '/data')}`) + disk('a') + disk('b'));
    expect(opened().broken()[0]?.message).toMatch(
      /b takes the path \/data of machine, and so does a in recipes\/base\/recipe.yaml, line 6/,
    );
    recipe('base', machine(`${at('a', '/data')}, ${at('b', '/more')}`) + disk('a') + disk('b'));
    expect(opened().broken()).toEqual([]);
  });
});

describe('add-ons that need each other, or don’t go together', () => {
  beforeEach(() => {
    recipe('base', machine());
    recipe('one', server('one', 'source: 1'), ', extends: base, requires: two');
    recipe('two', server('two', 'source: 2'), ', extends: base');
    recipe('three', server('three', 'source: 3'), ', extends: base, conflicts: two');
  });

  it.each<[string[], string | null]>([
    [['one', 'two'], null],
    [['two', 'one'], null],
    [['one'], 'The add-on "one" needs "two" too.'],
    [['three'], null],
    [['three', 'two'], 'The add-ons "three" and "two" can\'t be chosen together.'],
    [['two', 'three'], 'The add-ons "three" and "two" can\'t be chosen together.'],
  ])('%j', (addOns, message) => expect(said(() => opened().recipe('base', addOns))).toBe(message));
});

describe('an add-on for any recipe', () => {
  it('can be extended, whichever of the two is read first', () => {
    recipe('base', machine());
    recipe('more', server('more', 'source: 3'), ', extends: watched');
    recipe('watched', '    all: {type: transat.nodes.Node, directives: [select]}\n', ', extends: any');
    expect(opened().broken()).toEqual([]);
    expect(said(() => opened().recipe('base', ['watched', 'more']))).toBeNull();
  });
});
