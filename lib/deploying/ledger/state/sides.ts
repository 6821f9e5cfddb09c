import type { Problem } from '@/lib/core/errors';
import type { Plan } from '@/lib/planning/types';
import { letsInOf, nodeOf } from '../../kinds';
import type { Node, Resource } from '../ledger';

/** How one part of a deployment over several sites stands. */
export interface Side {
  /** name of its placement set */
  set: string;
  label: string;
  groups: string[];
  site: string;
  /** `waiting`: all of it is made, and its nodes wait for the address of another part */
  state: 'under-way' | 'ready' | 'waiting' | 'failed';
  problem: Problem | null;
}

/** The parts of a deployment, none where it has but one. What a site has for all of its groups belongs to each part there. Pure. */
export function sidesOf({ sets = [] }: Pick<Plan, 'sets'>, resources: readonly Resource[], nodes: readonly Node[]): Side[] {
  return sets.map(({ name, label, groups, site }) => {
    const own = resources.filter((resource) => isOf(resource, groups, site) && resource.wanted === 'present');
    const keys = new Set(own.flatMap(({ spec }) => nodeOf(spec) ?? []));
    const ownNodes = nodes.filter(({ key }) => keys.has(key));
    const cause = own.find(({ phase, problem }) => phase === 'failed' && problem)?.problem ?? ownNodes.find(isBroken)?.problem ?? null;
    const failed = cause !== null || own.some(({ phase }) => phase === 'failed') || ownNodes.some(isBroken);
    return { set: name, label, groups, site, state: failed ? 'failed' : stateOf(own, ownNodes), problem: cause };
  });
}

function stateOf(own: Resource[], nodes: Node[]): Side['state'] {
  if (!own.every(({ phase, spec }) => phase === 'ready' || letsInOf(spec) !== undefined)) return 'under-way';
  if (nodes.every(({ state }) => state === 'ready')) return 'ready';
  const rests = ({ state, steps }: Node) =>
    state === 'ready' || (state === 'configuring' && steps.every((step) => step.state !== 'running'));
  return own.some(({ spec, phase }) => letsInOf(spec) !== undefined && phase === 'planned') && nodes.every(rests) ? 'waiting' : 'under-way';
}

/** Whether a resource is one of a part: of one of its groups, or of its site for all that is there. */
export function isOf({ group_name: group, site }: Pick<Resource, 'group_name' | 'site'>, groups: readonly string[], at: string): boolean {
  return group === null ? site === at : groups.includes(group);
}

const isBroken = ({ state }: Node): boolean => state === 'failed' || state === 'unreachable';
