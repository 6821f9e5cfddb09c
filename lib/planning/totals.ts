import type { Quota } from '@/lib/sites/types';
import { left } from './choose';
import type { Draft, SiteProject } from './draft';
import { problem } from './problems';
import { secondsOf } from './servers';
import type { ResourceKind, Totals } from './types';
import { memoryWords } from './words';

/** seconds until networks, ports and addresses are there */
const preparationSeconds = 20;

/** What the plan makes at one place, or in all. */
export function totalsOf(draft: Draft, place?: SiteProject): Totals {
  const groups = draft.groups.filter((group) => !place || group.place === place);
  const resources = draft.resources.filter((resource) => !place || resource.site === place.site.id);
  const count = (kind: ResourceKind) => resources.filter((resource) => resource.kind === kind).length;
  const sum = (part: 'vcpus' | 'ramMiB' | 'diskGiB') => groups.reduce((total, group) => total + group.flavor[part] * group.nodes.length, 0);
  return {
    nodes: groups.reduce((total, group) => total + group.nodes.length, 0),
    vcpus: sum('vcpus'),
    ramMiB: sum('ramMiB'),
    diskGiB: sum('diskGiB'),
    volumes: count('volume'),
    volumeGiB: resources.reduce((total, { spec }) => total + (spec.kind === 'volume' ? spec.sizeGiB : 0), 0),
    floatingIps: count('floatingIp'),
    networks: count('network'),
    subnets: count('subnet'),
    routers: count('router'),
    // an interface of each router; and of each subnet the port of what gives out its addresses
    ports: count('port') + count('router') + count('subnet'),
    securityGroups: count('securityGroup'),
    securityGroupRules:
      count('securityRule') + resources.reduce((total, { spec }) => total + (spec.kind === 'securityGroup' ? rulesIn(spec) : 0), 0),
    keyPairs: count('keyPair'),
    seconds: groups.length === 0 ? 0 : preparationSeconds + Math.max(...groups.map((group) => secondsOf(draft, group))),
  };
}

// Neutron puts one for going out into every new group, of IPv4 and of IPv6.
const rulesOfTheSite = 2;
const rulesIn = ({ rules }: { rules: readonly unknown[] }): number => rules.length + rulesOfTheSite;

/** What is left of each quota when the plan is carried out; null where there is no limit, negative where it is too small. */
export type Headroom = Partial<Record<keyof Quotas, number | null>>;
type Quotas = SiteProject['facts']['quotas'];

/** Compares what the plan needs at a place with the project's quotas. What a site does not tell is left out. */
export function headroomOf(draft: Draft, place: SiteProject): Headroom {
  const needs = quotaNeeds(draft, place);
  const rest = ([name, quota]: [string, Quota | undefined]): [string, number | null][] => {
    const need = needs[name as keyof Quotas]; // the keys of quotas
    if (!quota || need === undefined) return [];
    return [[name, left(quota) === Number.POSITIVE_INFINITY ? null : left(quota) - need]];
  };
  return Object.fromEntries(Object.entries(place.facts.quotas).flatMap(rest));
}

const quotaWords: Record<keyof Quotas, string> = {
  cores: 'CPUs',
  ramMiB: 'memory',
  instances: 'servers',
  floatingIps: 'floating IPs',
  networks: 'networks',
  subnets: 'subnets',
  routers: 'routers',
  ports: 'ports',
  securityGroups: 'security groups',
  securityGroupRules: 'security group rules',
  keyPairs: 'key pairs',
  volumes: 'volumes',
  volumeGiB: 'GiB of volumes',
};

/** Notes each quota that is too small for the plan, with the numbers. */
export function checkQuotas(draft: Draft, place: SiteProject): void {
  const needs = quotaNeeds(draft, place);
  const group = draft.groups.find((each) => each.place === place);
  for (const [name, rest] of Object.entries(headroomOf(draft, place))) {
    const key = name as keyof Quotas; // the keys of Headroom are those of Quotas
    const { limit = null, used = 0 } = place.facts.quotas[key] ?? {};
    if (limit === null || rest === null || rest >= 0) continue;
    const words = quotaWords[key];
    const said = key === 'ramMiB' ? memoryWords : String;
    draft.problems.push(
      problem(
        'quota-exceeded',
        `This needs ${said(needs[key])} ${words} at ${place.site.name}; ${said(left({ limit, used }))} of the project’s ${said(limit)} are left (${said(used)} used).`,
        {
          field: group ? `placement.${group.template.name}.site` : undefined,
          remedy: `Ask for less, free some ${words}, choose another site, or ask its operators for a larger quota.`,
        },
      ),
    );
  }
}

function quotaNeeds(draft: Draft, place: SiteProject): Record<keyof Required<Quotas>, number> {
  const totals = totalsOf(draft, place);
  // bare metal is counted by its reservation, not in cores and memory
  const virtual = draft.groups.filter((group) => group.place === place && !group.bareMetal);
  const sum = (part: 'vcpus' | 'ramMiB') => virtual.reduce((total, group) => total + group.flavor[part] * group.nodes.length, 0);
  return {
    cores: sum('vcpus'),
    ramMiB: sum('ramMiB'),
    instances: totals.nodes,
    floatingIps: totals.floatingIps,
    networks: totals.networks,
    subnets: totals.subnets ?? 0,
    routers: totals.routers,
    ports: totals.ports,
    securityGroups: totals.securityGroups,
    securityGroupRules: totals.securityGroupRules ?? 0,
    keyPairs: totals.keyPairs ?? 0,
    volumes: totals.volumes,
    volumeGiB: totals.volumeGiB,
  };
}
