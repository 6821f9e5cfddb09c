import type { Selectable } from 'kysely';
import type { Plan, ResourceSpec } from '@/lib/planning/types';
import type { DeploymentRow, NodeRow, ResourceRow } from '@/lib/store/schema';
import { nodeOf } from '../kinds';

export type Deployment = Omit<Selectable<DeploymentRow>, 'plan'> & { plan: Plan };
export type Resource = Omit<Selectable<ResourceRow>, 'spec' | 'kind'> & {
  spec: ResourceSpec;
  kind: ResourceSpec['kind'];
  /** what people call its site, where a pass has looked that up */
  siteName?: string;
};
export type Node = Selectable<NodeRow>;

/** All that is stored of one deployment. */
export interface Ledger {
  deployment: Deployment;
  resources: Resource[];
  nodes: Node[];
}

/** What the state of a deployment is derived from: all but its plan. */
export interface Standing {
  deployment: Omit<
    Deployment,
    'plan' | 'plan_version' | 'request' | 'recipe_name' | 'resource_keys' | 'leases_seen_at' | 'deletion' | 'schedule' | 'turn_at' | 'turn'
  >;
  resources: Resource[];
  nodes: Node[];
}

/** Where a resource lives, and as whom it is reached. */
export interface Place {
  site: string;
  project: string;
  credential: string;
}

/** What a resource's site is called in messages. */
export function siteOf({ site, siteName }: Pick<Resource, 'site' | 'siteName'>): string {
  return siteName ?? site;
}

export function placeKey(place: Place): string {
  return JSON.stringify([place.site, place.project, place.credential]);
}

/** The resource of that key, which the plan guarantees to be there. */
export function resourceOf(ledger: Ledger, key: string): Resource {
  const found = ledger.resources.find((resource) => resource.key === key);
  if (!found) throw new Error(`The ledger of ${ledger.deployment.id} has no resource ${key}`);
  return found;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The node that runs on a server; undefined for every other kind. */
export function nodeOn({ spec }: Pick<Resource, 'spec'>, { nodes }: Pick<Ledger, 'nodes'>): Node | undefined {
  const key = nodeOf(spec);
  return key === undefined ? undefined : nodes.find((node) => node.key === key);
}
