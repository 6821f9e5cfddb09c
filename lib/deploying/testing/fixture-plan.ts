import { planned } from '@/lib/planning/fixtures/planned';
import type { Plan, PlannedNode, ResourceSpec, Totals } from '@/lib/planning/types';

const totals: Totals = {
  nodes: 0,
  vcpus: 0,
  ramMiB: 0,
  diskGiB: 0,
  volumes: 0,
  volumeGiB: 0,
  floatingIps: 0,
  networks: 0,
  routers: 0,
  ports: 0,
  securityGroups: 0,
  seconds: 60,
};

/** A plan of one front-end with a floating IP and a volume, and some workers, all at one site, with one step each. */
export function clusterPlan(workers: number, site = 'lab'): Plan {
  const keys = ['front', ...Array.from({ length: workers }, (_, index) => `worker-${index + 1}`)];
  const at = (key: string, spec: ResourceSpec, dependsOn: string[] = []) => planned(key, spec, { site, dependsOn });
  const rule = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22, cidr: '0.0.0.0/0', why: 'SSH' } as const;
  const shared = [
    at('keyPair', { kind: 'keyPair' }),
    at('network', { kind: 'network' }),
    at('subnet', { kind: 'subnet', network: 'network', cidr: '10.0.0.0/24', dnsServers: [] }, ['network']),
    at('router', { kind: 'router', externalNetworkId: 'ext', subnet: 'subnet' }, ['subnet']),
    at('securityGroup', { kind: 'securityGroup', rules: [rule, { ...rule, fromPort: 1, toPort: 65535, cidr: undefined, self: true }] }),
    at('volume', { kind: 'volume', sizeGiB: 1 }),
    at('floatingIp-front', { kind: 'floatingIp', externalNetworkId: 'ext', port: 'port-front' }, ['port-front', 'router']),
  ];
  const ofNode = keys.flatMap((key, index) => {
    const volumes = index === 0 ? ['volume'] : [];
    const needs = [`port-${key}`, 'keyPair', ...volumes];
    const alternatives = [{ flavorId: 'other' }, { availabilityZone: 'two' }];
    return [
      at(
        `port-${key}`,
        { kind: 'port', network: { key: 'network' }, subnet: 'subnet', fixedIp: `10.0.0.${index + 10}`, securityGroups: ['securityGroup'] },
        ['subnet', 'securityGroup'],
      ),
      at(
        `server-${key}`,
        { kind: 'server', node: key, flavorId: 'f', imageId: 'i', ports: [`port-${key}`], volumes, keyPair: 'keyPair', alternatives },
        needs,
      ),
    ];
  });
  const nodes = keys.map(
    (key, index): PlannedNode => ({
      key,
      hostname: key,
      group: index === 0 ? 'front' : 'workers',
      index,
      site,
      server: `server-${key}`,
      port: `port-${key}`,
      floatingIp: index === 0 ? 'floatingIp-front' : undefined,
      loginUser: 'debian',
      via: index === 0 ? undefined : 'front',
      bareMetal: false,
      mounts: [],
      firewall: [],
      steps: [
        {
          name: 'set-up',
          title: 'Set up',
          script: 'true',
          env: { KEY: { secret: 'password' } },
          downloads: [],
          timeoutSeconds: 60,
          attempts: 1,
        },
      ],
    }),
  );
  const output = { label: '', kind: 'text' } as const;
  return {
    recipe: { id: 'cluster', version: '1', name: 'Cluster', addOns: [] },
    resources: [...shared, ...ofNode],
    nodes,
    outputs: [
      { ...output, name: 'address', secret: false, value: { address: 'public', node: 'front' } },
      { ...output, name: 'password', secret: true, value: { secret: 'password' } },
      { ...output, name: 'told', secret: false, value: { stepOutput: 'told', node: 'front' } },
    ],
    leases: [],
    secrets: [{ name: 'password', generate: 'password' }],
    totals,
    siteTotals: {},
    problems: [],
  };
}

type LeaseSpec = Extract<Plan['resources'][number]['spec'], { kind: 'lease' }>;

/** One worker on hardware of its own, by a lease that is made on the way, or as is said otherwise. */
export function onLease(start: 'now' | string, end: string, more: Partial<LeaseSpec> = {}): Plan {
  const plan = clusterPlan(1);
  const lease = {
    ...plan.resources[0],
    key: 'lease-workers',
    kind: 'lease',
    summary: 'lease',
    spec: { kind: 'lease', start, end, hosts: 1, ...more },
  };
  const resources = plan.resources.map((resource) =>
    resource.key === 'server-worker-1' && resource.spec.kind === 'server'
      ? { ...resource, spec: { ...resource.spec, lease: lease.key, alternatives: [] }, dependsOn: [...resource.dependsOn, lease.key] }
      : resource,
  );
  const nodes = plan.nodes.map((node) => (node.key === 'worker-1' ? { ...node, bareMetal: true } : node));
  return {
    ...plan,
    nodes,
    resources: [lease as Plan['resources'][number], ...resources],
    leases: [{ site: 'lab', lease: lease.key, end }],
  };
}
