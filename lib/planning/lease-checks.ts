import type { Flavor } from '@/lib/sites/types';
import type { Draft, HeldReservation } from './draft';
import type { PlacedGroup } from './placement';
import { problem } from './problems';
import type { LeaseWish } from './types';

/** The reservation of the lease that a group's placement names, where it is known. */
export function heldBy({ input }: Draft, { placement }: PlacedGroup): HeldReservation | undefined {
  return placement.lease === undefined ? undefined : input.reservations?.[placement.lease];
}

/** Whether a group's machines boot with the flavor of a reservation. The flavor of a lease that runs is offered like any other, and has what it needs. */
export function isLeased(draft: Draft, group: PlacedGroup, flavor: Flavor): boolean {
  if (flavor.leased) return false;
  if (group.placement.lease !== undefined) return heldBy(draft, group)?.flavorId !== undefined;
  return group.place.site.rules.flavorLeases === true && group.placement.newLease !== undefined;
}

/** Notes what stands against the lease of a group: that there is none, that it can't be used, or that it holds too little. */
export function checkLease(draft: Draft, group: PlacedGroup, all: readonly PlacedGroup[], bareMetal: boolean): void {
  const { placement, place, template } = group;
  const note = (detail: string, remedy: string) =>
    draft.problems.push(problem('invalid-input', detail, { field: `placement.${template.name}.lease`, remedy }));
  if (placement.lease === undefined) {
    if (placement.newLease) {
      checkWish(draft, placement.newLease, template.name);
      checkProcessors(draft, placement.newLease, template.name);
    } else
      note(
        `${template.label} goes to bare metal, which ${place.site.name} gives only with a lease.`,
        'Choose a lease or have one made, or take a flavor that is not bare metal.',
      );
    return;
  }
  const held = heldBy(draft, group);
  if (!held || bareMetal !== (held.flavorId === undefined)) {
    note(
      `The lease ${placement.lease} holds no reservation that can be used at ${place.site.name}.`,
      'Choose a lease that is active or about to begin.',
    );
    return;
  }
  const sharing = all.filter((other) => other.place === place && other.placement.lease === placement.lease);
  const asked = sharing.reduce((sum, { count }) => sum + count, 0);
  if (held.count !== undefined && asked > held.count)
    note(
      `The lease holds ${held.count} ${bareMetal ? 'hosts' : 'machines'}, and ${asked} nodes are to boot on it.`,
      'Ask for fewer nodes, grow the lease, or choose another.',
    );
}

/** Recipes, and the images that are chosen for them, are for x86_64; Chameleon names its other kinds of hosts by their processors. */
function checkProcessors(draft: Draft, { nodeType = '' }: LeaseWish, group: string): void {
  if (!/arm64|aarch64|thunderx|ppc64/i.test(nodeType)) return;
  draft.problems.push(
    problem('invalid-input', `Hosts of ${nodeType} have processors of another kind than recipes run on (x86_64).`, {
      field: `placement.${group}.newLease.nodeType`,
      remedy: 'Choose another kind of host.',
    }),
  );
}

/** Notes what can be known to be wrong with a lease that is to be made. Times against the clock are judged by who has one. */
function checkWish(draft: Draft, { start, end }: LeaseWish, group: string): void {
  const note = (field: string, detail: string) =>
    draft.problems.push(
      problem('invalid-input', detail, { field: `placement.${group}.newLease.${field}`, remedy: 'Choose another time.' }),
    );
  if (Number.isNaN(Date.parse(end))) note('end', 'The end of the lease is no moment in time.');
  if (start !== 'now' && Number.isNaN(Date.parse(start))) note('start', 'The start of the lease is no moment in time.');
  if (start !== 'now' && Date.parse(end) <= Date.parse(start)) note('end', 'The lease ends before it begins.');
}
