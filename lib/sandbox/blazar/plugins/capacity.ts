import type { HostDefinition } from '../../cloud/definition';
import type { World } from '../../cloud/world';
import type { InstancesAsked, LeaseRecord } from '../../state/leases';
import { Calendar, type Span, type Taken } from '../calendar';

/** What other people's leases take of a host for machines. */
const OTHERS_SHARE = 0.5;

/** A machine as its place on a host is reckoned. */
export type Size = Pick<InstancesAsked, 'vcpus' | 'memoryMiB' | 'diskGiB' | 'extraSpecs'>;

/**
 * The places for machines of a size that are free for a whole span: a host's id once for each. Hosts that somebody has something on come first, as
 * Blazar fills them up.
 * @param except a lease whose own places count as free
 */
export function placesFor(world: World, hosts: readonly HostDefinition[], size: Size, span: Span, except?: LeaseRecord): string[] {
  const calendar = new Calendar(world);
  const up = hosts.filter((host) => !world.state.downHosts.includes(host.id) && hasTraits(host, size.extraSpecs));
  const places = up.map((host) => {
    const there = calendar.of(host.id).filter((taken) => taken.leaseId !== except?.id && taken.start < span.end && span.start < taken.end);
    // a host that is leased whole has no places
    const whole = there.some((taken) => taken.reservation?.asked.kind === 'physical:host');
    return { id: host.id, used: there.length > 0, count: whole ? 0 : roomOn(host, there, size) };
  });
  const inOrder = [...places.filter(({ used }) => used), ...places.filter(({ used }) => !used)];
  return inOrder.flatMap(({ id, count }) => Array.from({ length: count }, () => id));
}

function roomOn(host: HostDefinition, there: readonly Taken[], size: Size): number {
  const parts = [
    [host.vcpus, size.vcpus, (asked: InstancesAsked) => asked.vcpus],
    [host.memoryMiB, size.memoryMiB, (asked: InstancesAsked) => asked.memoryMiB],
    [host.diskGiB, size.diskGiB, (asked: InstancesAsked) => asked.diskGiB],
  ] as const;
  const counts = parts
    .filter(([, need]) => need > 0)
    .map(([has, need, of]) => Math.floor((has - most(there, (taken) => useOf(taken, host.id, of, has * OTHERS_SHARE))) / need));
  return counts.length === 0 ? 0 : Math.max(0, Math.min(...counts));
}

function useOf(taken: Taken, hostId: string, of: (asked: InstancesAsked) => number, others: number): number {
  const asked = taken.reservation?.asked;
  if (asked?.kind !== 'flavor:instance' && asked?.kind !== 'virtual:instance') return others;
  return of(asked) * (taken.reservation?.holds.filter((id) => id === hostId).length ?? 0);
}

/** The most that is used at once: use only grows where something begins. */
function most(there: readonly Taken[], use: (taken: Taken) => number): number {
  const moments = there.map(({ start }) => there.filter((other) => other.start <= start && start < other.end));
  return Math.max(0, ...moments.map((together) => together.reduce((sum, taken) => sum + use(taken), 0)));
}

function hasTraits(host: HostDefinition, extraSpecs: Record<string, string>): boolean {
  const wanted = Object.entries(extraSpecs).filter(([key, value]) => key.startsWith('trait:') && value === 'required');
  return wanted.every(([key]) => host.properties.traits?.split(',').includes(key.slice('trait:'.length)) ?? false);
}
