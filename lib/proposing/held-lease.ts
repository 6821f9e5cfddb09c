import { AppError } from '@/lib/core/errors';
import type { Entry, Visitor } from '@/lib/desk/types';
import { utcWords } from '@/lib/leases/calendar/moments';
import type { CloudLease } from '@/lib/openstack/types';
import type { HeldReservation } from '@/lib/planning/draft';
import type { Placement } from '@/lib/planning/types';
import { placesOn } from './places-on';
import type { ProposingPorts } from './types';
import { usedPlaces } from './used-places';

/** Transat's own ids of leases begin so; any other is the site's. */
const ownId = /^lease_/;

/**
 * A placement whose lease is named by the site's id for it, in its project, with what led there where nothing else was chosen.
 * @throws AppError `invalid-input` where the lease is not this person's, or is at another site
 */
export async function withLeaseOfSite({ store }: ProposingPorts, person: Visitor, placement: Placement): Promise<Placement> {
  if (placement.lease === undefined || !ownId.test(placement.lease)) return placement;
  const row = await store.db
    .selectFrom('leases')
    .select(['site', 'project', 'credential', 'lease_id'])
    .where('id', '=', placement.lease)
    .where('user_id', '=', person.id)
    .executeTakeFirst();
  if (!row?.lease_id || row.site !== placement.site || (placement.project !== undefined && placement.project !== row.project))
    throw noLease(`There is no lease ${placement.lease} of yours in this project.`);
  const credential = placement.credential ?? (placement.project === undefined ? row.credential : undefined);
  return { ...placement, lease: row.lease_id, project: row.project, ...(credential !== undefined && { credential }) };
}

/**
 * What a lease that is there has left for a deployment.
 * @param lease its id at the site
 * @returns its reservation, with the places that no other deployment uses
 * @throws AppError `invalid-input` where there is none, or it can't be used any more
 */
export async function heldReservation(services: ProposingPorts, person: Visitor, entry: Entry, lease: string): Promise<HeldReservation> {
  const cloud = await services.desk.enter(person, entry);
  const found = await cloud.reservation?.lease(lease);
  const reservation = found?.reservations.find(({ kind }) => kind === 'physical:host' || kind === 'flavor:instance');
  if (!found || !reservation) throw noLease(`${entry.site.name} has no lease ${lease} with reserved hosts or machines in this project.`);
  refuseOver(found, services.clock.now());
  const machines = reservation.kind === 'flavor:instance';
  if (machines && reservation.flavor?.id === undefined) throw noLease(`${entry.site.name} does not tell the flavor of ${found.name}.`);
  const places = machines ? reservation.amount : await placesOn(cloud.reservation, found, reservation);
  const used = (await usedPlaces(services.store.db, entry.site.id, [reservation.id])).get(reservation.id) ?? 0;
  return {
    id: reservation.id,
    start: found.start,
    end: found.end,
    ...(places !== undefined && { count: Math.max(0, places - used) }),
    ...(machines && { flavorId: reservation.flavor?.id }),
  };
}

const over = new Set(['TERMINATED', 'TERMINATING', 'DELETING', 'ERROR']);

function refuseOver({ name, status, end }: CloudLease, now: Date): void {
  if (status === 'ERROR') throw noLease(`${name} is not in order. Have it repaired first.`);
  if (over.has(status) || Date.parse(end) <= now.getTime()) throw noLease(`${name} is over: it ended at ${utcWords(Date.parse(end))}.`);
}

function noLease(detail: string): AppError {
  return new AppError({
    code: 'invalid-input',
    title: 'This lease can’t be used',
    detail,
    remedy: 'Choose one of the project’s leases that has not ended, or have one made.',
  });
}
