import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from './catalog';
import { recipeFolders } from './source';

const types = resolve(import.meta.dirname, '../../recipes/types');
let root: string;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const recipe = (metadata: string, topology = '') => `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {${metadata}}
imports: [{transat: ../types/transat.yaml}]
topology_template:
  inputs: {size: {type: integer, default: 1}}
  node_templates:
    machine: {type: transat.nodes.Node}
    setup: {type: transat.nodes.Software, requirements: [{host: machine}]}
${topology}`;
const opened = () => loadCatalog([root]);
const broken = () =>
  opened()
    .broken()
    .map(({ path, message }) => `${path} ${message}`);

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'files-')), 'recipes');
  cpSync(types, join(root, 'types'), { recursive: true });
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

describe('the folder of a recipe', () => {
  it.each(['Base', '-base', 'base_two', 'base two', 'b'.repeat(62)])('may not be called %s', (id) => {
    write(`${id}/recipe.yaml`, recipe('display_name: Base'));
    expect(broken()).toEqual([`recipes/${id}/recipe.yaml The folder's name, "${id}", needs lower-case letters, digits and hyphens.`]);
  });

  it.each(['base', '2-base', 'b'.repeat(61)])('may be called %s', (id) => {
    write(`${id}/recipe.yaml`, recipe('display_name: Base'));
    expect(broken()).toEqual([]);
    expect(opened().list()).toMatchObject([
      { id, name: 'Base', version: '0', icon: id, tags: [], summary: '', kind: 'recipe', extends: [] },
    ]);
  });

  it.each([
    [
      'is called otherwise in the file',
      'display_name: B, template_name: other',
      "metadata.template_name: It must be the folder's name, base.",
    ],
    ['has no name for people', 'template_name: base', 'metadata: metadata.display_name is missing.'],
    ['extends itself', 'display_name: B, extends: "other, base"', 'metadata.extends: An add-on extends another recipe, not itself.'],
  ])('makes a broken recipe where it %s', (_, metadata, message) => {
    write('base/recipe.yaml', recipe(metadata));
    expect(broken()[0]).toContain(`recipes/base/recipe.yaml ${message}`);
  });

  it('counts where it holds a recipe.yaml, and not where it is a file or is not there', () => {
    write('base/recipe.yaml', '');
    write('aside/other.yaml', '');
    write('file', '');
    expect(recipeFolders(root)).toEqual([join(root, 'base')]);
    expect(recipeFolders(join(root, 'file'))).toEqual([]);
    expect(recipeFolders(join(root, 'gone'))).toEqual([]);
  });

  it('has a text for its page where there is one, and all downloads that are declared', () => {
    write('base/recipe.yaml', recipe('display_name: Base'));
    expect(opened().detail('base')).toMatchObject({ readme: '', downloads: [] });
    write('base/README.md', '# Base\n');
    expect(opened().detail('base').readme).toBe('# Base\n');
    write('base/downloads.yaml', 'downloads: nothing\n');
    expect(broken()[0]).toContain('recipes/base/downloads.yaml');
  });

  it.each([
    ['a group', 'machine', []],
    ['software', 'setup', []],
    ['nothing', 'gone', ['recipes/base/recipe.yaml downloads.yaml: https://example.org/a is for gone, which is no group and no software.']],
  ])('declares downloads that are for %s', (_, user, said) => {
    write('base/recipe.yaml', recipe('display_name: Base'));
    write(
      'base/downloads.yaml',
      `- url: https://example.org/a\n  version: 1\n  sizeBytes: 1\n  kind: file\n  sha256: ${'a'.repeat(64)}\n  for: [${user}]\n`,
    );
    expect(broken()).toEqual(said);
  });
});

describe('an output', () => {
  const outputs = (text: string, about = '{}') => {
    write('base/recipe.yaml', recipe(`display_name: Base, outputs: ${about}`, `  outputs: {${text}}\n`));
    return opened();
  };
  const only = (text: string, about?: string) => outputs(text, about).detail('base').outputs[0];

  it.each([
    ['the address of a page', '{value: https://example.org}', 'url', false],
    ['such an address in parts', '{value: {concat: ["http://", {get_attribute: [machine, public_address]}]}}', 'url', false],
    ['another text', '{value: see https://example.org}', 'text', false],
    ['an attribute', '{value: {get_attribute: [machine, public_address]}}', 'text', false],
    ['how one signs in', '{value: {get_attribute: [machine, endpoint, credential, 0]}}', 'command', false],
  ])('that is %s is shown as what it is', (_, value, kind, secret) => {
    expect(only(`the_way: ${value}`)).toEqual({ name: 'the_way', label: 'the way', kind, secret });
  });

  it('that is what a playbook’s task said is a secret', () => {
    write('types/more.yaml', 'node_types:\n  own.Node: {derived_from: transat.nodes.Node, attributes: {ansible_output: {type: map}}}\n');
    const said = (path: string) => {
      const text = recipe('display_name: Base', `  outputs: {told: {value: {concat: ["x ", {get_attribute: [machine, ${path}]}]}}}\n`);
      write(
        'base/recipe.yaml',
        text.replace('transat.yaml}]', 'transat.yaml}, {more: ../types/more.yaml}]').replace('transat.nodes.Node', 'own.Node'),
      );
      return opened().detail('base').outputs[0]?.secret;
    };
    expect([said('ansible_output, 0, stdout'), said('public_address')]).toEqual([true, false]);
  });

  it('is called, shown and kept as its metadata says', () => {
    const about = '{way: {label: The way in, kind: command, secret: true}}';
    expect(only('way: {value: x, description: How to get in.}', about)).toEqual({
      name: 'way',
      label: 'The way in',
      description: 'How to get in.',
      kind: 'command',
      secret: true,
    });
  });

  it.each([
    ['{way: {kind: picture}}', 'outputs.way: the kind is one of text, url, command, file, date.'],
    ['{way: {colour: red}}', '"colour" is not known here'],
    ['{other: {label: x}}', 'There is no such output.'],
    ['{way: {enabled_by: gone=1}}', 'There is no input gone.'],
  ])('may not be %s', (about, message) => {
    const said = outputs('way: {value: x}', about).broken();
    expect(said).toMatchObject([{ message: expect.stringContaining(message) }]);
  });
});

it('composes a recipe with the same add-ons once', () => {
  write('base/recipe.yaml', recipe('display_name: Base'));
  write('more/recipe.yaml', recipe('display_name: More, extends: base'));
  const catalog = opened();
  expect(catalog.broken()).toEqual([]);
  expect(catalog.recipe('base')).toBe(catalog.recipe('base'));
  expect(catalog.recipe('base', ['more'])).toBe(catalog.recipe('base', ['more']));
  expect(catalog.recipe('base', ['more'])).not.toBe(catalog.recipe('base'));
});

it('holds another recipe once for each of its parts, with what is each part’s own', () => {
  write('base/recipe.yaml', recipe('display_name: Base'));
  const pair = (own: string) =>
    recipe(`display_name: Pair, copies: {east: {of: base}, west: {of: base, label: The west}}${own}`).replace(
      /topology_template:[\s\S]*/,
      'topology_template: {}\n',
    );
  write('pair/recipe.yaml', pair(', own_inputs: size'));
  expect(broken()).toEqual([]);
  const { groups, detail } = opened().recipe('pair');
  expect(groups.map(({ name, label }) => [name, label])).toEqual([
    ['east_machine', 'east_machine'],
    ['west_machine', 'west_machine'],
  ]);
  expect(detail.inputs.map(({ name }) => name)).toEqual(['east_size', 'west_size']);
  write('pair/recipe.yaml', pair(''));
  expect(
    opened()
      .recipe('pair')
      .detail.inputs.map(({ name }) => name),
  ).toEqual(['size']);
  write('pair/recipe.yaml', pair('').replaceAll('of: base', 'of: gone'));
  expect(broken()).toEqual([expect.stringContaining('What east is a copy of, gone, is no recipe that stands alone.')]);
});

describe('stands-for.yaml beside a recipe', () => {
  it.each([
    ['groups: {machine: {type: other.Type}}', []],
    ['groups: {', [expect.stringMatching(/^recipes\/base\/stands-for.yaml /)]],
    [
      'groups: {machine: {}}',
      ['recipes/base/stands-for.yaml groups.machine: It stands for a type or for a playbook: one of both is named.'],
    ],
  ])('is read with it: %s', (text, faults) => {
    write('base/recipe.yaml', recipe('display_name: Base'));
    write('base/stands-for.yaml', text);
    expect(broken()).toEqual(faults);
  });

  it('has its words in other languages in the recipe’s own', () => {
    write('base/recipe.yaml', recipe('display_name: Base'));
    write('base/stands-for.yaml', 'groups: {machine: {type: other.Type}}\nunheeded: {version: it is what there is.}\n');
    write('base/es.yaml', 'Base: Base\n');
    const notes = () =>
      opened()
        .detail('base')
        .notes.map(({ message }) => message);
    expect(notes()).toContainEqual('It lacks what the recipe says: "it is what there is.".');
    write('base/es.yaml', 'Base: Base\nit is what there is.: es lo que hay.\n');
    expect(notes().filter((message) => message.includes('what there is'))).toEqual([]);
  });
});
