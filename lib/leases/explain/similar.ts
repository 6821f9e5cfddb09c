import { hostsFor } from '../resources/demands';
import { type Hardware, hardwareOf } from '../resources/hardware';
import { isLeasable } from '../resources/match';
import type { HostReservation, LeaseSite } from '../types';

const MOST = 3;

/**
 * Node types that would do in place of the one that is asked for: of the same architecture, with graphics cards if it has them and without if not, and
 * nearest in size.
 * @returns the most alike first, three at most
 */
export function similarTypes(reservation: HostReservation, site: LeaseSite): string[] {
  const [asked] = hostsFor(site, reservation);
  if (!asked) return [];
  const like = hardwareOf(asked);
  const one = new Map(
    (site.hosts ?? []).filter((host) => isLeasable(host, site.project?.id)).map((host) => [host.nodeType, hardwareOf(host)]),
  );
  return [...one]
    .filter(([nodeType]) => nodeType !== '' && nodeType !== asked.nodeType)
    .filter(
      ([, has]) =>
        has.architecture === like.architecture &&
        (has.gpu === null) === (like.gpu === null) &&
        (has.gpu?.count ?? 0) >= (like.gpu?.count ?? 0),
    )
    .map(([nodeType, has]) => ({ nodeType, distance: distance(has, like) }))
    .sort((a, b) => a.distance - b.distance || a.nodeType.localeCompare(b.nodeType, 'en'))
    .slice(0, MOST)
    .map(({ nodeType }) => nodeType);
}

/** How many times larger or smaller one is, in processors and memory. What is not said is as it should be. */
function distance(a: Hardware, b: Hardware): number {
  const times = (one = 0, other = 0) => (one > 0 && other > 0 ? Math.abs(Math.log2(one / other)) : 0);
  return times(a.threads, b.threads) + times(a.memoryMiB, b.memoryMiB);
}
