import type { World } from '../cloud/world';
import type { LeaseRecord } from '../state/leases';
import { hostIndex, type Span } from './calendar';
import { blazarError } from './errors';

const HOUR_MS = 3_600_000;

/** What a site adds to Blazar: the longest lease, when one may be extended, and what a project may spend. All refuse in the site's words. */
export function checkNew(world: World, lease: LeaseRecord): void {
  checkLength(world, lease.start, lease.end, 403);
  checkUnits(world, lease, costOf(world, lease, lease));
}

/** @param span the new dates */
export function checkChange(world: World, lease: LeaseRecord, span: Span): void {
  const rules = world.definition.blazar;
  const isExtension = span.end > lease.end && lease.status === 'ACTIVE';
  if (rules && isExtension && world.state.settings.blazar === 'chameleon') {
    if (world.now() < lease.end - rules.extensionSeconds * 1000) {
      throw blazarError(400, `Lease can only be extended within ${rules.extensionSeconds} seconds of the leases current end time.`);
    }
    checkLength(world, lease.end, span.end, 400);
  } else checkLength(world, span.start, span.end, 400);
  checkUnits(world, lease, costOf(world, lease, span));
}

function checkLength(world: World, start: number, end: number, code: number): void {
  const most = world.definition.blazar?.maxSeconds ?? Number.POSITIVE_INFINITY;
  const seconds = Math.round((end - start) / 1000);
  if (seconds <= most) return;
  throw blazarError(
    code,
    `Lease duration of ${seconds} seconds must be less than or equal to the maximum lease duration of ${most} seconds.`,
  );
}

function checkUnits(world: World, lease: LeaseRecord, cost: number): void {
  const allotted = world.state.settings.serviceUnits;
  if (allotted === null) return;
  const others = world.state.leases.filter((one) => one.projectId === lease.projectId && one.id !== lease.id);
  const left = allotted - others.reduce((sum, one) => sum + costOf(world, one, one), 0);
  if (cost <= left) return;
  const project = world.projectName(lease.projectId) ?? lease.projectId;
  throw blazarError(400, `Reservation for project ${project} would spend ${cost.toFixed(2)} SUs, only ${left.toFixed(2)} left`);
}

/** Service units of a lease over a span: each host's factor an hour; machines a hundredth for each of their CPUs. */
function costOf(world: World, lease: LeaseRecord, { start, end }: Span): number {
  const hosts = hostIndex(world);
  const factors = lease.reservations.flatMap(({ asked, holds }) =>
    asked.kind === 'physical:host'
      ? holds.map((id) => Number(hosts.get(id)?.properties.su_factor ?? 1))
      : asked.kind === 'flavor:instance' || asked.kind === 'virtual:instance'
        ? [(asked.amount * asked.vcpus) / 100]
        : [],
  );
  return (factors.reduce((sum, factor) => sum + factor, 0) * (end - start)) / HOUR_MS;
}
