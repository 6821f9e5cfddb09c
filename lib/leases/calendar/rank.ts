import { inNameOrder } from '../resources/names';
import type { Host, Moment } from '../types';

/**
 * The order in which hosts are taken when several would do and stay free equally long: those of the rack that has most of them, so that they are
 * near each other; then those that failed less often; then by name.
 * @param failures how often a host failed before, by uid
 */
export function inOrderOfTaste(hosts: readonly Host[], failures: ReadonlyMap<string, number> = new Map()): Host[] {
  const inRack = new Map<string, number>();
  for (const host of hosts) inRack.set(rackOf(host), (inRack.get(rackOf(host)) ?? 0) + 1);
  const known = hosts.map((host) => {
    const rack = rackOf(host);
    return { host, rack, size: rack === '' ? 0 : (inRack.get(rack) ?? 0), failed: failures.get(host.uid) ?? 0 };
  });
  known.sort(
    (a, b) =>
      b.size - a.size ||
      compare(a.rack, b.rack) ||
      a.failed - b.failed ||
      inNameOrder(a.host.name, b.host.name) ||
      compare(a.host.uid, b.host.uid),
  );
  return known.map(({ host }) => host);
}

/** Those that stay free longest first, so that a lease can be extended; else as they were. */
export function longestFirst<T extends { freeUntil: Moment }>(candidates: readonly T[]): T[] {
  return candidates.toSorted((a, b) => compare(b.freeUntil, a.freeUntil));
}

const rackOf = ({ properties }: Host): string => properties['placement.rack'] ?? '';

// a difference would be NaN where both are infinite
const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
