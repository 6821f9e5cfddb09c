import type { OscarRequest } from '@/lib/oscar/types';
import type { WorkloadPorts } from '../types';
import { openAsOwnUser } from './own-user';

const PAGE = 50;

/**
 * Calls of services that a cluster's log has, the newest first, a page at a time; for its own user.
 * @param cursor how many were told; a log that grew meanwhile tells one twice and leaves none out
 * @throws AppError `forbidden`, `conflict`
 */
export async function listRequests(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  cursor: number,
): Promise<{ items: OscarRequest[]; next: string | null }> {
  const { client } = await openAsOwnUser(ports, userId, id, 'log', 'show the log');
  const all = (await client.requests()) ?? [];
  const end = cursor + PAGE;
  return { items: all.slice(cursor, end), next: end < all.length ? String(end) : null };
}
