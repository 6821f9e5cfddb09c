import { createHash } from 'node:crypto';
import type { IdentityEndpoint } from '../types';
import { Door } from './door';

const MOST_DOORS = 256;
const doors = new Map<string, Door>();

/** The door of a site: one for all who use it, with one pool and one limit. */
export function doorOf(endpoint: IdentityEndpoint): Door {
  const key = JSON.stringify([
    endpoint.site,
    endpoint.name ?? '', // messages have it
    endpoint.authUrl,
    Boolean(endpoint.allowPrivate),
    endpoint.allowedRanges ?? [],
    Boolean(endpoint.discreet),
    hash(endpoint.ca ?? ''),
  ]);
  const known = doors.get(key);
  if (known) {
    doors.delete(key); // put at the end again: the map is in the order of use
    doors.set(key, known);
    return known;
  }
  const door = new Door(endpoint);
  doors.set(key, door);
  const [oldest] = doors;
  if (doors.size > MOST_DOORS && oldest) {
    doors.delete(oldest[0]);
    void oldest[1].close();
  }
  return door;
}

/** Closes every connection to every site; for the end of the process and of tests. */
export async function closeDoors(): Promise<void> {
  const open = [...doors.values()];
  doors.clear();
  await Promise.all(open.map((door) => door.close()));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
