import type { PlacementSet } from '@/lib/catalog/types';
import type { Plan, PlannedResource } from '../types';
import { type Name, renamed, renamedNode } from './renamed';

/** Keys of a part that has moved end so: names of before may still stand at the site that it left. */
export const moveMark = /_(\d+)$/;

/** A plan that stands, with the keys that it would be drawn with: a part that has moved is told by them as one that was always there. Pure. */
export function asDrawn(stands: Plan): Plan {
  const marks = marksOf(stands, stands.resources);
  const names = new Map(stands.resources.map((each) => [each.key, each.key.slice(0, each.key.length - marks(each).length)]));
  return withNames(stands, (key) => names.get(key) ?? key);
}

/** A plan that was drawn anew, with the keys that parts of it have since they moved; what is new of such a part has keys of that kind, too. Pure. */
export function asStanding(drawn: Plan, stands: Plan): Plan {
  const marks = marksOf(stands, drawn.resources);
  const names = new Map(drawn.resources.map((each) => [each.key, each.key + marks(each)]));
  return withNames(drawn, (key) => names.get(key) ?? key);
}

/**
 * How the key of each of some resources ends in a plan that stands: as its part was marked when it moved. A rule for an address of another part is made
 * anew when either moves, so that the later counts.
 */
function marksOf({ sets = [], resources }: Plan, all: readonly PlannedResource[]): (resource: PlannedResource) => string {
  const moves = sets.map((set) => {
    const own = resources.filter((each) => each.kind !== 'securityRule' && each.kind !== 'lease' && isOf(each, set));
    // all of it has moved at once; a key alone may end so by a site's name
    const numbers = own.map(({ key }) => Number(moveMark.exec(key)?.[1] ?? 1));
    return { set, number: own.length > 0 ? Math.min(...numbers) : 1 };
  });
  const numberOf = (resource: PlannedResource | undefined) => (resource && moves.find(({ set }) => isOf(resource, set))?.number) ?? 1;
  const byKey = new Map(all.map((each) => [each.key, each]));
  return (resource) => {
    const { spec } = resource;
    const number = Math.max(numberOf(resource), spec.kind === 'securityRule' ? numberOf(byKey.get(spec.from)) : 1);
    return number > 1 ? `_${number}` : '';
  };
}

const isOf = ({ group, site }: PlannedResource, set: Pick<PlacementSet, 'groups'> & { site: string }): boolean =>
  group === undefined ? site === set.site : set.groups.includes(group);

function withNames(plan: Plan, name: Name): Plan {
  return {
    ...plan,
    resources: plan.resources.map((each) => renamed(each, name)),
    nodes: plan.nodes.map((node) => renamedNode(node, name)),
    leases: plan.leases.map((lease) => ({ ...lease, lease: name(lease.lease) })),
  };
}
