import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { loadCatalog } from './catalog';

const types = resolve(import.meta.dirname, '../../recipes/types');
let root: string;

const write = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

const recipe = (id: string, topology: string, metadata = '') => `tosca_definitions_version: tosca_simple_yaml_1_3
metadata: {template_name: ${id}, display_name: The ${id}, template_version: 1.0${metadata}}
imports: [{transat: ../types/transat.yaml}]
topology_template:
${topology}`;

const machine = `  node_templates:
    machine:
      type: transat.nodes.Node
      capabilities: {host: {properties: {num_cpus: 1, mem_size: 1 GiB}}}
`;
const software = (script: string) =>
  `${machine}    setup: {type: transat.nodes.Software, requirements: [{host: machine}], interfaces: {Standard: {configure: ${script}}}}\n`;
const anyGroup = (node: string) => recipe('bad', `  node_templates:\n    all: ${node}\n`, ', extends: any');
const many = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('');

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'recipes');
  cpSync(types, join(root, 'types'), { recursive: true });
  write('good/recipe.yaml', recipe('good', machine));
});
afterEach(() => rmSync(dirname(root), { recursive: true }));

// Each: what makes it, what is said of it, where it stands.
const cases: [what: string, make: () => void, message: RegExp, place?: string][] = [
  ['quotes', () => write('bad/recipe.yaml', '"'.repeat(200_000)), /Unexpected double-quoted-scalar/, '1:3'],
  ['brackets', () => write('bad/recipe.yaml', ']'.repeat(200_000)), /Unexpected flow-seq-end/, '1:1'],
  ['open brackets', () => write('bad/recipe.yaml', '['.repeat(200_000)), /nested too deep/],
  ['the same key again and again', () => write('bad/recipe.yaml', 'a: 1\n'.repeat(20_000)), /metadata.display_name is missing/, '1:1'],
  [
    'aliases in thousands',
    () => write('bad/recipe.yaml', `a: &a {x: 1}\nb:\n${many(4000, (index) => `  k${index}: *a\n`)}`),
    /metadata.display_name is missing/,
  ],
  [
    'merges in thousands',
    () => write('bad/recipe.yaml', `a: &a {x: 1}\nb:\n${many(4000, (index) => `  k${index}: {<<: *a}\n`)}`),
    /metadata.display_name is missing/,
  ],
  [
    'merges of merges',
    () => write('bad/recipe.yaml', `a0: &a0 {x: 1}\n${many(60, (i) => `a${i + 1}: &a${i + 1} {p: {<<: *a${i}}, q: {<<: *a${i}}}\n`)}`),
    /more than 50000 values|nested deeper/,
  ],
  ['two documents', () => write('bad/recipe.yaml', '---\na: 1\n---\nb: 1\n'), /one document/, '3:1'],
  ['other bytes than UTF-8', () => write('bad/recipe.yaml', Buffer.from('a: 1\nb: \xe9\n', 'latin1')), /not UTF-8/, '2:1'],
  ['a folder for a file', () => mkdirSync(join(root, 'bad/recipe.yaml'), { recursive: true }), /no regular file/],
  [
    'a pipe for a file',
    () => {
      mkdirSync(join(root, 'bad'));
      execFileSync('mkfifo', [join(root, 'bad/recipe.yaml')]);
    },
    /no regular file/,
  ],
  [
    'a pipe for a script',
    () => {
      write('bad/recipe.yaml', recipe('bad', software('a.sh')));
      execFileSync('mkfifo', [join(root, 'bad/a.sh')]);
    },
    /script a.sh is no regular file/,
  ],
  [
    'a folder for a script',
    () => {
      write('bad/recipe.yaml', recipe('bad', software('a.sh')));
      mkdirSync(join(root, 'bad/a.sh'));
    },
    /script a.sh is no regular file/,
    '9:111',
  ],
  [
    'a script that is not UTF-8',
    () => {
      write('bad/recipe.yaml', recipe('bad', software('a.sh')));
      write('bad/a.sh', Buffer.from([0x65, 0xff]));
    },
    /script a.sh is not UTF-8/,
  ],
  [
    'functions in thousands',
    () => {
      write('bad/recipe.yaml', recipe('bad', software('a.sh')));
      write('bad/a.sh', '. ../shared/large.sh\n'.repeat(12_000));
      write('shared/large.sh', '# x\n'.repeat(60_000));
    },
    /script a.sh with all its functions is larger than 256 KiB/,
    '9:111',
  ],
  [
    'a README that is a link out',
    () => {
      write('bad/recipe.yaml', recipe('bad', machine));
      symlinkSync('/etc/passwd', join(root, 'bad/README.md'));
    },
    /README.md lies outside of the recipe's folder/,
  ],
  [
    'a recipe that is a link out',
    () => {
      mkdirSync(join(root, 'bad'));
      symlinkSync('/etc/passwd', join(root, 'bad/recipe.yaml'));
    },
    /recipe.yaml lies outside/,
  ],
  [
    'a folder that is a link out',
    () => {
      write('../elsewhere/recipe.yaml', recipe('bad', machine));
      symlinkSync(join(root, '../elsewhere'), join(root, 'bad'));
    },
    /is a link that leads out of the catalogue/,
  ],
  ['an add-on of itself', () => write('bad/recipe.yaml', recipe('bad', machine, ', extends: bad')), /not itself/, '2:87'],
  [
    'add-ons of each other',
    () => {
      write('bad/recipe.yaml', recipe('bad', machine, ', extends: worse'));
      write('worse/recipe.yaml', recipe('worse', machine, ', extends: bad'));
    },
    /leads to no recipe/,
  ],
  [
    'an add-on for groups whose role is no text',
    () => write('bad/recipe.yaml', anyGroup('{type: transat.nodes.Node, directives: [select], metadata: {role: [every]}}')),
    /metadata.role: Text is needed here, not a list/,
    '6:70',
  ],
  [
    'directives that are no list',
    () => write('bad/recipe.yaml', anyGroup('{type: transat.nodes.Node, directives: select}')),
    /directives: A list is needed here, not "select"/,
    '6:49',
  ],
  [
    'groups selected by no add-on',
    () => write('bad/recipe.yaml', recipe('bad', `${machine}      directives: [select]\n`)),
    /Of directives only "select" is heeded, and only in an add-on/,
    '9:20',
  ],
  [
    'what is selected on what is selected',
    () =>
      write(
        'bad/recipe.yaml',
        anyGroup('{type: transat.nodes.Node, directives: [select], requirements: [{host: them}]}') +
          '    them: {type: transat.nodes.Node, directives: [select]}\n',
      ),
    /There is no requirement host; there are/,
  ],
  [
    'a name of what is selected that means something else',
    () =>
      write(
        'bad/recipe.yaml',
        recipe('bad', '  node_templates:\n    __proto__: {type: transat.nodes.Node, directives: [select]}\n', ', extends: any'),
      ),
    /"__proto__" can't be used as a name/,
    '6:5',
  ],
  [
    'more software than anybody looks after, on groups of any recipe',
    () =>
      write(
        'bad/recipe.yaml',
        anyGroup('{type: transat.nodes.Node, directives: [select]}') +
          many(501, (index) => `    s${index}: {type: transat.nodes.Software, requirements: [{host: all}]}\n`),
      ),
    /On all the groups that are selected these are 501; there may be 500/,
    '1:1',
  ],
  [
    'more nodes than anybody looks after',
    () =>
      write('bad/recipe.yaml', recipe('bad', `  node_templates:\n${many(501, (index) => `    n${index}: {type: transat.nodes.Node}\n`)}`)),
    /node_templates: These are 501; there may be 500/,
  ],
  [
    'more inputs than anybody fills in',
    () =>
      write(
        'bad/recipe.yaml',
        recipe('bad', `  inputs:\n${many(2001, (index) => `    i${index}: {type: string, default: ""}\n`)}${machine}`),
      ),
    /inputs: These are 2001; there may be 2000/,
  ],
  [
    'types in a long line',
    () =>
      write(
        'bad/recipe.yaml',
        `node_types:\n  t0: {derived_from: tosca.nodes.Compute}\n${many(3000, (i) => `  t${i + 1}: {derived_from: t${i}}\n`)}${recipe(
          'bad',
          many(1, () => '  node_templates:\n    n: {type: t3000}\n'),
        )}`,
      ),
    /derives from more than 32 types/,
  ],
  [
    'properties that name each other',
    () => write('bad/recipe.yaml', recipe('bad', machine.replace('num_cpus: 1', 'num_cpus: {get_property: [SELF, host, num_cpus]}'))),
    /machine.host.num_cpus → machine.host.num_cpus: these are defined by each other/,
    '8:42',
  ],
  [
    'a download for nobody',
    () => {
      write('bad/recipe.yaml', recipe('bad', machine));
      write(
        'bad/downloads.yaml',
        `- {url: "https://example.org/a.tgz", version: 1, sha256: ${'a'.repeat(64)}, sizeBytes: 1, kind: file, for: [nobody]}\n`,
      );
    },
    /is for nobody, which is no group and no software/,
  ],
  [
    'inputs that switch each other',
    () =>
      write(
        'bad/recipe.yaml',
        recipe(
          'bad',
          `  inputs:\n    a: {type: string, default: x}\n    b: {type: string, default: x}\n${machine}`,
          ', inputs: {a: {enabled_by: b=x}, b: {enabled_by: a=x}}',
        ),
      ),
    /a → b → a: these are asked only while the others are/,
  ],
  [
    'a pattern with a look ahead',
    () => write('bad/recipe.yaml', recipe('bad', `  inputs:\n    a: {type: string, constraints: [{pattern: '(?=a)a'}]}\n${machine}`)),
    /The pattern can't be used/,
    '6:47',
  ],
];

it.each(cases)('%s: is said in a moment, and the others stay', async (_, make, message, place) => {
  make();
  const catalog = loadCatalog([root], new ManualClock(new Date('2026-11-21T12:00:00Z')));
  const began = process.cpuUsage();
  const broken = catalog.broken().find(({ id }) => id === 'bad');
  const { user, system } = process.cpuUsage(began);
  expect(broken?.message).toMatch(message);
  if (place) expect(`${broken?.line}:${broken?.column}`).toBe(place);
  expect(catalog.list().map(({ id }) => id)).toContain('good');
  // microseconds of this process: what the clock on the wall says on a busy machine proves nothing
  expect(user + system).toBeLessThan(3_000_000);
});

it('properties that double with every step are stopped when they are worked out', () => {
  const doubling = many(
    40,
    (i) =>
      `    n${i + 1}: {type: transat.nodes.Node, properties: {hostname: {concat: [{get_property: [n${i}, hostname]}, {get_property: [n${i}, hostname]}]}}}\n`,
  );
  const topology = `  node_templates:\n    n0: {type: transat.nodes.Node, properties: {hostname: x}}\n${doubling}  outputs:\n    o: {value: {get_property: [n40, hostname]}}\n`;
  write('bad/recipe.yaml', recipe('bad', topology));
  expect(loadCatalog([root]).broken()).toEqual([]);
});

it('reading a catalogue in slices lets others go first', async () => {
  for (let index = 0; index < 20; index += 1) write(`r${index}/recipe.yaml`, recipe(`r${index}`, machine));
  const catalog = loadCatalog([root]);
  let turns = 0;
  let isDone = false;
  const others = (async () => {
    while (!isDone) {
      turns += 1;
      await new Promise((next) => setImmediate(next));
    }
  })();
  await catalog.settled();
  isDone = true;
  await others;
  expect(catalog.list()).toHaveLength(21);
  expect(turns).toBeGreaterThan(20);
});
