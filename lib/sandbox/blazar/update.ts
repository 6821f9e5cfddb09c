import type { World } from '../cloud/world';
import { Refusal } from '../http/call';
import type { LeaseRecord } from '../state/leases';
import { minuteOf, parseDate, within } from './dates';
import { Breaking, blazarError, missing } from './errors';
import { asObject, nameOf } from './lease-input';
import type { Plugins } from './plugins';
import { notYet } from './plugins/instances';
import { checkChange } from './rules';

/**
 * A change of a lease as Blazar makes it, in its order of checks.
 * @throws Refusal where the lease stays as it was, {@link Breaking} where Blazar takes it for broken then
 */
export function changed(world: World, plugins: Plugins, lease: LeaseRecord, given: Record<string, unknown>): void {
  const now = world.now();
  if (Object.keys(given).length === 1 && 'name' in given) {
    lease.name = broken(() => nameOf(given.name));
    return;
  }
  const isFork = world.state.settings.blazar === 'chameleon';
  if (!isFork && lease.reservations.some(({ asked }) => asked.kind === 'flavor:instance')) throw new Breaking(notYet());
  const span = {
    start: 'start_date' in given ? parseDate(given.start_date, now) : lease.start,
    end: 'end_date' in given ? parseDate(given.end_date, now) : lease.end,
  };
  checkDates(lease, span, minuteOf(now));
  const beforeEnd = given.before_end_date ? broken(() => within(parseDate(given.before_end_date, now), span)) : undefined;
  const wishes = (Array.isArray(given.reservations) ? given.reservations : []).map(asObject);
  if (wishes.some((one) => !('id' in one))) throw missing('reservation ID');
  const unknown = wishes.filter(({ id }) => !lease.reservations.some((one) => one.id === id));
  if (unknown.length > 0) {
    const ids = unknown.map(({ id }) => String(id)).join(',');
    throw blazarError(400, `Please enter valid reservation IDs. Invalid reservation IDs are: ${ids}`);
  }
  for (const wish of wishes) {
    const kind = lease.reservations.find(({ id }) => id === wish.id)?.asked.kind;
    if ('resource_type' in wish && wish.resource_type !== kind) throw blazarError(409, 'resource_type cannot be updated');
  }
  if (span.start !== lease.start || span.end !== lease.end) checkChange(world, lease, span);
  const planned = lease.reservations.map((reservation) => {
    const wish = wishes.find(({ id }) => id === reservation.id) ?? {};
    return { reservation, plan: plugins(reservation.asked.kind).change(lease, reservation, wish, span) };
  });
  for (const { reservation, plan } of planned) Object.assign(reservation, { asked: plan.asked, holds: plan.holds, updatedAt: now });
  moveEvents(lease, span, beforeEnd, now);
  Object.assign(lease, span);
  if ('name' in given) lease.name = broken(() => nameOf(given.name));
}

function checkDates(lease: LeaseRecord, { start, end }: { start: number; end: number }, now: number): void {
  if (lease.start < now && start !== lease.start) throw blazarError(400, 'Cannot modify the start date of already started leases');
  if (lease.start > now && start < now) throw blazarError(400, 'Start date must be later than current date');
  if (lease.end < now) throw blazarError(400, 'Terminated leases can only be renamed');
  if (end < now || end < start) throw blazarError(400, 'End date must be later than current and start date');
}

/** The reminder keeps its distance from the end, and comes again where it has been. */
function moveEvents(lease: LeaseRecord, span: { start: number; end: number }, beforeEnd: number | undefined, now: number): void {
  for (const event of lease.events) {
    const kept = span.end - (lease.end - event.time);
    if (event.type === 'start_lease') event.time = span.start;
    else if (event.type === 'end_lease') event.time = span.end;
    else {
      event.time = Math.max(span.start, beforeEnd ?? kept);
      if (event.status === 'DONE') event.status = 'UNDONE';
    }
    event.updatedAt = now;
  }
}

function broken<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? new Breaking(error) : error;
  }
}
