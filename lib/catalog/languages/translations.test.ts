import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog';

const types = resolve(import.meta.dirname, '../../../recipes/types');
let root: string;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const recipe = (id: string) =>
  write(
    `${id}/recipe.yaml`,
    `tosca_definitions_version: tosca_simple_yaml_1_3
metadata:
  display_name: Base
  tags: basic
  inputs: {mode: {label: Mode}}
imports: [{transat: ../types/transat.yaml}]
topology_template:
  inputs: {mode: {type: string, default: fast, constraints: [{valid_values: [fast, safe]}]}}
  node_templates:
    machine: {type: transat.nodes.Node, metadata: {label: "Machine: the one"}}
`,
  );
const whole = 'Base: Básica\nMode: Modo\n"Machine: the one": "Máquina: la única"\n';
const notes = (id = 'base') =>
  loadCatalog([root])
    .detail(id)
    .notes.map(({ path, line, message }) => `${path}:${line} ${message}`);
const texts = () => loadCatalog([root]).texts('es');

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'translations-')), 'recipes');
  cpSync(types, join(root, 'types'), { recursive: true });
  recipe('base');
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

describe('a recipe', () => {
  it('without another language is as it ever was', () => {
    expect(notes()).toEqual([]);
    expect(texts()).toEqual({});
    expect(loadCatalog([root]).detail('base', [], 'es')).toMatchObject({ readme: '', readmeLanguage: 'en' });
  });

  it('says its labels, and tags and choices where it wants to', () => {
    write('base/es.yaml', `${whole}fast: rápido\nbasic: básico\n`);
    expect(notes()).toEqual([]);
    expect(texts()).toMatchObject({ Mode: 'Modo', 'Machine: the one': 'Máquina: la única', fast: 'rápido', basic: 'básico' });
  });

  it('has the README of the language that is asked for', () => {
    write('base/README.md', '# English');
    write('base/README.es.md', '# Español');
    expect(loadCatalog([root]).detail('base', [], 'es')).toMatchObject({ readme: '# Español', readmeLanguage: 'es' });
    expect(loadCatalog([root]).detail('base')).toMatchObject({ readme: '# English', readmeLanguage: 'en' });
  });
});

describe('what is wrong with another language is a note, and in the way of nothing', () => {
  it.each([
    ['lacks a label', 'Base: Básica\n', 'recipes/base/es.yaml:1 It lacks what the recipe says: "Mode", "Machine: the one".'],
    ['says what the recipe does not', `${whole}Cat: Gato\n`, 'recipes/base/es.yaml:1 The recipe does not say: "Cat".'],
    ['says nothing of one', whole.replace('Modo', '""'), 'recipes/base/es.yaml:2 Mode: It says nothing.'],
    ['says a list', whole.replace('Modo', '[a]'), 'recipes/base/es.yaml:2 Mode: Text is needed here, not a list.'],
    ['is too long', whole.replace('Modo', 'o'.repeat(2001)), 'recipes/base/es.yaml:2 Mode: A text has at most 2000 characters.'],
    ['is no map', 'only words\n', 'recipes/base/es.yaml:1 A map (name: value) is needed here, not "only words".'],
    ['is no YAML', 'a: [\n', expect.stringMatching(/^recipes\/base\/es\.yaml:\d+ /)],
    ['says a word that is a program’s own', `${whole}__proto__: x\n`, expect.stringMatching(/^recipes\/base\/es\.yaml:4 /)],
    ['is too large', `# ${'x'.repeat(64 * 1024)}\n`, 'recipes/base/es.yaml:1 es.yaml is larger than 64 KiB.'],
  ])('where es.yaml %s', (_, text, note) => {
    write('base/es.yaml', text);
    expect(notes()).toContainEqual(note);
    expect(loadCatalog([root]).list()).toMatchObject([{ id: 'base', name: 'Base' }]);
  });

  it('where es.yaml or the README is a folder', () => {
    mkdirSync(join(root, 'base/es.yaml'));
    mkdirSync(join(root, 'base/README.es.md'));
    expect(notes()).toEqual([
      'recipes/base/es.yaml:1 es.yaml is no regular file.',
      'recipes/base/README.es.md:1 README.es.md is no regular file.',
    ]);
  });

  it('where two recipes say one text in two ways: that of the first counts', () => {
    recipe('other');
    write('base/es.yaml', whole);
    write('other/es.yaml', whole.replace('Modo', 'Manera'));
    expect(texts().Mode).toBe('Modo');
    expect(notes('other')).toEqual(['recipes/other/es.yaml:1 "Mode" is "Modo" in the recipe base, and here as well.']);
  });

  it('where all of them together are more than every page should carry: who comes last is left out', () => {
    const long = Array.from({ length: 30 }, (_, index) => `k${index}: ${'ñ'.repeat(1000)}\n`).join('');
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) {
      recipe(id);
      write(`${id}/es.yaml`, long.replaceAll(/^k/gm, id));
    }
    expect(ids.filter((id) => `${id}0` in texts())).toEqual(['a', 'b', 'c', 'd']);
    expect(notes('e')).toContain('recipes/e/es.yaml:1 It is left out: what all recipes say takes more than 256 KiB.');
  });
});
