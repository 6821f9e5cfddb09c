import { createHash } from 'node:crypto';
import { cacheOf } from '@/lib/core/cache';
import { Door } from './door';
import type { Peer } from './types';

const MOST_DOORS = 256;
const doors = cacheOf<Door>(MOST_DOORS, { onEvict: (door) => void door.close() });

/** The door to a peer: one for all who use it, with one pool and one limit. */
export function doorOf(peer: Peer): Door {
  const key = JSON.stringify([
    peer.kind,
    peer.id,
    peer.name ?? '', // messages have it
    peer.address,
    Boolean(peer.allowPrivate),
    peer.allowedRanges ?? [],
    Boolean(peer.discreet),
    hash(peer.ca ?? ''),
  ]);
  const known = doors.get(key);
  if (known) return known;
  const door = new Door(peer);
  doors.set(key, door);
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
