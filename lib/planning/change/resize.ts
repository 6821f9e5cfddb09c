import { isDeepStrictEqual } from 'node:util';
import type { Recipe } from '@/lib/catalog/recipe';
import { calls } from '@/lib/tosca/expression';
import type { Plan, PlanProblem, PlanRequest } from '../types';
import type { Difference } from './difference';

/** How machines that stand come to another size: they stop, get another flavor and keep their disks, or are made anew. */
export type Resizing = 'resize' | 'rebuild';

/** What is known of a flavor, by its site and project. */
export type FindFlavor = (place: { site: string; project: string }, flavorId: string) => { diskGiB: number } | undefined;

/**
 * Keys of the servers that a change gives another flavor which they can have where they stand: virtual machines of no lease, whose disk does not become
 * smaller (Nova resizes no disk down, https://docs.openstack.org/nova/latest/user/resize.html). Pure.
 */
export function resizable(stands: Plan, wanted: Plan, flavorOf: FindFlavor): Set<string> {
  const old = new Map(stands.resources.map((resource) => [resource.key, resource]));
  const metal = new Set(wanted.nodes.flatMap(({ bareMetal, server }) => (bareMetal ? [server] : [])));
  const found = wanted.resources.filter(({ key, site, project, spec }) => {
    const was = old.get(key)?.spec;
    if (spec.kind !== 'server' || was?.kind !== 'server' || was.flavorId === spec.flavorId || metal.has(key)) return false;
    if ([was, spec].some(({ lease, reservationId }) => lease !== undefined || reservationId !== undefined)) return false;
    const [is, before] = [flavorOf({ site, project }, spec.flavorId), flavorOf({ site, project }, was.flavorId)];
    if (!is || !before) return false;
    return (
      (was.bootVolumeGiB !== undefined && was.bootVolumeGiB === spec.bootVolumeGiB) || (is.diskGiB > 0 && is.diskGiB >= before.diskGiB)
    );
  });
  return new Set(found.map(({ key }) => key));
}

/** A difference in which some servers get their other flavor where they stand: one after the other stops for that, and nothing is made anew. Pure. */
export function resizedInPlace(difference: Difference, servers: ReadonlySet<string>): Difference {
  const changed = difference.changed.map((each) => {
    const onlyFlavor = each.effect === 'recreate' && each.fields.every((field) => field === 'flavorId' || gentle.has(field));
    return onlyFlavor && servers.has(each.key) ? { ...each, effect: 'rolling' as const, resized: true as const } : each;
  });
  return { ...difference, changed };
}

// what only matters when a server is made
const gentle = new Set(['alternatives', 'zones', 'availabilityZone']);

/** Names of the inputs that say how large machines are, and matter to nothing else that would have to be made anew. Pure. */
export function sizesOf({ groups }: Pick<Recipe, 'groups'>): Set<string> {
  const sizes = groups.flatMap(({ node }) => [...(node.capabilities.get('host')?.values() ?? [])]);
  return new Set(sizes.flatMap((size) => [...calls(size)].flatMap((call) => (call.kind === 'input' ? [call.name] : []))));
}

/**
 * Names of groups whose machines are to be of another size for which the flavor won't do that was chosen for them before: nobody has chosen it for that. Pure.
 * @param problems what stands against the request as it is
 */
export function outgrown(
  { groups }: Pick<Recipe, 'groups'>,
  was: PlanRequest,
  is: PlanRequest,
  problems: readonly PlanProblem[],
): Set<string> {
  const wontDo = new Set(problems.flatMap(({ code, field }) => (code === 'flavor-not-found' && field ? [field] : [])));
  const found = groups.filter((group) => {
    const { name } = group;
    const kept = is.placement[name]?.flavor;
    if (kept === undefined || kept !== was.placement[name]?.flavor || !wontDo.has(`placement.${name}.flavor`)) return false;
    return [...sizesOf({ groups: [group] })].some((size) => !isDeepStrictEqual(was.inputs[size], is.inputs[size]));
  });
  return new Set(found.map(({ name }) => name));
}

/** Where groups go, some of them without the flavor that was chosen: one that does is taken, as where nobody chooses. Pure. */
export function withoutFlavors<P extends { flavor?: string }>(
  placement: Record<string, P>,
  groups: ReadonlySet<string>,
): Record<string, P> {
  const entries = Object.entries(placement).map(([name, place]) => [name, groups.has(name) ? { ...place, flavor: undefined } : place]);
  return Object.fromEntries(entries);
}
