import { cacheOf } from '@/lib/core/cache';
import type { WorkloadPorts } from '../types';
import { type OpenCluster, openCluster } from './open';

const NOTED_MS = 3600_000;
/** for which clusters it is in the audit already that their jobs are followed, and since when: once an hour suffices */
const noted = cacheOf<number>(2000);

/** Opens a cluster to look at its jobs, which it is asked for so often that the audit notes it once an hour. */
export async function openToFollow(ports: WorkloadPorts, userId: string, id: string): Promise<OpenCluster> {
  const now = ports.clock.now().getTime();
  const due = now - (noted.get(id) ?? Number.NEGATIVE_INFINITY) >= NOTED_MS;
  const open = await openCluster(ports, userId, id, due ? 'follow its jobs' : null);
  if (due) noted.set(id, now);
  return open;
}
