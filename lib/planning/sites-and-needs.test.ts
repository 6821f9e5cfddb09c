import { describe, expect, it, test } from 'vitest';
import type { SiteFacts } from '@/lib/sites/types';
import { bootsFromVolume, flavorShortage, gpuOf, imageSupported, isUsual, left, otherFlavors } from './choose';
import { america, americaFacts, europe, europeFacts } from './fixtures/places';
import { builtIn, planningInput } from './fixtures/plan';
import { matchSite } from './match';
import { formatCidr, holdsRange, overlaps, parseCidr } from './network/cidr';
import { planDeployment } from './plan';
import type { Placement } from './types';
import { references } from './values';

const machine = builtIn.recipe('virtual-machine');
const range = (text: string) => {
  const read = parseCidr(text);
  if (!read) throw new Error(text);
  return read;
};

describe('ranges of addresses', () => {
  test.each([
    ['10.0.0.255/24', { first: 167_772_160, size: 256 }],
    ['0.0.0.0/0', { first: 0, size: 2 ** 32 }],
    ['255.255.255.255', { first: 2 ** 32 - 1, size: 1 }],
    [' 10.0.0.0/32 ', { first: 167_772_160, size: 1 }],
    ['10.0.0.0/33', undefined],
    ['10.0.0.256', undefined],
    ['x10.0.0.0', undefined],
    ['10.0.0.0x', undefined],
    ['1000.0.0.0', undefined],
    ['10.0.0.0/', undefined],
  ])('%s is %j', (text, read) => expect(parseCidr(text)).toEqual(read));

  test.each([
    ['10.0.0.0/24', '10.0.0.0/24', true, true],
    ['10.0.0.0/24', '10.0.0.128/25', true, true],
    ['10.0.0.128/25', '10.0.0.0/24', true, false],
    ['10.0.0.0/24', '10.0.1.0/24', false, false],
    ['10.0.1.0/24', '10.0.0.0/24', false, false],
    ['10.0.0.0/25', '10.0.0.127', true, true],
    ['10.0.0.0/25', '10.0.0.128', false, false],
  ])('%s and %s: overlap %s, the first holds the second %s', (a, b, over, holds) => {
    expect([overlaps(range(a), range(b)), overlaps(range(b), range(a)), holdsRange(range(a), range(b))]).toEqual([over, over, holds]);
  });

  test('are written as they are read', () => {
    expect(formatCidr(range('10.1.2.3/20'))).toBe('10.1.0.0/20');
  });
});

describe('what a flavor lacks', () => {
  const flavor = { id: 'f', name: 'f', vcpus: 2, ramMiB: 2048, diskGiB: 10, bareMetal: false };
  const needs = { vcpus: 2, ramMiB: 2048, diskGiB: 10, gpus: 0 };
  test.each([
    [{}, {}, false, null],
    [{ vcpus: 3 }, {}, false, '2 of the 3 CPUs needed'],
    [{ ramMiB: 4096 }, {}, false, '2 GiB of the 4 GiB of memory needed'],
    [{ diskGiB: 11 }, {}, true, '10 of the 11 GiB of disk needed'],
    [{}, { diskGiB: 0 }, false, 'no disk of its own, and the site has no volumes to boot from'],
    [{}, { diskGiB: 0 }, true, null],
    [{ diskGiB: 0 }, { diskGiB: 0 }, false, null],
    [{}, { diskGiB: 0, bareMetal: true }, true, '0 of the 10 GiB of disk needed'],
    [{ gpus: 1 }, {}, false, '0 of the 1 GPUs needed'],
    [{ gpus: 2 }, { gpus: 1 }, false, '1 of the 2 GPUs needed'],
    [{ gpus: 2 }, { gpus: 2 }, false, null],
  ])('needs %j of a flavor %j (volumes: %s): %s', (need, has, volumes, shortage) => {
    expect(flavorShortage({ ...needs, ...need }, { ...flavor, ...has }, volumes)).toBe(shortage);
  });

  test.each([
    [0, false, true],
    [0, true, false],
    [1, false, false],
  ])('a disk of %d GiB, bare metal %s: it boots from a volume, %s', (diskGiB, bareMetal, volume) =>
    expect(bootsFromVolume({ ...flavor, diskGiB, bareMetal })).toBe(volume),
  );

  test.each<[string, object, boolean]>([
    ['as large', {}, true],
    ['twice as large', { vcpus: 4, ramMiB: 4096 }, true],
    ['of more than twice the CPUs', { vcpus: 5 }, false],
    ['of more than twice the memory', { ramMiB: 4097 }, false],
    ['too small', { vcpus: 1 }, false],
    ['of graphics processors', { gpus: 1 }, false],
    ['of other processors', { architecture: 'aarch64' }, false],
    ['of bare metal', { bareMetal: true }, false],
    ['given out by lease', { leased: true }, false],
    ['without a disk', { diskGiB: 0 }, false],
    ['the same', { id: 'f' }, false],
  ])('another flavor that is %s is tried in its place: %s', (_, about, tried) => {
    const other = { ...flavor, id: 'o', name: 'o', ...about };
    expect(otherFlavors(flavor, needs, [flavor, other])).toEqual(tried ? [other] : []);
  });

  test('two others are tried, the smallest first', () => {
    const others = [4, 3, 2].map((vcpus) => ({ ...flavor, id: `o${vcpus}`, vcpus }));
    expect(otherFlavors(flavor, needs, others).map(({ id }) => id)).toEqual(['o2', 'o3']);
  });
});

describe('what is told of machines', () => {
  test.each([
    [undefined, true],
    ['x86_64', true],
    ['amd64', true],
    ['aarch64', false],
    ['not-amd64', false],
    ['amd64v3', false],
  ])('recipes run on processors called %s: %s', (architecture, usual) => expect(isUsual(architecture)).toBe(usual));

  test.each([
    ['m1.small', 0, '', undefined],
    ['m1.gpu', 1, '', 'nvidia'],
    ['m1.vGPU', 1, '', 'vgpu'],
    ['baremetal', 0, 'gpu_rtx_6000', 'nvidia'],
    ['baremetal', 0, 'gpu_mi100', 'amd'],
    ['g.mi210', 1, '', 'amd'],
    ['amd.gpu', 1, '', 'amd'],
    ['baremetal', 0, 'compute_gpu_x', undefined],
  ])('the graphics processors of %s (%d) of %s are %s', (name, gpus, nodeType, kind) => expect(gpuOf({ name, gpus }, nodeType)).toBe(kind));

  test.each([
    [{ limit: 10, used: 4 }, 6],
    [{ limit: 4, used: 10 }, 0],
    [{ limit: 0, used: 0 }, 0],
    [{ limit: -1, used: 4 }, Number.POSITIVE_INFINITY],
    [{ limit: null, used: 4 }, Number.POSITIVE_INFINITY],
  ])('of the quota %j is left %d', (quota, rest) => expect(left(quota)).toBe(rest));

  const [image] = europeFacts.images;
  test.each([
    ['9.4', '9', true],
    ['9', '9', true],
    ['9', '', true],
    ['94', '9', false],
    [undefined, '9', false],
    [undefined, '', true],
  ])('an image of the version %s is a %s: %s', (version, meant, is) => {
    if (!image) throw new Error('no image');
    expect(imageSupported([{ distro: 'rocky', version: meant }], { ...image, distro: 'rocky', version })).toBe(is);
    expect(imageSupported([{ distro: 'debian', version: meant }], { ...image, distro: 'rocky', version })).toBe(false);
  });

  it('an image runs everything where the recipe names no system, as long as its own is known', () => {
    if (!image) throw new Error('no image');
    expect([imageSupported([], image), imageSupported([], { ...image, distro: undefined })]).toEqual([true, false]);
  });
});

test('the references of a value are all that is not known yet', () => {
  const secret = { secret: 's' };
  const address = { address: 'public', node: 'n' } as const;
  const nested = { concat: ['a', secret, { join: [address, 'b', { concat: [secret] }], separator: ',' }] };
  expect([...references(nested)]).toEqual([secret, address, secret]);
  expect([...references('a')]).toEqual([]);
});

const at = (
  site: 'europe' | 'america',
  inputs: Record<string, unknown>,
  about: Partial<Placement> = {},
  facts: Partial<SiteFacts> = {},
) => {
  const input = planningInput(machine, inputs as Parameters<typeof planningInput>[1], site, about);
  const all = {
    'europe/research': { ...europeFacts, ...(site === 'europe' && facts) },
    'america/research': { ...americaFacts, ...(site === 'america' && facts) },
  };
  return planDeployment({ ...input, facts: all });
};
const saidOf = (plan: ReturnType<typeof at>) => plan.problems.map(({ field, detail }) => `${field}: ${detail}`);

describe('a disk beside a machine', () => {
  it('is none where its size is 0', () => {
    const plan = at('europe', { volume_size: '0 GiB', mount_path: '/data' });
    expect([plan.totals.volumes, plan.nodes[0]?.mounts]).toEqual([0, []]);
  });

  it('needs a site with volumes, and is named with the input that asks for it', () => {
    expect(saidOf(at('america', { volume_size: '5 GiB' }))).toContain(
      'inputs.volume_size: America offers no volumes, and Machines needs one of 5 GiB.'.replace('Machines', machine.groups[0]?.label ?? ''),
    );
    expect(saidOf(at('america', {})).filter((text) => text.includes('volumes'))).toEqual([]);
  });

  it.each([
    ['/data/../x', false],
    ['/data/.hidden', false],
    ['/data//x', false],
    ['/data/x_y-z.1', true],
  ])('is mounted at %s: %s', (path, may) => {
    const plan = at('europe', { volume_size: '5 GiB', mount_path: path });
    expect(plan.problems.length === 0).toBe(may);
    for (const { field } of plan.problems) expect(field).toBe('inputs.mount_path');
  });

  it('has the type that was chosen, which the site must have', () => {
    const typeOf = (plan: ReturnType<typeof at>) => plan.resources.flatMap(({ spec }) => (spec.kind === 'volume' ? [spec.type] : []));
    const asked = (volumeType: string, volumeTypes = ['ceph']) => at('europe', { volume_size: '5 GiB' }, { volumeType }, { volumeTypes });
    expect([typeOf(asked('ceph')), saidOf(asked('ceph'))]).toEqual([['ceph'], []]);
    expect(saidOf(asked('fast'))).toEqual(['placement.machine.volumeType: Europe has no volumes of the type "fast".']);
    expect(saidOf(asked('fast', []))).toEqual([]);
  });
});

describe('the network of a group', () => {
  const there = europeFacts.networks.map((network) => ({ ...network, shared: true }));

  it('is one that is there by its id or its name', () => {
    for (const network of ['net-shared', 'shared'])
      expect(at('europe', {}, { network }).resources.find(({ kind }) => kind === 'port')?.spec).toMatchObject({
        network: { id: 'net-shared' },
      });
  });

  it('must be there', () => {
    expect(saidOf(at('europe', {}, { network: 'gone' }))).toEqual([
      'placement.machine.network: Europe has no network "gone" for this project.',
    ]);
    expect(saidOf(at('europe', {}, { pool: 'gone' }))).toEqual([
      'placement.machine.pool: Europe has no pool of public addresses "gone" for this project.',
    ]);
    expect(saidOf(at('europe', {}, { router: 'gone' }))).toEqual([
      'placement.machine.router: Europe has no router "gone" for this project that leads out.',
    ]);
  });

  it('leads out, where machines are to have public addresses', () => {
    const inside = europeFacts.networks.filter(({ external }) => !external);
    const label = machine.groups[0]?.label;
    expect(saidOf(at('europe', {}, {}, { networks: inside }))).toEqual([
      `placement.machine.site: Europe offers this project no network with public addresses, which ${label} needs.`,
    ]);
    const without = { ...europe, features: { ...europe.features, floatingIps: false } };
    const input = planningInput(machine);
    const planned = (networks: SiteFacts['networks']) =>
      planDeployment({ ...input, sites: { europe: without }, facts: { 'europe/research': { ...europeFacts, networks } } });
    expect(planned(there).problems).toEqual([]);
    expect(planned(europeFacts.networks).problems.map(({ code }) => code)).toEqual(['network-not-found']);
  });
});

describe('who may come in by SSH', () => {
  it('is said once, however many groups it stands for, and names what to change', () => {
    const plan = planDeployment({ ...planningInput(machine, { allowed_cidr: '198.51.100.0/24', machine_count: 2 }), sshOnly: ['europe'] });
    expect(plan.problems).toMatchObject([
      {
        severity: 'warning',
        field: 'inputs.allowed_cidr',
        detail: 'SSH is let in from these addresses only, and Transat may not come from one of them.',
        cause: 'The nodes at Europe cannot reach Transat, so that it sets them up over SSH.',
      },
    ]);
  });

  it.each([
    ['22', true],
    ['20-30', true],
    ['23', false],
    ['20-21', false],
    ['22/udp', false],
  ])('is what a person opens beside: %s', (port, open) => {
    const plan = planDeployment(planningInput(machine, { ports: [port], ports_cidr: '192.0.2.0/24', allowed_cidr: '198.51.100.0/24' }));
    const rules = plan.resources.flatMap(({ spec }) => (spec.kind === 'securityGroup' ? spec.rules : []));
    const ssh = rules.filter(
      ({ cidr, protocol, fromPort = 0, toPort = 0 }) => cidr === '192.0.2.0/24' && protocol === 'tcp' && fromPort <= 22 && toPort >= 22,
    );
    expect(ssh.length > 0).toBe(open);
  });
});

describe('whether a recipe fits at a site', () => {
  const slurm = builtIn.recipe('slurm');

  it('is told with what it takes, what is left, and how much of it', () => {
    const match = matchSite(machine, {}, europe, europeFacts);
    expect(match).toMatchObject({ fits: true, choices: { machine: { flavor: 'flavor-tiny' } }, headroom: { cores: 55, instances: 37 } });
    expect(match.reasons).toEqual([{ good: true, text: 'The quota suffices for 1 node (1 CPU, 512 MiB of memory).' }]);
    expect(match.score).toBeCloseTo(2 / 4);
  });

  it.each<[leaseHosts: SiteFacts['leaseHosts'], reason: object[]]>([
    [{ free: 2, total: 5 } as SiteFacts['leaseHosts'], [{ good: true, text: 'Bare metal needs a lease here: 2 of 5 hosts are free now.' }]],
    [
      { free: 0, total: 5 } as SiteFacts['leaseHosts'],
      [{ good: false, text: 'Bare metal needs a lease here: 0 of 5 hosts are free now.' }],
    ],
    [undefined, []],
  ])('is told with the hosts that are free, where they are leased and it does not: %j', (leaseHosts, reason) => {
    const reasonsOf = (facts: Partial<SiteFacts>, cpus: number) =>
      matchSite(machine, { cpus }, america, { ...americaFacts, leaseHosts, ...facts }).reasons.filter(({ text }) =>
        text.startsWith('Bare metal needs'),
      );
    expect(reasonsOf({}, 40)).toEqual(reason);
    expect(reasonsOf({}, 1)).toEqual([]);
    expect(reasonsOf({ flavors: americaFacts.flavors.filter(({ bareMetal }) => !bareMetal) }, 40)).toEqual([]);
  });

  it('is judged for the groups that go together', () => {
    const pair = builtIn.recipe('oscar-pair');
    expect(Object.keys(matchSite(pair, {}, europe, europeFacts, 'america_workers').choices)).toEqual([
      'america_control_plane',
      'america_control_plane_peers',
      'america_workers',
    ]);
    expect(Object.keys(matchSite(pair, {}, europe, europeFacts).choices)).toHaveLength(6);
  });

  it('names no machine where none will do, and scores nothing', () => {
    const match = matchSite(slurm, {}, europe, { ...europeFacts, flavors: [] });
    expect(match).toMatchObject({ fits: false, score: 0, choices: { controller: { flavor: null, image: null } } });
    expect(match.reasons.every(({ good }) => !good)).toBe(true);
  });
});
