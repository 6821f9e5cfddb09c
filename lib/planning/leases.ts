import { addResource, type Draft, type DraftGroup } from './draft';
import type { LeaseWish, Plan } from './types';

/**
 * What a server needs to boot on what is leased: the lease under its group, as a resource that is waited for. It is the one that the placement
 * names, which several groups may share, or one that is made for the group.
 */
export function leaseUnder(draft: Draft, group: DraftGroup): { spec: { lease?: string }; dependsOn: string[] } {
  const lease = heldLease(draft, group) ?? newLease(draft, group);
  return lease === undefined ? { spec: {}, dependsOn: [] } : { spec: { lease }, dependsOn: [lease] };
}

function heldLease(draft: Draft, group: DraftGroup): string | undefined {
  const { placement, place, leased, bareMetal } = group;
  const held = placement.lease === undefined ? undefined : draft.input.reservations?.[placement.lease];
  if (placement.lease === undefined || !held || !(bareMetal || leased)) return undefined;
  const sharing = draft.groups.filter((other) => other.place === place && other.placement.lease === placement.lease);
  const { start, end, flavorId } = held;
  const count = sharing.reduce((sum, { nodes }) => sum + nodes.length, 0);
  return addResource(
    draft,
    place,
    `lease-${sharing[0]?.template.name ?? group.template.name}`,
    {
      kind: 'lease',
      start,
      end,
      hosts: held.count ?? count,
      ...(flavorId === undefined ? {} : { flavorId }),
      held: { id: placement.lease, reservation: held.id },
    },
    { group: group.template.name, summary: `A lease that is there, ${spanWords({ start, end })}` },
  );
}

function newLease(draft: Draft, { placement, place, template, nodes, flavor, bareMetal, leased }: DraftGroup): string | undefined {
  if (!placement.newLease || placement.lease !== undefined || !(bareMetal || leased)) return undefined;
  const { start, end, nodeType } = placement.newLease;
  const count = nodes.length;
  const what = bareMetal
    ? `${count} ${count === 1 ? 'host' : 'hosts'}${nodeType ? ` of ${nodeType}` : ''}`
    : `${count} ${count === 1 ? 'machine' : 'machines'} of ${flavor.name}`;
  return addResource(
    draft,
    place,
    `lease-${template.name}`,
    {
      kind: 'lease',
      start,
      end,
      hosts: count,
      ...(bareMetal ? {} : { flavorId: flavor.id }),
      ...(bareMetal && nodeType !== undefined ? { nodeType } : {}),
    },
    { group: template.name, summary: `${what}, ${spanWords({ start, end })}` },
  );
}

/** The leases that the deployment stands on. */
export function leasesOf({ resources }: Draft): Plan['leases'] {
  return resources.flatMap(({ spec, site, key }) => (spec.kind === 'lease' ? [{ site, lease: spec.held?.id ?? key, end: spec.end }] : []));
}

function spanWords({ start, end }: Pick<LeaseWish, 'start' | 'end'>): string {
  return `${start === 'now' ? 'from now' : `from ${minute(start)}`} until ${minute(end)}`;
}

function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
