import type { Needs } from '@/lib/catalog/groups';
import type { GroupTemplate, Recipe } from '@/lib/catalog/recipe';
import type { InputValues } from '@/lib/catalog/types';
import type { Flavor, Image, Site, SiteFacts } from '@/lib/sites/types';
import type { Port } from './network/ports';
import type { Placement, Plan, PlannedNode, PlannedResource, PlanProblem, PlanRequest, ResourceSpec, SecurityRule, Value } from './types';

/** All that planning looks at: it does no I/O, has no clock, and throws no dice of its own. */
export interface PlanningInput {
  /** the recipe with its add-ons composed */
  recipe: Recipe;
  request: PlanRequest;
  /** the sites that the request names, by id */
  sites: Record<string, Site>;
  /** what is at them, by {@link placeKey} */
  facts: Record<string, SiteFacts>;
  /** what addresses are chosen by: the same text, the same ranges where they are free */
  seed: string;
  /** what stands of the deployment that is planned again: its networks keep their ranges, its secrets their values, and it has its quota already */
  standing?: StandingPlan;
  /** nodes of it that are about to leave, and what becomes of the work on them */
  leaving?: Leaving;
  /** names of software that is taken off its machines again */
  removing?: ReadonlySet<string>;
  /** where Transat comes from when it reaches nodes by SSH (IPv4 addresses or ranges); let in where the recipe restricts SSH */
  ownAddresses?: readonly string[];
  /** sites whose nodes can't reach Transat: there it must get in by SSH */
  sshOnly?: readonly string[];
  /** the reservation to boot on of each lease that the request names, by lease id */
  reservations?: Record<string, HeldReservation>;
}

export type StandingPlan = Pick<Plan, 'resources' | 'siteTotals' | 'secrets'>;

/** Nodes that are about to leave; `stay`: they were, and stay after all. */
export interface Leaving {
  nodes: readonly Pick<PlannedNode, 'key' | 'group' | 'hostname'>[];
  way: 'finish' | 'requeue' | 'stay';
}

/** A reservation of a lease that is there. */
export interface HeldReservation {
  id: string;
  /** of its lease, ISO 8601 in UTC */
  start: string;
  end: string;
  /** how many hosts or machines it holds, where that is known */
  count?: number;
  /** id of the flavor whose machines it holds; left out: whole hosts */
  flavorId?: string;
  /** what its machines have, where the site has no flavor for them before the lease runs */
  size?: { vcpus: number; ramMiB: number; diskGiB: number };
}

/** The key of `facts`: what is there differs from project to project. */
export function placeKey(site: string, project: string): string {
  return `${site}/${project}`;
}

/** A project at a site, with the credential that acts there. */
export interface SiteProject {
  site: Site;
  project: string;
  credential: string;
  facts: SiteFacts;
  /** order of the site in the plan, from 0 */
  index: number;
}

/** How a group's ports are connected. */
export interface Wiring {
  network: { key: string } | { id: string };
  subnet?: string;
  /** ranges from which the deployment's own nodes come */
  inside: string[];
  /** its nodes have addresses of IPv6, too */
  twoStacks: boolean;
  /** the range of our own network: addresses are given out before boot */
  range?: { first: number; size: number };
  router?: string;
  externalNetworkId?: string;
  /** ids of other networks that give public addresses, to be tried where that one has none */
  otherPools?: string[];
  /** the network's own addresses are public; no floating IP is needed */
  direct: boolean;
  /** its ports may have security groups */
  portSecurity: boolean;
}

/** A group with everything decided but its resources' ids. */
export interface DraftGroup {
  template: GroupTemplate;
  placement: Placement;
  place: SiteProject;
  needs: Needs;
  flavor: Flavor;
  image: Image;
  bareMetal: boolean;
  /** machines that a lease gives out, no whole hosts */
  leased: boolean;
  public: boolean;
  wiring: Wiring;
  nodes: DraftNode[];
  /** ports that are open to the deployment's nodes at other sites */
  across: Port[];
  /** key of its security group; left out: only the nodes' own firewalls guard it */
  securityGroup?: string;
}

export interface DraftNode {
  key: string;
  hostname: string;
  index: number;
  group: DraftGroup;
  fixedIp?: string;
  port: string;
  floatingIp?: string;
  volumes: { key: string; path: string }[];
  firewall: SecurityRule[];
}

/** What planning has worked out so far. */
export interface Draft {
  input: PlanningInput;
  /** checked inputs with their defaults */
  values: InputValues;
  /** inputs whose value is a secret reference in this plan */
  secrets: Set<string>;
  places: SiteProject[];
  groups: DraftGroup[];
  resources: PlannedResource[];
  /** keys of `resources` */
  keys: Set<string>;
  problems: PlanProblem[];
}

/** The suffix of keys that exist once a site: none where there is one site. */
export function siteSuffix(draft: Draft, place: SiteProject): string {
  return draft.places.length > 1 ? `-${place.site.id}` : '';
}

/** Adds a resource; the same key is added once. */
export function addResource(
  draft: Draft,
  place: SiteProject,
  key: string,
  spec: ResourceSpec,
  about: { dependsOn?: string[]; group?: string; summary: string },
): string {
  if (draft.keys.has(key)) return key;
  draft.keys.add(key);
  draft.resources.push({
    key,
    kind: spec.kind,
    site: place.site.id,
    project: place.project,
    credential: place.credential,
    ...(about.group && { group: about.group }),
    dependsOn: [...new Set(about.dependsOn)],
    summary: about.summary,
    spec,
  });
  return key;
}

/** The public address of a node, as a value: of its floating IP, or of its port on a public network; else empty. */
export function publicAddress(node: DraftNode): Value {
  if (node.floatingIp) return { address: 'public', node: node.key };
  return node.group.wiring.direct && node.group.public ? { address: 'private', node: node.key } : '';
}
