import type { QuotaName } from '@/lib/sites/types';
import { bootsFromVolume, left } from './choose';
import type { Draft, DraftGroup, SiteProject } from './draft';
import { problem } from './problems';
import { diskOf, secondsOf } from './servers';
import type { ResourceKind, Totals } from './types';
import { memoryWords } from './words';

/** seconds until networks, ports and addresses are there */
const preparationSeconds = 20;

/** What the plan makes at one place, or in all. */
export function totalsOf(draft: Draft, place?: SiteProject): Totals {
  const groups = draft.groups.filter((group) => !place || group.place === place);
  const resources = draft.resources.filter((resource) => !place || resource.site === place.site.id);
  const count = (kind: ResourceKind) => resources.filter((resource) => resource.kind === kind).length;
  const sum = (part: 'vcpus' | 'ramMiB') => groups.reduce((total, group) => total + group.flavor[part] * group.nodes.length, 0);
  const onVolumes = groups.filter(({ flavor }) => bootsFromVolume(flavor));
  const bootDisks = (part: (group: DraftGroup) => number) =>
    onVolumes.reduce((total, group) => total + part(group) * group.nodes.length, 0);
  return {
    nodes: groups.reduce((total, group) => total + group.nodes.length, 0),
    vcpus: sum('vcpus'),
    ramMiB: sum('ramMiB'),
    diskGiB: groups.reduce((total, group) => total + diskOf(group) * group.nodes.length, 0),
    volumes: count('volume') + bootDisks(() => 1),
    volumeGiB: resources.reduce((total, { spec }) => total + (spec.kind === 'volume' ? spec.sizeGiB : 0), bootDisks(diskOf)),
    floatingIps: count('floatingIp'),
    networks: count('network'),
    subnets: count('subnet'),
    routers: resources.filter(({ spec }) => spec.kind === 'router' && spec.held === undefined).length,
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
export type Headroom = Partial<Record<QuotaName, number | null>>;

/**
 * Compares what the plan needs at a place with the project's quotas, beside what stands of it already. What a site does not tell is left out.
 */
export function headroomOf(draft: Draft, place: SiteProject): Headroom {
  const needs = moreThanStands(draft, place);
  const rest = (name: QuotaName): [QuotaName, number | null][] => {
    const quota = place.facts.quotas[name];
    if (!quota) return [];
    // where no more is needed than stands, a quota that others have used up is in nobody's way
    if (needs[name] <= 0 && draft.input.standing) return [[name, null]];
    return [[name, left(quota) === Number.POSITIVE_INFINITY ? null : left(quota) - needs[name]]];
  };
  return Object.fromEntries(quotaNames.flatMap(rest));
}

const quotaWords: Record<QuotaName, string> = {
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

const quotaNames = Object.keys(quotaWords) as QuotaName[]; // as the record is declared

/** The quotas that the plan draws on at a place of which nothing is known, and those that are known of old, with the oldest moment. */
export function unsureQuotas(draft: Draft, place: SiteProject): { unknown: QuotaName[]; old: QuotaName[]; since: string } {
  const needs = quotaNeeds(draft, place);
  const { quotas } = place.facts;
  const drawn = quotaNames.filter((name) => needs[name] > 0);
  return {
    // few sites tell these three, and their silence says nothing
    unknown: drawn.filter((name) => !quotas[name] && !seldomTold.has(name)),
    old: drawn.filter((name) => quotas[name]?.since !== undefined),
    since: drawn.flatMap((name) => quotas[name]?.since ?? []).toSorted()[0] ?? '',
  };
}
const seldomTold = new Set<QuotaName>(['subnets', 'securityGroupRules', 'keyPairs']);

/** Quotas in words: `CPUs, memory and servers`. */
export const quotaList = (names: readonly QuotaName[]): string => names.map((name) => quotaWords[name]).join(', ');

/** Warns of quotas that nobody can compare the plan with, or only with what was told once. */
export function warnOfUnsure(draft: Draft, place: SiteProject): void {
  const { unknown, old, since } = unsureQuotas(draft, place);
  const group = draft.groups.find((each) => each.place === place);
  const field = group && `placement.${group.template.name}.site`;
  const warn = (detail: string, remedy: string) =>
    draft.problems.push({ ...problem('quota-exceeded', detail, { severity: 'warning', field, remedy }), title: quotaUnsure });
  if (unknown.length > 0)
    warn(
      `${place.site.name} did not tell these quotas: ${quotaList(unknown)}. Whether they suffice is not known.`,
      'They are asked for again when you deploy. Where one is too small, the site refuses what is beyond it.',
    );
  if (old.length > 0)
    warn(
      `${place.site.name} does not tell these quotas now: ${quotaList(old)}. The plan is compared with what it told at ${since}.`,
      'They are asked for again when you deploy.',
    );
}
const quotaUnsure = 'Whether the quota suffices is not known';

/** Notes each quota that is too small for the plan, with the numbers. */
export function checkQuotas(draft: Draft, place: SiteProject): void {
  const needs = moreThanStands(draft, place);
  const group = draft.groups.find((each) => each.place === place);
  const headroom = headroomOf(draft, place);
  for (const key of quotaNames) {
    const rest = headroom[key] ?? null;
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

// What stands counts among what is used already.
function moreThanStands(draft: Draft, place: SiteProject): ReturnType<typeof quotaNeeds> {
  const needs = quotaNeeds(draft, place);
  const { standing } = draft.input;
  const has = standing?.siteTotals[place.site.id];
  if (!standing || !has) return needs;
  const standingOf = (group: string) =>
    standing.resources.filter((resource) => resource.kind === 'server' && resource.group === group).length;
  const virtual = draft.groups.filter((group) => group.place === place && !group.bareMetal);
  const sum = (part: 'vcpus' | 'ramMiB') =>
    virtual.reduce((total, { flavor, template }) => total + flavor[part] * standingOf(template.name), 0);
  return {
    cores: needs.cores - sum('vcpus'),
    ramMiB: needs.ramMiB - sum('ramMiB'),
    instances: needs.instances - has.nodes,
    floatingIps: needs.floatingIps - has.floatingIps,
    networks: needs.networks - has.networks,
    subnets: needs.subnets - (has.subnets ?? has.networks),
    routers: needs.routers - has.routers,
    ports: needs.ports - has.ports,
    securityGroups: needs.securityGroups - has.securityGroups,
    securityGroupRules: needs.securityGroupRules - (has.securityGroupRules ?? needs.securityGroupRules),
    keyPairs: needs.keyPairs - (has.keyPairs ?? needs.keyPairs),
    volumes: needs.volumes - has.volumes,
    volumeGiB: needs.volumeGiB - has.volumeGiB,
  };
}

function quotaNeeds(draft: Draft, place: SiteProject): Record<QuotaName, number> {
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
