import { describe, expect, it } from 'vitest';
import type { Recipe } from '@/lib/catalog/recipe';
import { Diagnostics } from '@/lib/tosca/cursor';
import { readExpression } from '@/lib/tosca/expression';
import { readYaml } from '@/lib/tosca/read-yaml';
import type { PlanningInput } from './draft';
import { america, europe, europeFacts } from './fixtures/places';
import { apart, builtIn, planningInput } from './fixtures/plan';
import { planDeployment } from './plan';
import { playbookEnv } from './playbooks';
import { softwareOf } from './steps';
import type { PlanProblem } from './types';

const machine = builtIn.recipe('virtual-machine');
const slurm = builtIn.recipe('slurm');
const shores = builtIn.recipe('two-shores');

function expression(text: string) {
  const yaml = readYaml(text, 't.yaml');
  if (!yaml.ok) throw new Error(yaml.diagnostic.message);
  return readExpression(yaml.root, 'x', new Diagnostics());
}
const withGroups = (recipe: Recipe, change: (group: Recipe['groups'][number]) => Partial<Recipe['groups'][number]>): Recipe => ({
  ...recipe,
  groups: recipe.groups.map((group) => ({ ...group, ...change(group) })),
});
const called = (recipe: Recipe, hostname: string) =>
  withGroups(recipe, ({ node }) => ({ node: { ...node, properties: new Map(node.properties).set('hostname', expression(hostname)) } }));
const mounted = (path: string) =>
  withGroups(machine, ({ disks }) => ({ disks: disks.map((disk) => ({ ...disk, location: expression(path) })) }));
/** The virtual machine with another property of its disk. */
function diskWith(name: string, text: string): Recipe {
  const nodes = new Map(machine.template.nodes);
  for (const { disk } of machine.groups.flatMap(({ disks }) => disks)) {
    const node = nodes.get(disk);
    if (node) nodes.set(disk, { ...node, properties: new Map(node.properties).set(name, expression(text)) });
  }
  return { ...machine, template: { ...machine.template, nodes } };
}
const without = (feature: 'securityGroups') => ({ ...europe, features: { ...europe.features, [feature]: false } });
const volume = { volume_size: '1 GiB' };
const leased: Partial<PlanningInput> = {
  reservations: { 'lease-1': { id: 'r', start: '2030-01-01T00:00:00Z', end: '2030-01-02T00:00:00Z', count: 1 } },
};
const inAmerica = { ...planningInput(machine, volume, 'america', { lease: 'lease-1' }), ...leased };
/** Machines in America, on somebody else's network and without a public address, that Europe is to let in. */
function hidden(): PlanningInput {
  const recipe = withGroups(shores, ({ name, node }) =>
    name === 'america' ? { node: { ...node, capabilities: new Map(node.capabilities).set('endpoint', new Map()) } } : {},
  );
  const input = apart(planningInput(recipe));
  const { america: place } = input.request.placement;
  if (!place) throw new Error('The recipe has no part in America.');
  const guarded = { ...america, features: { ...america.features, securityGroups: true } };
  const placement = { ...input.request.placement, america: { ...place, network: 'sharednet1' } };
  return { ...input, sites: { europe, america: guarded }, request: { ...input.request, placement } };
}

const invalid = { severity: 'error', code: 'invalid-input', title: 'This can’t be planned as it was asked for' } as const;
const senseless = { severity: 'error', code: 'recipe-invalid', title: 'The recipe makes no sense with these inputs' } as const;
const tooSmall = { severity: 'error', code: 'quota-exceeded', title: 'The project’s quota is too small' } as const;
const unsure = { severity: 'warning', code: 'quota-exceeded', title: 'Whether the quota suffices is not known' } as const;
const author = 'Tell whoever looks after this recipe.';

describe('what stands against a plan is said whole', () => {
  it.each<[string, PlanningInput, PlanProblem[]]>([
    ['nothing', planningInput(machine, volume), []],
    [
      'no machines',
      planningInput({ ...machine, groups: [] }),
      [
        {
          ...senseless,
          detail: 'Nothing would be made: the recipe has no machines.',
          cause: 'What it describes (containers, functions) is made by other tools on what they have already.',
          remedy: 'Choose a recipe that makes the cluster, and deploy on that.',
        },
      ],
    ],
    [
      'a site without security groups',
      { ...planningInput(slurm), sites: { europe: without('securityGroups') } },
      [
        {
          ...invalid,
          severity: 'warning',
          detail: 'Europe has no security groups.',
          cause: 'What comes in is limited by the firewall that an image runs, where it runs one, and by nothing else.',
          remedy: 'Choose an image that runs a firewall, or another site, where that is not enough.',
        },
      ],
    ],
    [
      'a volume at a site without',
      inAmerica,
      [
        {
          ...invalid,
          detail: 'America offers no volumes, and Machines needs one of 1 GiB.',
          remedy: 'Choose another site, or a size of 0.',
          field: 'inputs.volume_size',
        },
        {
          ...tooSmall,
          detail: 'This needs 1 volumes at America; 0 of the project’s 0 are left (0 used).',
          remedy: 'Ask for less, free some volumes, choose another site, or ask its operators for a larger quota.',
          field: 'placement.machine.site',
        },
        {
          ...tooSmall,
          detail: 'This needs 1 GiB of volumes at America; 0 of the project’s 0 are left (0 used).',
          remedy: 'Ask for less, free some GiB of volumes, choose another site, or ask its operators for a larger quota.',
          field: 'placement.machine.site',
        },
      ],
    ],
    ['a volume of no size there', { ...inAmerica, request: { ...inAmerica.request, inputs: { volume_size: '0 GiB' } } }, []],
    [
      'a place for it that is none',
      planningInput(mounted('data'), volume),
      [
        {
          ...invalid,
          detail: 'A volume can\'t be mounted at "data".',
          remedy: 'Write an absolute path such as /mnt/data.',
          field: 'inputs.volume_size',
        },
      ],
    ],
    [
      'a place that leads out of itself',
      planningInput(mounted('/data/../x'), volume),
      [
        {
          ...invalid,
          detail: 'A volume can\'t be mounted at "/data/../x".',
          remedy: 'Write an absolute path such as /mnt/data.',
          field: 'inputs.volume_size',
        },
      ],
    ],
    [
      'a place that is none, as a person wrote it',
      planningInput(mounted('{ get_input: allowed_cidr }'), { ...volume, allowed_cidr: '198.51.100.0/24' }),
      [
        {
          ...invalid,
          detail: 'A volume can\'t be mounted at "198.51.100.0/24".',
          remedy: 'Write an absolute path such as /mnt/data.',
          field: 'inputs.allowed_cidr',
        },
      ],
    ],
    [
      'a place with a slash at its end',
      planningInput(mounted('/data/'), volume),
      [
        {
          ...invalid,
          detail: 'A volume can\'t be mounted at "/data/".',
          remedy: 'Write an absolute path such as /mnt/data.',
          field: 'inputs.volume_size',
        },
      ],
    ],
    [
      'a volume that is there already',
      planningInput(diskWith('volume_id', 'v-1'), volume),
      [
        {
          ...invalid,
          detail: expect.stringMatching(/^\S+ is to be a volume that is there already; only new volumes are made\.$/),
          remedy: 'Leave it empty.',
        },
      ],
    ],
    [
      'a volume of a snapshot, as a person chose it',
      planningInput(diskWith('snapshot_id', '{ get_input: mount_path }'), volume),
      [
        {
          ...invalid,
          detail: expect.stringMatching(/^\S+ is to be made of a snapshot; only new volumes are made\.$/),
          remedy: 'Leave it empty.',
          field: 'inputs.mount_path',
        },
      ],
    ],
    [
      'a name that is none',
      planningInput(called(machine, 'Not_Good')),
      [
        {
          ...invalid,
          detail: '"Not_Good-1" can\'t be the name of a node.',
          remedy: 'Use up to 63 lower-case letters, digits and hyphens.',
        },
      ],
    ],
    ['names that differ by their number', planningInput(called(slurm, 'same')), []],
    [
      'two of one name',
      planningInput(
        called(
          withGroups(slurm, () => ({ numbered: false })),
          'same',
        ),
        { worker_count: 1 },
      ),
      [{ ...senseless, detail: 'Two nodes are called same.', remedy: author }],
    ],
    [
      'an output of what is not there',
      planningInput({
        ...machine,
        outputs: machine.outputs.slice(0, 1).map((output) => ({
          ...output,
          definition: { ...output.definition, value: expression('{ get_property: [ nowhere, x ] }') },
        })),
      }),
      [{ ...senseless, detail: 'There is no node template nowhere. (recipe, line 1)', remedy: author }],
    ],
    [
      'SSH that Transat may not get in by, once for all groups',
      { ...planningInput(slurm, { allowed_cidr: '198.51.100.0/24' }), sshOnly: ['europe'] },
      [
        {
          ...invalid,
          severity: 'warning',
          detail: 'SSH is let in from these addresses only, and Transat may not come from one of them.',
          cause: 'The nodes at Europe cannot reach Transat, so that it sets them up over SSH.',
          remedy: 'Add the address that Transat comes from; its operator can set it for all as `ownAddresses`.',
          field: 'inputs.allowed_cidr',
        },
      ],
    ],
    [
      'quotas of which nothing is known, or only of old',
      {
        ...planningInput(slurm),
        facts: { 'europe/research': { ...europeFacts, quotas: { cores: { limit: 64, used: 8, since: '2026-01-01T00:00:00Z' } } } },
      },
      [
        {
          ...unsure,
          detail:
            'Europe did not tell these quotas: memory, servers, floating IPs, networks, routers, ports, security groups. Whether they suffice is not known.',
          remedy: 'They are asked for again when you deploy. Where one is too small, the site refuses what is beyond it.',
          field: 'placement.controller.site',
        },
        {
          ...unsure,
          detail: 'Europe does not tell these quotas now: CPUs. The plan is compared with what it told at 2026-01-01T00:00:00Z.',
          remedy: 'They are asked for again when you deploy.',
          field: 'placement.controller.site',
        },
      ],
    ],
    [
      'machines that come out of nobody knows where',
      hidden(),
      [
        {
          ...invalid,
          severity: 'warning',
          detail: 'From which address Machine in America come out of America is not known, so that Machine in Europe do not let them in.',
          cause: 'They have no public addresses of their own, and their network belongs to somebody else.',
          remedy: 'Have a network made for the deployment there, or choose another site.',
          field: 'placement.america.network',
        },
        {
          ...invalid,
          detail: 'Machine in America at America has no public address, and is needed at Europe.',
          remedy: 'Place both at one site, or tell whoever looks after this recipe.',
          field: 'placement.america.site',
        },
      ],
    ],
  ])('%s', (_name, input, problems) => expect(planDeployment(input).problems).toEqual(problems));

  it.each([
    ['1001', undefined],
    ['{ get_input: machine_count }', 'inputs.machine_count'],
  ])('more nodes than can be kept, at the field that says how many: %s', (count, field) => {
    const counted = withGroups(machine, ({ node }) => ({
      node: { ...node, capabilities: new Map(node.capabilities).set('scalable', new Map([['count', expression(count)]])) },
    }));
    const inputs = counted.detail.inputs.map((input) => ({ ...input, constraints: [] }));
    const { problems } = planDeployment(planningInput({ ...counted, detail: { ...counted.detail, inputs } }, { machine_count: 1001 }));
    expect(problems).toContainEqual({
      ...invalid,
      detail: 'With Machines the deployment has more than 1000 nodes.',
      remedy: 'Ask for fewer nodes, or make several deployments.',
      ...(field && { field }),
    });
  });
});

it('each resource says what it stands on, of which group it is and what it is for', () => {
  const { resources } = planDeployment(planningInput(slurm));
  expect(
    resources.map(
      ({ key, dependsOn, group, summary }) => `${key} of ${group ?? 'all'} after ${dependsOn.join(', ') || 'nothing'}: ${summary}`,
    ),
  ).toEqual([
    'network of all after nothing: Network for this deployment at Europe',
    'subnet of all after network: Addresses 10.63.0.0/20',
    'router of all after subnet: Router to public',
    'sg-controller of controller after nothing: Firewall of Controller: 4 rules',
    'port-controller of controller after network, subnet, sg-controller: Address 10.63.0.10 of slurm-controller',
    'fip-controller of controller after port-controller, router: Public address of slurm-controller',
    'sg-workers of workers after nothing: Firewall of Workers: 4 rules',
    'port-workers-1 of workers after network, subnet, sg-workers: Address 10.63.0.11 of slurm-worker-1',
    'port-workers-2 of workers after network, subnet, sg-workers: Address 10.63.0.12 of slurm-worker-2',
    'key-pair of all after nothing: SSH key with which Transat reaches the nodes',
    'server-controller of controller after key-pair, port-controller, router, fip-controller, port-workers-1, port-workers-2: slurm-controller: small (1 CPU, 2 GiB, 20 GiB disk), ubuntu-24.04',
    'server-workers-1 of workers after key-pair, port-workers-1, router, port-controller: slurm-worker-1: small (1 CPU, 2 GiB, 20 GiB disk), ubuntu-24.04',
    'server-workers-2 of workers after key-pair, port-workers-2, router, port-controller: slurm-worker-2: small (1 CPU, 2 GiB, 20 GiB disk), ubuntu-24.04',
  ]);
});

describe('a playbook', () => {
  type Arguments = Parameters<typeof playbookEnv>;
  const envOf = (roles: string[], collections: string[]) => {
    const draft = { groups: [], input: { recipe: { outputs: [], software: [] } } } as unknown as Arguments[0];
    const software = { name: 'a-b', group: 'g', after: [] } as unknown as Arguments[2];
    return playbookEnv(draft, {} as Arguments[1], software, { name: 'n', text: 't', inputs: new Map(), needs: { roles, collections } });
  };
  const needs = (roles: string[], collections: string[] = []) => JSON.parse(String(envOf(roles, collections).REQUIREMENTS));

  it('needs nothing where it names nothing', () => {
    expect(envOf([], [])).toEqual({ PLAYBOOK: 't', PLAYBOOK_NAME: 'n', VARIABLES: '{}', INVENTORY: '{}', DONE_OUTPUT: 'done_a_b' });
    expect(needs(['a']).collections).toEqual([]);
    expect(needs([], ['a']).roles).toEqual([]);
  });

  it.each([
    ['plain', { name: 'plain' }],
    [' plain ', { name: 'plain' }],
    ['geerlingguy.docker, 1.2 ', { name: 'geerlingguy.docker', version: '1.2' }],
    ['git+https://x/y|z', { src: 'https://x/y', scm: 'git', name: 'z' }],
    ['https://x/y.git+z', { src: 'https://x/y.git+z', scm: 'git' }],
    ['git+ssh://x', { src: 'ssh://x', scm: 'git' }],
    ['my.git+https://x', { name: 'my.git+https://x' }],
  ])('needs the role %s', (text, role) => expect(needs([text]).roles).toEqual([role]));

  it.each([
    ['community.general', { name: 'community.general' }],
    ['community.general,8', { name: 'community.general', version: '8' }],
    ['git+https://x/y|z', { name: 'https://x/y', type: 'git' }],
    ['https://x/y', { name: 'https://x/y', type: 'git' }],
    ['https://x/y.git+z', { name: 'https://x/y.git+z', type: 'git' }],
    ['git+ssh://x.git+y', { name: 'ssh://x.git+y', type: 'git' }],
  ])('needs the collection %s', (text, collection) => expect(needs([], [text]).collections).toEqual([collection]));
});

describe('what sees to the work of nodes that leave', () => {
  const [group] = slurm.groups;
  const [first] = slurm.software;
  if (!group || !first) throw new Error('SLURM has no software.');
  const software = [
    { ...first, name: 'always', group: 'controller', after: [], enabledBy: [], forLeaving: undefined },
    { ...first, name: 'drains', group: 'controller', after: [], enabledBy: [], forLeaving: 'workers' },
  ];
  const names = (leaving?: string[]) =>
    softwareOf(
      {
        input: {
          ...planningInput({ ...slurm, software }),
          ...(leaving && {
            leaving: {
              way: 'finish',
              nodes: leaving.map((each) => ({ key: each, group: each, hostname: each })),
            } as PlanningInput['leaving'],
          }),
        },
        values: {},
      },
      'controller',
    ).map(({ name }) => name);

  it.each([
    ['nobody leaves', undefined, ['always']],
    ['one of them leaves', ['workers'], ['always', 'drains']],
    ['one of them leaves, and another', ['others', 'workers'], ['always', 'drains']],
    ['only others leave', ['others'], ['always']],
  ])('runs when %s', (_name, leaving, run) => expect(names(leaving)).toEqual(run));
});
