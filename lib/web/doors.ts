import { createHash } from 'node:crypto';
import { cacheOf } from '@/lib/core/cache';
import { Door, MOST_IN_FLIGHT, MOST_OF_PROJECT } from './door';
import type { Peer } from './types';

const MOST_DOORS = 256;
const doors = cacheOf<Door>(MOST_DOORS, { onEvict: (door) => void door.close() });

// On globalThis, since Next bundles this module several times into one process.
const key = Symbol.for('transat.sharers');
const holder: typeof globalThis & { [key]?: number } = globalThis;

/** @param sharers how many processes share what may be asked of a peer at once, this one among them */
export function shareDoors(sharers: number): void {
  holder[key] = sharers;
}

/** What this process may ask of a peer at once, in all and for one project: its part of what all together may, at least one request. */
export const inFlight = { inAll: () => partOf(MOST_IN_FLIGHT), ofProject: () => partOf(MOST_OF_PROJECT) };

function partOf(most: number): number {
  return Math.max(1, Math.floor(most / Math.max(1, holder[key] ?? 1)));
}

/** The door to a peer: one for all who use it, with one pool and one limit. */
export function doorOf(peer: Peer): Door {
  const id = JSON.stringify([
    peer.kind,
    peer.id,
    peer.name ?? '', // messages have it
    peer.address,
    Boolean(peer.allowPrivate),
    peer.allowedRanges ?? [],
    Boolean(peer.discreet),
    hash(peer.ca ?? ''),
  ]);
  const known = doors.get(id);
  if (known) return known;
  const door = new Door(peer, undefined, inFlight);
  doors.set(id, door);
  return door;
}

/** Closes every connection to every peer; for the end of the process and of tests. */
export async function closeDoors(): Promise<void> {
  const open = [...doors.values()];
  doors.clear();
  await Promise.all(open.map((door) => door.close()));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
