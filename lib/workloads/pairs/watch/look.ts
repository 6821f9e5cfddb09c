import { Secret } from '@/lib/core/secret';
import { knownOscar } from '@/lib/oscar/client';
import { endpointOf } from '../../clusters/open';
import { clusterOf } from '../../clusters/rows';
import type { Cluster, WorkloadPorts } from '../../types';
import { dueOrigins, mendOrigin } from './mend';
import { noteLooked, peerErrand, secondsToLook, takeLook, watchedCluster } from './peers';

/** Twice that and the time between are less than half a minute after a beat. */
const PATIENCE_MS = 3_000;

/**
 * Looks at a cluster that takes work of others, in one call for all pairs, and sees to it that their origins' services are as that wants: without a worker
 * that does not answer, and with it again when it does. Of several processes the one that takes the look does it.
 * @returns in how many seconds it is to be looked at again; null: nothing hands on to it any more
 */
export async function lookAtPeer(ports: WorkloadPorts, id: string): Promise<number | null> {
  const row = await watchedCluster(ports, id);
  if (!row) return null;
  const before = await takeLook(ports, id);
  if (before) {
    const cluster = clusterOf(row);
    await noteLooked(ports, cluster, before, await answers(ports, cluster));
    const origins = await dueOrigins(ports, { worker: id });
    if (origins.length > 0) {
      // an origin may take long, and is waited for: the next look must not
      const again = await secondsToLook(ports, id);
      if (again !== null) await ports.store.queue.errands.ensure([{ errand: `${peerErrand} ${id}`, after: again }]);
      await Promise.all(origins.map((origin) => mendOrigin(ports, origin)));
    }
  }
  return await secondsToLook(ports, id);
}

/** Whether a cluster says that it is well; no sign-in is needed for that. */
async function answers(ports: WorkloadPorts, cluster: Cluster): Promise<boolean> {
  const nobody = { kind: 'basic', user: '', password: new Secret('') } as const;
  return await knownOscar(endpointOf(ports, cluster), nobody, cluster)
    .isHealthy(PATIENCE_MS)
    .catch(() => false);
}
