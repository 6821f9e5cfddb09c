import type { LeaseView } from '@/lib/api/contract/leases';
import type { RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import type { Draft } from '../draft';

/** Groups that have the most to gain from what was leased come first. */
const order: Record<RecipeGroup['role'], number> = { worker: 0, node: 1, 'front-end': 2 };

type LeaseUnder = Pick<LeaseView, 'id' | 'site' | 'project' | 'credential' | 'reservations'>;

/** How many nodes can boot on a lease: hosts, of which each may have a reservation of its own, or machines of a flavor. */
export function roomOn({ reservations }: Pick<LeaseView, 'reservations'>): number {
  const held = reservations.filter(({ kind }) => kind === 'physical:host' || kind === 'flavor:instance' || kind === 'virtual:instance');
  const [first] = held;
  const same = held.filter(({ kind, flavor }) => kind === first?.kind && flavor === first.flavor);
  return same.reduce((sum, { nodes, max, count, min }) => sum + (nodes?.length ?? max ?? count ?? min ?? 0), 0);
}

/**
 * The draft of a recipe that is to stand on a lease: it goes to the lease's site, and onto the lease as many of its groups as there is room for, workers
 * first. A group whose number of nodes is asked for is as large as the lease lets it be.
 * @param metalOnly there are no other machines at the site, so that all groups must find room on the lease
 */
export function draftOnLease(draft: Draft, recipe: RecipeDetail, lease: LeaseUnder, metalOnly: boolean): Draft {
  const groups = recipe.groups.toSorted((a, b) => order[a.role] - order[b.role]);
  const place = { site: lease.site, project: lease.project, credential: lease.credential };
  const fixed = (group: RecipeGroup) => (group.countInput === undefined ? group.count : 1);
  let room = roomOn(lease);
  const machines: Draft['machines'] = {};
  const inputs = { ...draft.inputs };
  for (const [index, group] of groups.entries()) {
    // what those that come after it need, where they have nowhere else to go
    const kept = metalOnly ? groups.slice(index + 1).reduce((sum, other) => sum + fixed(other), 0) : 0;
    const free = room - kept;
    if (free < fixed(group)) continue;
    const count = group.countInput === undefined ? group.count : free;
    if (group.countInput !== undefined) inputs[group.countInput] = String(count);
    machines[group.name] = { lease: lease.id };
    room -= count;
  }
  // of several parts only those that stand on it go to its site
  const placed = recipe.sets.length > 1 ? recipe.groups.filter(({ name }) => machines[name]) : recipe.groups;
  const sites = Object.fromEntries(placed.map(({ placementSet }) => [placementSet, place]));
  return { ...draft, inputs, sites: { ...draft.sites, ...sites }, machines: { ...draft.machines, ...machines } };
}
