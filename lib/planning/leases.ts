import { addResource, type Draft, type DraftGroup } from './draft';
import { problem } from './problems';
import type { LeaseWish, Plan } from './types';

/** What a server needs to boot on hardware of its own: the reservation of a lease that is there, or the lease that is made for its group. */
export function reservationOf(draft: Draft, group: DraftGroup): { spec: { reservationId?: string; lease?: string }; dependsOn: string[] } {
  const { placement, place, template, nodes, bareMetal } = group;
  if (!bareMetal) return { spec: {}, dependsOn: [] };
  const held = placement.lease === undefined ? undefined : draft.input.reservations?.[placement.lease];
  if (held) return { spec: { reservationId: held.id }, dependsOn: [] };
  if (!placement.newLease) return { spec: {}, dependsOn: [] };
  const { start, end, nodeType } = placement.newLease;
  const count = nodes.length;
  const lease = addResource(
    draft,
    place,
    `lease-${template.name}`,
    { kind: 'lease', start, end, hosts: count, ...(nodeType === undefined ? {} : { nodeType }) },
    {
      group: template.name,
      summary: `${count} ${count === 1 ? 'host' : 'hosts'}${nodeType ? ` of ${nodeType}` : ''}, ${spanWords({ start, end })}`,
    },
  );
  return { spec: { lease }, dependsOn: [lease] };
}

/** The leases that the deployment stands on. */
export function leasesOf({ groups, resources, input }: Draft): Plan['leases'] {
  const held = groups.flatMap(({ bareMetal, placement, place }) => {
    const known = placement.lease === undefined ? undefined : input.reservations?.[placement.lease];
    return bareMetal && placement.lease !== undefined && known ? [{ site: place.site.id, lease: placement.lease, end: known.end }] : [];
  });
  const made = resources.flatMap(({ spec, site, key }) => (spec.kind === 'lease' ? [{ site, lease: key, end: spec.end }] : []));
  return [...new Map([...held, ...made].map((each) => [`${each.site} ${each.lease}`, each])).values()];
}

/** Notes what can be known to be wrong with a lease that is to be made. Times against the clock are judged by who has one. */
export function checkWish(draft: Draft, { start, end }: LeaseWish, group: string): void {
  const note = (field: string, detail: string) =>
    draft.problems.push(
      problem('invalid-input', detail, { field: `placement.${group}.newLease.${field}`, remedy: 'Choose another time.' }),
    );
  if (Number.isNaN(Date.parse(end))) note('end', 'The end of the lease is no moment in time.');
  if (start !== 'now' && Number.isNaN(Date.parse(start))) note('start', 'The start of the lease is no moment in time.');
  if (start !== 'now' && Date.parse(end) <= Date.parse(start)) note('end', 'The lease ends before it begins.');
}

function spanWords({ start, end }: Pick<LeaseWish, 'start' | 'end'>): string {
  return `${start === 'now' ? 'from now' : `from ${minute(start)}`} until ${minute(end)}`;
}

function minute(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
