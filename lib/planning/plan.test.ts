import { describe, expect, it } from 'vitest';
import type { SiteFacts } from '@/lib/sites/types';
import type { PlanningInput } from './draft';
import { america, americaFacts, europe, europeFacts } from './fixtures/places';
import { builtIn, planningInput } from './fixtures/plan';
import { matchSite } from './match';
import { planDeployment } from './plan';
import type { Plan, ResourceSpec } from './types';

const slurm = builtIn.recipe('slurm');
const machine = builtIn.recipe('virtual-machine');

const spec = <K extends ResourceSpec['kind']>(plan: Plan, key: string, kind: K) => {
  const found = plan.resources.find((resource) => resource.key === key)?.spec;
  if (found?.kind !== kind) throw new Error(`The plan has no ${kind} ${key}.`);
  return found as ResourceSpec & { kind: K }; // its kind was compared just above
};
const problems = (input: PlanningInput) =>
  planDeployment(input).problems.map(({ code, field, detail }) => `${code} ${field ?? '-'}: ${detail}`);
const withFacts = (input: PlanningInput, facts: Partial<SiteFacts>): PlanningInput => ({
  ...input,
  facts: { 'europe/research': { ...europeFacts, ...facts } },
});

describe('planDeployment', () => {
  it('is pure', () => {
    const input = planningInput(slurm);
    const before = JSON.stringify(input.request);
    expect(planDeployment(input)).toEqual(planDeployment(input));
    expect(JSON.stringify(input.request)).toBe(before);
  });

  it('keeps addresses, keys and host names of nodes when a group grows', () => {
    const ports = (count: number) => {
      const plan = planDeployment(planningInput(slurm, { worker_count: count }));
      return plan.nodes.map((node) => [node.key, node.hostname, spec(plan, node.port, 'port').fixedIp]);
    };
    expect(ports(5).slice(0, 3)).toEqual(ports(2));
  });

  it('gives public addresses to the groups that need them only', () => {
    const plan = planDeployment(planningInput(slurm));
    const [controller, worker] = plan.nodes;
    expect(controller).toMatchObject({ key: 'controller', floatingIp: 'fip-controller', loginUser: 'ubuntu' });
    expect(worker).toMatchObject({ key: 'workers-1', via: 'controller' });
    expect(worker?.floatingIp).toBeUndefined();
    expect(plan.totals.floatingIps).toBe(1);
  });

  it('never holds a secret', () => {
    const [name] = slurm.detail.inputs.filter(({ generated }) => generated).map((input) => input.name);
    // as long as a key of Munge
    const secret = 'TheVerySecretValue'.repeat(3);
    const plan = planDeployment(planningInput(slurm, { [name ?? '']: secret }));
    expect(JSON.stringify(plan)).not.toContain(secret);
    expect(plan.secrets).toContainEqual(expect.objectContaining({ name, given: true }));
  });

  it('leaves SSH open to Transat where the recipe restricts it', () => {
    const input = planningInput(machine, { allowed_cidr: '198.51.100.0/24' });
    const ssh = (about: Partial<PlanningInput>) =>
      spec(planDeployment({ ...input, ...about }), 'sg-machine', 'securityGroup')
        .rules.filter(({ fromPort }) => fromPort === 22)
        .map(({ cidr }) => cidr);
    expect(ssh({})).toEqual(['198.51.100.0/24', expect.stringMatching(/^10\./)]);
    expect(ssh({ ownAddresses: ['203.0.113.9', '192.0.2.0/28'] })).toEqual([
      '198.51.100.0/24',
      '203.0.113.9/32',
      '192.0.2.0/28',
      expect.stringMatching(/^10\./),
    ]);
    expect(ssh({ ownAddresses: ['198.51.100.9'] })).toHaveLength(2);
  });

  it('warns where the recipe may shut out Transat, which must get in', () => {
    const problems = (allowed_cidr: string, about: Partial<PlanningInput>) =>
      planDeployment({ ...planningInput(machine, { allowed_cidr }), ...about }).problems;
    const warning = expect.objectContaining({ severity: 'warning', field: 'inputs.allowed_cidr' });
    expect(problems('198.51.100.0/24', { sshOnly: ['europe'] })).toContainEqual(warning);
    expect(problems('198.51.100.0/24', { sshOnly: ['america'] })).not.toContainEqual(warning);
    expect(problems('198.51.100.0/24', { sshOnly: ['europe'], ownAddresses: ['203.0.113.9'] })).not.toContainEqual(warning);
    expect(problems('0.0.0.0/0', { sshOnly: ['europe'] })).not.toContainEqual(warning);
  });

  it('opens the ports that a person asks for', () => {
    const plan = planDeployment(planningInput(machine, { ports: ['80', '9000-9010/udp'], ports_cidr: '192.0.2.0/24' }));
    expect(spec(plan, 'sg-machine', 'securityGroup').rules).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ protocol: 'tcp', fromPort: 80, toPort: 80, cidr: '192.0.2.0/24' }),
        expect.objectContaining({ protocol: 'udp', fromPort: 9000, toPort: 9010, cidr: '192.0.2.0/24' }),
      ]),
    );
  });

  it('uses an existing network where one is named', () => {
    const plan = planDeployment(planningInput(machine, {}, 'europe', { network: 'net-shared' }));
    expect(spec(plan, 'port-machine-1', 'port')).toMatchObject({ network: { id: 'net-shared' } });
    expect(plan.totals).toMatchObject({ networks: 0, routers: 0, floatingIps: 1 });
    const direct = planDeployment(planningInput(machine, {}, 'europe', { network: 'public' }));
    expect(direct.totals.floatingIps).toBe(0);
    expect(JSON.stringify(direct.outputs)).not.toContain('"address":"public"');
  });

  it('connects nodes to a public network where there are no floating IPs', () => {
    const site = { ...europe, features: { ...europe.features, floatingIps: false } };
    const networks = europeFacts.networks.map((network) => ({ ...network, shared: true }));
    const plan = planDeployment({ ...withFacts(planningInput(machine), { networks }), sites: { europe: site } });
    expect(plan.problems).toEqual([]);
    expect(spec(plan, 'port-machine-1', 'port').network).toEqual({ id: 'net-public' });
  });

  it('puts volumes on nodes and mounts them', () => {
    const plan = planDeployment(planningInput(machine, { volume_size: '1.5 GiB', mount_path: '/data/x' }));
    expect(spec(plan, 'volume-machine-1-1', 'volume').sizeGiB).toBe(2);
    expect(spec(plan, 'server-machine-1', 'server').volumes).toEqual(['volume-machine-1-1']);
    expect(plan.nodes[0]?.mounts).toEqual([{ volume: 'volume-machine-1-1', path: '/data/x' }]);
  });
});

describe('a plan on bare metal', () => {
  const input = {
    ...planningInput(machine, {}, 'america', { lease: 'lease-1' }),
    reservations: { 'lease-1': { id: 'reservation-1', start: '2030-01-01T00:00:00Z', end: '2030-01-02T00:00:00Z', count: 1 } },
  };

  it('boots on the reservation, on the site’s network, with the node’s own firewall', () => {
    const plan = planDeployment(input);
    expect(plan.problems).toEqual([]);
    expect(spec(plan, 'server-machine-1', 'server')).toMatchObject({
      flavorId: 'flavor-baremetal',
      lease: 'lease-machine',
      alternatives: [],
    });
    expect(spec(plan, 'lease-machine', 'lease')).toMatchObject({ hosts: 1, held: { id: 'lease-1', reservation: 'reservation-1' } });
    expect(plan.resources.find(({ key }) => key === 'server-machine-1')?.dependsOn).toContain('lease-machine');
    expect(spec(plan, 'port-machine-1', 'port')).toMatchObject({ network: { id: 'net-sharednet1' }, securityGroups: [] });
    expect(plan.nodes[0]).toMatchObject({ bareMetal: true, loginUser: 'cc' });
    expect(plan.nodes[0]?.firewall).toContainEqual(expect.objectContaining({ fromPort: 22, cidr: '0.0.0.0/0' }));
    expect(plan.totals).toMatchObject({ networks: 0, securityGroups: 0, floatingIps: 1 });
  });

  it('has security groups as well where the site has them for it', () => {
    const site = { ...america, features: { ...america.features, securityGroups: true } };
    const plan = planDeployment({ ...input, sites: { america: site } });
    expect(spec(plan, 'port-machine-1', 'port').securityGroups).toEqual(['sg-machine']);
    expect(plan.nodes[0]?.firewall).toContainEqual(expect.objectContaining({ fromPort: 22 }));
  });

  it('has none on a network whose ports take none, and opens the node’s own firewall there', () => {
    const site = { ...america, features: { ...america.features, securityGroups: true } };
    const networks = americaFacts.networks.map((network) => ({ ...network, portSecurity: network.name !== 'sharednet1' }));
    const facts = { ...input.facts, 'america/research': { ...americaFacts, networks } };
    const plan = planDeployment({ ...input, sites: { america: site }, facts });
    expect(plan.problems).toEqual([]);
    expect(spec(plan, 'port-machine-1', 'port').securityGroups).toEqual([]);
    expect(plan.totals.securityGroups).toBe(0);
    expect(plan.nodes[0]?.firewall).toContainEqual(expect.objectContaining({ fromPort: 22 }));
  });

  it('takes the flavor of the site’s hosts that is asked for by name, which says nothing of their size', () => {
    const flavors = americaFacts.flavors.map((flavor) => (flavor.bareMetal ? { ...flavor, vcpus: 1, ramMiB: 1, diskGiB: 1 } : flavor));
    const facts = { ...input.facts, 'america/research': { ...americaFacts, flavors } };
    const placement = Object.fromEntries(
      Object.entries(input.request.placement).map(([group, placed]) => [group, { ...placed, flavor: 'baremetal' }]),
    );
    expect(planDeployment({ ...input, facts, request: { ...input.request, placement } }).problems).toEqual([]);
  });

  it('says when the lease under it ends', () => {
    expect(planDeployment(input).leases).toEqual([{ site: 'america', lease: 'lease-1', end: '2030-01-02T00:00:00Z' }]);
  });

  describe('on a lease that is made on the way', () => {
    const wish = { start: '2030-01-01T00:00:00.000Z', end: '2030-01-02T00:00:00.000Z', nodeType: 'compute_skylake' };
    const with_ = (newLease: Partial<typeof wish>) => planningInput(machine, {}, 'america', { newLease: { ...wish, ...newLease } });

    it('makes it for as many hosts as the group has nodes, before its servers', () => {
      const plan = planDeployment(with_({}));
      expect(plan.problems).toEqual([]);
      expect(spec(plan, 'lease-machine', 'lease')).toEqual({ kind: 'lease', ...wish, hosts: 1 });
      expect(plan.resources.find(({ key }) => key === 'lease-machine')?.summary).toBe(
        '1 host of compute_skylake, from 2030-01-01 00:00 UTC until 2030-01-02 00:00 UTC',
      );
      expect(plan.resources.find(({ key }) => key === 'server-machine-1')?.dependsOn).toContain('lease-machine');
      const server = spec(plan, 'server-machine-1', 'server');
      expect(server).toMatchObject({ lease: 'lease-machine', flavorId: 'flavor-baremetal' });
      expect(server).not.toHaveProperty('reservationId');
      expect(plan.leases).toEqual([{ site: 'america', lease: 'lease-machine', end: wish.end }]);
    });

    it('boots what has drivers for the graphics processors of its hosts, and else what has none', () => {
      const [plain] = americaFacts.images;
      if (!plain) throw new Error('no images');
      const newer = { ...plain, version: '24.04', createdAt: '2026-12-01T00:00:00Z' };
      const images = [
        ...americaFacts.images,
        { ...newer, id: 'cuda', name: 'CC-Ubuntu24.04-CUDA', gpu: 'nvidia' as const },
        { ...newer, id: 'rocm', name: 'CC-Ubuntu24.04-ROCm', gpu: 'amd' as const },
      ];
      const booted = (nodeType: string) => {
        const base = with_({ nodeType });
        const facts = Object.fromEntries(Object.entries(base.facts).map(([key, each]) => [key, { ...each, images }]));
        return spec(planDeployment({ ...base, facts }), 'server-machine-1', 'server').imageId;
      };
      expect([booted('gpu_rtx_6000'), booted('gpu_mi100')]).toEqual(['cuda', 'rocm']);
      expect(['cuda', 'rocm']).not.toContain(booted('compute_skylake'));
    });

    it.each([
      [
        'hosts with other processors',
        { nodeType: 'compute_arm64' },
        'newLease.nodeType: Hosts of compute_arm64 have processors of another kind than recipes run on (x86_64).',
      ],
      ['an end before the start', { end: '2029-12-31T00:00:00.000Z' }, 'newLease.end: The lease ends before it begins.'],
      ['an end at the start', { end: wish.start }, 'newLease.end: The lease ends before it begins.'],
      ['an end that is no moment', { end: 'soon' }, 'newLease.end: The end of the lease is no moment in time.'],
      ['a start that is no moment', { start: 'soon' }, 'newLease.start: The start of the lease is no moment in time.'],
    ])('refuses %s', (_, change, said) => {
      expect(problems(with_(change))).toEqual([`invalid-input placement.machine.${said}`]);
    });
  });

  it('needs a lease that holds a reservation', () => {
    expect(problems({ ...input, reservations: {} })).toEqual([
      expect.stringMatching(/^invalid-input placement.machine.lease: .*holds no reservation/),
    ]);
    const without = planningInput(machine, {}, 'america', { flavor: 'flavor-baremetal' });
    expect(problems(without)).toEqual([expect.stringMatching(/^invalid-input placement.machine.lease: .*only with a lease/)]);
  });
});

describe('a deployment over two sites', () => {
  it('has networks and keys at each', () => {
    const groups = slurm.groups.map((group) => ({ ...group, placementSet: group.name }));
    const input = planningInput({ ...slurm, groups });
    const placement = { ...input.request.placement, workers: { site: 'america', project: 'research', credential: 'c' } };
    const plan = planDeployment({ ...input, request: { ...input.request, placement } });
    const keys = plan.resources.map(({ key, site }) => `${key} ${site}`);
    expect(keys).toEqual(
      expect.arrayContaining(['network-europe europe', 'network-america america', 'key-pair-america america', 'router-europe europe']),
    );
    expect(new Set(plan.resources.filter(({ kind }) => kind === 'subnet').map((resource) => JSON.stringify(resource.spec))).size).toBe(2);
    expect(plan.siteTotals.america?.nodes).toBe(2);
    expect(plan.siteTotals.europe?.nodes).toBe(1);
  });

  it('is refused where groups belong together', () => {
    const input = planningInput(slurm);
    const placement = { ...input.request.placement, workers: { site: 'america', project: 'research', credential: 'c' } };
    expect(problems({ ...input, request: { ...input.request, placement } })).toEqual([
      expect.stringMatching(/^invalid-input placement.workers.site: .*same site as .* \(Europe\)\.$/),
    ]);
  });
});

describe('problems', () => {
  const at = (about: object) => problems(planningInput(machine, {}, 'europe', about));
  it('name the field of the placement', () => {
    expect(at({ site: 'atlantis' })).toEqual(['invalid-input placement.machine.site: There is no site "atlantis".']);
    expect(at({ site: 'constructor' })).toEqual(['invalid-input placement.machine.site: There is no site "constructor".']);
    expect(at({ flavor: 'gone' })).toEqual(['flavor-not-found placement.machine.flavor: Europe has no flavor "gone" for this project.']);
    expect(at({ image: 'gone' })).toEqual([expect.stringMatching(/^image-not-found placement.machine.image/)]);
    expect(at({ image: 'centos-9' })).toEqual([expect.stringMatching(/does not support the image centos-9/)]);
    expect(at({ network: 'gone' })).toEqual([expect.stringMatching(/^network-not-found placement.machine.network/)]);
    expect(at({ project: undefined })).toEqual([expect.stringMatching(/^invalid-input placement.machine.project/)]);
    expect(at({ project: 'elsewhere' })).toEqual([expect.stringMatching(/What Europe offers is not known/)]);
    const small = problems(planningInput(machine, { memory: '4 GiB' }, 'europe', { flavor: 'tiny' }));
    expect(small).toEqual([expect.stringMatching(/The flavor tiny is too small for Machines: it has 512 MiB of the 4 GiB/)]);
  });

  it('name groups that are not there, or not placed', () => {
    const input = planningInput(machine);
    const placed = (placement: PlanningInput['request']['placement']) => problems({ ...input, request: { ...input.request, placement } });
    expect(placed({})).toEqual(['invalid-input placement.machine: It is not said where Machines goes.']);
    expect(placed({ ...input.request.placement, nobody: { site: 'europe' } })).toEqual([
      expect.stringMatching(/^invalid-input placement.nobody: The recipe has no group "nobody"/),
    ]);
    expect(placed(JSON.parse('{"__proto__": {"site": "europe"}}'))).toHaveLength(2);
  });

  it('name inputs, and the plan goes on with their defaults', () => {
    const plan = planDeployment(planningInput(machine, { machine_count: 5000, packages: ['git; rm -rf /'] }));
    expect(plan.problems.map(({ field }) => field)).toEqual(['inputs.machine_count', 'inputs.packages']);
    expect(plan.nodes).toHaveLength(1);
  });

  it('tell each short quota with its numbers', () => {
    const quotas = {
      ...europeFacts.quotas,
      cores: { limit: 10, used: 9 },
      floatingIps: { limit: 0, used: 0 },
      routers: { limit: 1, used: 1 },
    };
    expect(problems(withFacts(planningInput(machine, { machine_count: 2 }), { quotas }))).toEqual([
      'quota-exceeded placement.machine.site: This needs 2 CPUs at Europe; 1 of the project’s 10 are left (9 used).',
      'quota-exceeded placement.machine.site: This needs 2 floating IPs at Europe; 0 of the project’s 0 are left (0 used).',
      'quota-exceeded placement.machine.site: This needs 1 routers at Europe; 0 of the project’s 1 are left (1 used).',
    ]);
  });

  it('say what a site lacks', () => {
    expect(problems(withFacts(planningInput(machine), { networks: [] }))).toEqual([
      expect.stringMatching(/^network-not-found .*no network with public addresses/),
    ]);
    expect(problems(withFacts(planningInput(machine), { images: [] }))).toEqual([
      expect.stringMatching(/^image-not-found .*no image that the recipe supports/),
    ]);
    expect(problems(withFacts(planningInput(machine), { flavors: [] }))).toEqual([
      expect.stringMatching(/^flavor-not-found .*No flavor of Europe has/),
    ]);
    expect(problems(planningInput(machine, { volume_size: '5 GiB' }, 'america'))).toEqual([
      expect.stringMatching(/^invalid-input inputs.volume_size: America offers no volumes/),
      'invalid-input -: America has no security groups.',
      expect.stringMatching(/^quota-exceeded .*volumes/),
      expect.stringMatching(/^quota-exceeded .*GiB of volumes/),
    ]);
    const site = { ...europe, features: { ...europe.features, securityGroups: false } };
    expect(planDeployment({ ...planningInput(machine), sites: { europe: site } }).problems).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('matchSite', () => {
  it('says that a recipe fits, with what it would take', () => {
    expect(matchSite(slurm, {}, europe, europeFacts)).toMatchObject({
      fits: true,
      choices: { controller: { image: 'image-ubuntu-24.04' }, workers: { image: 'image-ubuntu-24.04' } },
      reasons: [{ good: true }],
    });
  });

  it('says why it does not', () => {
    const match = matchSite(slurm, { worker_count: 64 }, europe, europeFacts);
    expect(match.fits).toBe(false);
    expect(match.score).toBe(0);
    expect(match.reasons[0]).toMatchObject({
      good: false,
      text: expect.stringMatching(/This needs 65 .* at Europe/),
      remedy: expect.any(String),
    });
    expect(match.headroom.instances).toBeLessThan(0);
    expect(matchSite(machine, { volume_size: '5 GiB' }, america, americaFacts).reasons[0]?.text).toMatch(/offers no volumes/);
  });

  describe('where flavors are leased', () => {
    const kvm = { ...europe, id: 'kvm', name: 'KVM', rules: { flavorLeases: true } };
    const flavorRoom = { 'flavor-tiny': { total: 24, free: 9 } };
    const at = (facts: Partial<SiteFacts>) => matchSite(machine, {}, kvm, { ...europeFacts, ...facts });
    const small = europeFacts.flavors.find(({ name }) => name === 'small');

    it('says that a lease is needed, of which flavor, and how many are free', () => {
      const { fits, reasons } = at({ flavorRoom });
      expect(fits).toBe(false);
      expect(reasons[0]).toMatchObject({ good: false, remedy: expect.stringContaining('have one made on the way') });
      expect(reasons[0]?.text).toMatch(
        /^KVM gives machines out by lease only: a lease of 1 tiny is needed for .*\. At least 9 of 24 .* are free now\.$/,
      );
      expect(at({}).reasons[0]?.text).toMatch(/a lease of 1 tiny is needed for \w+\.$/);
    });

    it('takes what a lease gave, and nothing else', () => {
      if (!small) throw new Error('no small flavor');
      const given = { ...small, id: 'r1', name: 'reservation:r1', leased: true };
      const { fits, choices } = at({ flavorRoom, flavors: [...europeFacts.flavors, given] });
      expect([fits, choices.machine?.flavor]).toEqual([true, 'r1']);
      const tiny = { ...given, vcpus: 0 };
      expect(at({ flavorRoom, flavors: [...europeFacts.flavors, tiny] }).fits).toBe(false);
    });

    it('says so, too, of a flavor that was asked for by name, and when none is large enough', () => {
      const input = planningInput(machine, {}, 'europe', { flavor: 'large' });
      const leasing = { ...input, sites: { europe: { ...europe, rules: { flavorLeases: true } } } };
      expect(problems(leasing)[0]).toMatch(/a lease of 1 large is needed for \w+\.$/);
      expect(at({ flavors: [] }).reasons[0]?.text).toMatch(/no flavor that it leases has what/);
    });
  });

  it('prefers the site with more left', () => {
    const rich = {
      ...europeFacts,
      quotas: { ...europeFacts.quotas, floatingIps: { limit: null, used: 0 }, routers: { limit: null, used: 0 } },
    };
    expect(matchSite(slurm, {}, europe, rich).score).toBeGreaterThan(matchSite(slurm, {}, europe, europeFacts).score);
  });
});
