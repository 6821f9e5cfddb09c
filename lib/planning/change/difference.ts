import { isDeepStrictEqual } from 'node:util';
import type { Effect } from '@/lib/catalog/types';
import type { Plan, PlannedNode, PlannedResource, ResourceKind, StepPlan } from '../types';

/** A resource that stands and is to be another. */
export interface ChangedResource {
  key: string;
  kind: ResourceKind;
  /** of its specification, those that differ */
  fields: string[];
  /** the least that it takes to make it so; `impossible`: it can't be changed while the deployment stands */
  effect: Effect | 'impossible';
  /** of a server: it gets its other flavor where it stands */
  resized?: true;
}

/** A node that stays, and its steps that are others now, or new. */
export interface ChangedNode {
  key: string;
  steps: string[];
  /** its own firewall lets others in */
  firewall?: true;
}

/** What has to be done to get from one plan to another. */
export interface Difference {
  added: { resources: string[]; nodes: string[] };
  removed: { resources: string[]; nodes: string[] };
  changed: ChangedResource[];
  nodes: ChangedNode[];
}

/** What differs between two plans of one deployment. Pure; a plan does not differ from itself. */
export function differenceOf(before: Plan, after: Plan): Difference {
  const [resources, nodes] = [compare(before.resources, after.resources), compare(before.nodes, after.nodes)];
  return {
    added: { resources: resources.added, nodes: nodes.added },
    removed: { resources: resources.removed, nodes: nodes.removed },
    changed: resources.both.flatMap(([was, is]) => changedResource(was, is)),
    nodes: nodes.both.flatMap(([was, is]) => changedNode(was, is)),
  };
}

function compare<T extends { key: string }>(before: readonly T[], after: readonly T[]) {
  const was = new Map(before.map((each) => [each.key, each]));
  const is = new Set(after.map(({ key }) => key));
  return {
    added: after.filter(({ key }) => !was.has(key)).map(({ key }) => key),
    removed: before.filter(({ key }) => !is.has(key)).map(({ key }) => key),
    both: after.flatMap((each): [T, T][] => {
      const old = was.get(each.key);
      return old ? [[old, each]] : [];
    }),
  };
}

/** What only matters when a thing is made, and what can be changed where it stands; all else is made anew, or can't be had. */
const gentle: Partial<Record<ResourceKind, Record<string, Effect>>> = {
  server: { alternatives: 'none', zones: 'none', availabilityZone: 'none' },
  router: { otherPools: 'none' },
  floatingIp: { otherPools: 'none' },
  subnet: { dnsServers: 'none' },
  securityGroup: { rules: 'none' },
};
const otherwise: Record<ResourceKind, ChangedResource['effect']> = {
  server: 'recreate',
  volume: 'data-lost',
  keyPair: 'impossible',
  network: 'impossible',
  subnet: 'impossible',
  router: 'impossible',
  securityGroup: 'impossible',
  securityRule: 'impossible',
  port: 'impossible',
  floatingIp: 'impossible',
  lease: 'impossible',
  loadBalancer: 'impossible',
};

function changedResource(was: PlannedResource, is: PlannedResource): ChangedResource[] {
  const moved = was.kind !== is.kind || was.site !== is.site || was.project !== is.project;
  const fields = fieldsOf(was.spec, is.spec);
  if (!moved && fields.length === 0) return [];
  const { key, kind } = is;
  const effects = fields.map((field) => gentle[kind]?.[field] ?? otherwise[kind]);
  const effect = moved ? 'impossible' : (effects.find((each) => each !== 'none') ?? 'none');
  return [{ key, kind, fields: moved ? ['site', ...fields] : fields, effect }];
}

/** Names of what differs between two specifications. */
function fieldsOf(was: object, is: object): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.filter((name) => !isDeepStrictEqual(Reflect.get(was, name), Reflect.get(is, name)));
}

function changedNode(was: PlannedNode, is: PlannedNode): ChangedNode[] {
  const old = new Map(was.steps.map((step) => [step.name, step]));
  const steps = is.steps.filter((step) => !doesTheSame(old.get(step.name), step)).map(({ name }) => name);
  const firewall = isDeepStrictEqual(was.firewall, is.firewall) ? {} : { firewall: true as const };
  return steps.length === 0 && !firewall.firewall ? [] : [{ key: is.key, steps, ...firewall }];
}

/** How long a step may take, how often it is tried, and what it is called, is no reason to run it again. */
export function doesTheSame(was: StepPlan | undefined, is: StepPlan | undefined): boolean {
  if (!was || !is) return was === is;
  return was.script === is.script && isDeepStrictEqual(was.env, is.env) && isDeepStrictEqual(was.downloads, is.downloads);
}
