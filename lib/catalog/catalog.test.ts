import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { type Catalog, loadCatalog } from './catalog';

const types = resolve(import.meta.dirname, '../../recipes/types');
let root: string;
let clock: ManualClock;
let catalog: Catalog;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const recipe = (id: string, topology: string, metadata = '') => `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {template_name: ${id}, display_name: The ${id}, template_version: 1.0, images: "ubuntu 24.04, debian 12"${metadata}}
imports: [{transat: ../types/transat.yaml}]
topology_template:
${topology}`;

const machine = `  inputs:
    count: {type: integer, default: 2, constraints: [{in_range: [1, 4]}]}
    extra: {type: boolean, default: false}
  node_templates:
    machine:
      type: transat.nodes.Node
      capabilities:
        scalable: {properties: {count: {get_input: count}}}
        host: {properties: {num_cpus: 2, mem_size: 1 GiB, disk_size: 5 GB}}
        endpoint: {properties: {network_name: PUBLIC, ports: {web: {source: 80}}}}
    setup:
      type: transat.nodes.Software
      requirements: [{host: machine}]
      interfaces: {Standard: {configure: scripts/setup.sh}}
`;

// A recipe that is right, for tests that break it.
const good = () => {
  write('base/recipe.yaml', recipe('base', machine, ', tabs: {Size: [count]}'));
  write('base/scripts/setup.sh', 'echo hello\n');
};

const later = async () => {
  clock.advance(5000);
  catalog.list();
  await catalog.settled();
  return catalog;
};

const problem = () => catalog.broken().map(({ id, path, line, message }) => `${id} ${path}:${line} ${message}`)[0];

function thrown(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'catalog-')), 'recipes');
  cpSync(types, join(root, 'types'), { recursive: true });
  clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
  catalog = loadCatalog([root], clock);
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

describe('the catalogue', () => {
  it('lists recipes and shows what one asks for', async () => {
    good();
    expect(catalog.broken()).toEqual([]);
    expect(catalog.list()).toMatchObject([{ id: 'base', name: 'The base', version: '1.0', kind: 'recipe' }]);
    const detail = catalog.detail('base');
    expect(detail.tabs).toEqual(['Size', 'Advanced']);
    expect(detail.inputs.map(({ name, tab, widget }) => [name, tab, widget])).toEqual([
      ['count', 'Size', 'number'],
      ['extra', 'Advanced', 'toggle'],
    ]);
    expect(detail.groups).toMatchObject([
      { name: 'machine', countInput: 'count', count: 2, minVcpus: 2, minRamMiB: 1024, minDiskGiB: 5, publicAddress: true },
    ]);
    expect(catalog.recipe('base').software[0]?.steps[0]).toMatchObject({ name: 'setup.configure', script: 'echo hello\n', attempts: 1 });
  });

  it('reads what an add-on does to what stands: what it does not say is the worst, and what is no effect is refused', async () => {
    good();
    const software = '  node_templates: {machine: {type: transat.nodes.Node}}\n';
    write('more/recipe.yaml', recipe('more', software, ', extends: base, coming: reload'));
    expect(catalog.recipe('base', ['more']).addOnEffects).toEqual({ more: { coming: 'reload', going: 'data-lost' } });
    write('more/recipe.yaml', recipe('more', software, ', extends: base, going: gently'));
    expect((await later()).broken()).toMatchObject([{ id: 'more', message: expect.stringContaining('It is one of none, reload') }]);
  });

  it('reads a script that several recipes share', () => {
    write('base/recipe.yaml', recipe('base', machine.replace('scripts/setup.sh', '../shared/close.sh')));
    write('shared/close.sh', 'echo closed\n');
    expect(catalog.recipe('base').software[0]?.steps[0]?.script).toBe('echo closed\n');
    expect(catalog.list().map(({ id }) => id)).toEqual(['base']);
  });

  it('lists what does not parse with line and column, and goes on', async () => {
    good();
    write('typo/recipe.yaml', recipe('typo', '  node_templates:\n    machine: {type: transat.nodes.Noode}\n'));
    write('syntax/recipe.yaml', 'a: [1\nb: 2\n');
    expect(catalog.list().map(({ id }) => id)).toEqual(['base']);
    expect(catalog.broken()).toMatchObject([
      { id: 'syntax', path: 'recipes/syntax/recipe.yaml', line: 2 },
      {
        id: 'typo',
        path: 'recipes/typo/recipe.yaml',
        line: 6,
        column: 21,
        message: expect.stringMatching(/There is no type transat.nodes.Noode/),
      },
    ]);
    expect(thrown(() => catalog.detail('typo'))).toMatchObject({
      code: 'recipe-invalid',
      detail: expect.stringContaining('recipes/typo/recipe.yaml:6:21'),
    });
    expect(thrown(() => catalog.detail('nothing'))).toMatchObject({ code: 'not-found' });
  });

  it('reads changed files again, and not more often than it must', async () => {
    good();
    expect(catalog.list()).toHaveLength(1);
    write('other/recipe.yaml', recipe('other', machine.replaceAll('scripts/setup.sh', 'a.sh')));
    write('other/a.sh', 'true\n');
    expect(catalog.list()).toHaveLength(1);
    expect((await later()).list()).toHaveLength(2);
    rmSync(join(root, 'other', 'a.sh'));
    expect((await later()).broken()).toMatchObject([{ id: 'other', message: expect.stringContaining('There is no script a.sh') }]);
    expect(catalog.list()).toHaveLength(1);
  });

  it('refuses a second recipe of the same name', async () => {
    good();
    const second = join(dirname(root), 'operator');
    cpSync(join(root, 'base'), join(second, 'base'), { recursive: true });
    const both = loadCatalog([root, second], clock);
    expect(both.list()).toHaveLength(1);
    expect(both.broken()).toMatchObject([
      { path: 'operator/base/recipe.yaml', message: 'There is already a recipe "base" in the catalogue.' },
    ]);
  });

  it('lets an operator’s recipes import the built-in types', async () => {
    const folder = join(dirname(root), 'operator');
    write('../operator/own/recipe.yaml', recipe('own', machine));
    write('../operator/own/scripts/setup.sh', 'true\n');
    expect(loadCatalog([root, folder], clock).list()).toMatchObject([{ id: 'own' }]);
  });
});

describe('a hostile recipe', () => {
  it.each([
    '../../../etc/passwd',
    '/etc/passwd',
    'scripts/../../x.sh',
    'scripts/$(id).sh',
    '.sh/..',
    'http://example.org/a.sh',
    'setup.py',
    '../setup.sh',
    '../shared/../../setup.sh',
    '../shared/',
  ])('can’t name the script %s', (script) => {
    write('base/recipe.yaml', recipe('base', machine.replace('scripts/setup.sh', `"${script}"`)));
    expect(problem()).toMatch(/is not the path of a shell script|is not read from the web/);
  });

  it('can’t reach a file through a link among the shared scripts', () => {
    good();
    write('../secret.sh', 'secret\n');
    write('shared/other.sh', 'echo other\n');
    symlinkSync(join(root, '../secret.sh'), join(root, 'shared/close.sh'));
    write('base/recipe.yaml', recipe('base', machine.replace('scripts/setup.sh', '../shared/close.sh')));
    expect(problem()).toMatch(/lies outside/);
  });

  it('can’t reach a file through a link', async () => {
    good();
    write('../secret.sh', 'secret\n');
    rmSync(join(root, 'base/scripts/setup.sh'));
    symlinkSync(join(root, '../secret.sh'), join(root, 'base/scripts/setup.sh'));
    expect(problem()).toMatch(/lies outside of the recipe's folder/);
  });

  it('can’t import from elsewhere', async () => {
    good();
    write('../elsewhere.yaml', 'node_types: {}\n');
    for (const target of ['../../elsewhere.yaml', '/etc/passwd', 'https://example.org/types.yaml']) {
      write('base/recipe.yaml', recipe('base', machine).replace('../types/transat.yaml', target));
      const said = target.startsWith('https:') ? 'is not read from the web' : "is no file of the catalogue's folder.";
      expect((await later()).broken()[0]?.message).toContain(`${target} ${said}`);
    }
  });

  it('can’t have a default secret, a wrong name or reserved variables', async () => {
    const broken = async (topology: string, metadata = '') => {
      write('base/recipe.yaml', recipe('base', topology, metadata));
      write('base/scripts/setup.sh', 'true\n');
      return (await later()).broken()[0]?.message;
    };
    const withInput = (text: string) => machine.replace('  inputs:\n', `  inputs:\n    ${text}\n`);
    expect(await broken(withInput('admin_password: {type: string, default: changeme}'))).toMatch(/A secret never has a default/);
    expect(await broken(withInput('key: {type: string, default: x}'), ', inputs: {key: {generated: munge}}')).toMatch(
      /A secret never has a default/,
    );
    expect(await broken(machine, ', inputs: {nothing: {label: x}}')).toMatch(/There is no such input/);
    expect(await broken(machine, ', inputs: {count: {lable: x}}')).toMatch(/"lable" is not known here/);
    expect(await broken(machine, ', inputs: {count: {enabled_by: nothing=true}}')).toMatch(/There is no input nothing/);
    expect(await broken(machine, ', inputs: {count: {generated: magic}}')).toMatch(/can't be generated/);
    expect(await broken(machine, ', tabs: {A: [count], B: [count]}')).toMatch(/is in two tabs/);
    const steps = (inputs: string) =>
      machine.replace('configure: scripts/setup.sh', `configure: {implementation: scripts/setup.sh, inputs: ${inputs}}`);
    expect(await broken(steps('{PATH: x}'))).toMatch(/PATH is set by Transat/);
    expect(await broken(steps('{"a;b": x}'))).toMatch(/capital letters/);
    expect(await broken(steps('{A: {get_attribute: [setup, outputs, x]}}'))).toMatch(/can't be a step's input/);
    expect(await broken(machine.replace('count: {get_input: count}', 'count: {get_attribute: [machine, count]}'))).toMatch(
      /must be known when the deployment is planned/,
    );
  });
});

describe('add-ons', () => {
  const addOn = async (topology: string, metadata = '') => {
    good();
    write('more/recipe.yaml', recipe('more', topology, `, extends: base${metadata}`));
    write('more/extra.sh', 'echo extra\n');
    return later();
  };
  const software = `  node_templates:
    machine: {capabilities: {endpoint: {properties: {ports: {more: {source: 8080}}}}}}
    extra:
      type: transat.nodes.Software
      requirements: [{host: machine}, {dependency: setup}]
      interfaces: {Standard: {configure: extra.sh}}
`;

  it('add to the recipe that they extend', async () => {
    await addOn(software, ', tabs: {More: [extra]}');
    expect(catalog.broken()).toEqual([]);
    expect(catalog.list()).toMatchObject([{ id: 'base' }, { id: 'more', kind: 'add-on', extends: ['base'] }]);
    const composed = catalog.recipe('base', ['more']);
    expect(composed.software.map(({ name }) => name)).toEqual(['setup', 'extra']);
    expect(composed.software[1]?.steps[0]?.script).toBe('echo extra\n');
    expect(composed.detail.tabs).toEqual(['Size', 'More']);
    expect(catalog.recipe('base').software).toHaveLength(1);
    expect(catalog.detail('more')).toMatchObject({ id: 'more', kind: 'add-on' });
  });

  it('may say otherwise than their recipe, which is told with both places', async () => {
    await addOn('  inputs:\n    count: {type: integer, default: 3, constraints: [{in_range: [1, 4]}]}\n');
    expect(catalog.broken()).toEqual([]);
    const { inputs, notes } = catalog.detail('base', ['more']);
    expect(inputs.find(({ name }) => name === 'count')?.default).toBe(3);
    expect(notes).toMatchObject([
      {
        path: 'recipes/more/recipe.yaml',
        line: 6,
        message: 'topology_template.inputs.count.default is said here in the place of recipes/base/recipe.yaml, line 6.',
      },
    ]);
  });

  it('are broken where they make another thing of what the recipe has', async () => {
    await addOn('  node_templates:\n    machine: {type: transat.nodes.Software}\n');
    expect(problem()).toMatch(
      /^more recipes\/more\/recipe.yaml:\d+ topology_template.node_templates.machine.type is defined here and otherwise in recipes\/base\/recipe.yaml, line \d+/,
    );
  });

  it('may repeat a definition', async () => {
    await addOn('  inputs:\n    count: {type: integer, default: 2, constraints: [{in_range: [1, 4]}]}\n');
    expect(catalog.broken()).toEqual([]);
  });

  it.each([
    ['says nothing', undefined, ['ubuntu 24.04', 'debian 12']],
    ['supports one of them', 'debian 12', ['debian 12']],
    ['supports both, and others', 'debian 12, rocky 9, ubuntu 24.04', ['ubuntu 24.04', 'debian 12']],
    ['supports another version and another system', 'ubuntu 22.04, rocky 12', []],
  ])('leave the systems that both support: the add-on %s', async (_, images, left) => {
    good();
    const text = recipe('more', software, ', extends: base');
    write('more/recipe.yaml', text.replace(', images: "ubuntu 24.04, debian 12"', images === undefined ? '' : `, images: "${images}"`));
    write('more/extra.sh', 'echo extra\n');
    await later();
    const supported = (addOns: string[]) =>
      catalog.recipe('base', addOns).detail.groups[0]?.supportedImages.map(({ distro, version }) => `${distro} ${version}`);
    expect(supported(['more'])).toEqual(left);
    expect(supported([])).toEqual(['ubuntu 24.04', 'debian 12']);
  });

  it('are broken without their recipe, and refused with another', async () => {
    good();
    write('lost/recipe.yaml', recipe('lost', '  node_templates: {}\n', ', extends: gone'));
    expect(problem()).toMatch(/It extends gone, and that leads to no recipe of the catalogue/);
    expect(thrown(() => catalog.recipe('base', ['nothing']))).toMatchObject({ code: 'invalid-input', fields: [{ path: 'addOns' }] });
  });
});

describe('a recipe on top of another', () => {
  const topmost = (topology: string) => recipe('top', topology, ', base: base, tabs: {More: [words]}');

  it('holds all of it, with its own name, and other defaults where it likes', async () => {
    good();
    write(
      'top/recipe.yaml',
      topmost(`  inputs:
    count: {default: 3}
    words: {type: string, default: hello}
  node_templates:
    machine: {capabilities: {endpoint: {properties: {ports: {more: {source: 81}}}}}}
    top:
      type: transat.nodes.Software
      requirements: [{host: machine}, {dependency: setup}]
      interfaces: {Standard: {configure: scripts/top.sh}}
`),
    );
    write('top/scripts/top.sh', 'echo on top\n');
    expect((await later()).broken()).toEqual([]);
    const { detail, software } = catalog.recipe('top');
    expect(detail).toMatchObject({ id: 'top', name: 'The top', kind: 'recipe', extends: [], tabs: ['More', 'Size', 'Advanced'] });
    expect(detail.inputs.find(({ name }) => name === 'count')).toMatchObject({ default: 3, constraints: [{ in_range: [1, 4] }] });
    expect(software.flatMap(({ steps }) => steps.map(({ script }) => script)).toSorted()).toEqual(['echo hello\n', 'echo on top\n']);
    expect(catalog.detail('base').inputs.find(({ name }) => name === 'count')).toMatchObject({ default: 2 });
  });

  it('is broken where it defines something else under a name of the base, or has none', async () => {
    good();
    write('top/recipe.yaml', topmost('  inputs: {count: {type: string}}\n'));
    await later();
    expect(problem()).toContain('topology_template.inputs.count.type is defined here and otherwise in recipes/base/recipe.yaml');
    rmSync(join(root, 'base'), { recursive: true });
    await later();
    expect(problem()).toContain('top recipes/top/recipe.yaml:1 Its base, base, is no recipe that stands alone.');
  });
});
