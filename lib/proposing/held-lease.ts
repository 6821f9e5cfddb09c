import { AppError } from '@/lib/core/errors';
import type { Entry, Visitor } from '@/lib/desk/types';
import { utcWords } from '@/lib/leases/calendar/moments';
import { bootableOf } from '@/lib/openstack/reservation/bootable';
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
 * @param deployment one whose places on it are its own
 * @returns its reservations as one (of named hosts each has one of its own), with the places that no other deployment uses
 * @throws AppError `invalid-input` where there is none, or it can't be used any more
 */
export async function heldReservation(
  services: ProposingPorts,
  person: Visitor,
  entry: Entry,
  lease: string,
  deployment?: string,
): Promise<HeldReservation> {
  const cloud = await services.desk.enter(person, entry);
  const found = await cloud.reservation?.lease(lease);
  const all = bootableOf(found?.reservations ?? []);
  const [first] = all;
  if (!found || !first) throw noLease(`${entry.site.name} has no lease ${lease} with reserved hosts or machines in this project.`);
  refuseOver(found, services.clock.now());
  const machines = first.kind !== 'physical:host';
  const size = first.kind === 'virtual:instance' ? first.flavor : undefined;
  // machines of a size of one's own have no flavor before they run, and then it has the reservation's id
  const flavorId = size ? first.id : first.flavor?.id;
  if (machines && flavorId === undefined) throw noLease(`${entry.site.name} does not tell the flavor of ${found.name}.`);
  const places = await Promise.all(all.map(async (one) => (machines ? one.amount : await placesOn(cloud.reservation, found, one))));
  const used = await usedPlaces(
    services.store.db,
    entry.site.id,
    all.map(({ id }) => id),
    deployment,
  );
  const known = places.filter((each) => each !== undefined);
  return {
    id: first.id,
    start: found.start,
    end: found.end,
    ...(known.length === all.length && { count: Math.max(0, sumOf(known) - sumOf([...used.values()])) }),
    ...(machines && { flavorId }),
    ...(size && { size: { vcpus: size.vcpus, ramMiB: size.ramMiB, diskGiB: size.diskGiB } }),
  };
}

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);

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
