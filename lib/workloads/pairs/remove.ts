import type { WorkloadPorts } from '../types';
import { servicesOf } from './establish';
import { keepToItself, takeOut } from './perform';
import { endProof } from './proof';
import { needPair } from './rows';
import { openBoth } from './sides';

/**
 * Takes a pair out: the origin hands nothing on any more, and the services that came with the pair go with their buckets.
 * @param keep leaves both services, each for itself
 * @throws AppError `not-found`; as the clusters: what could not be taken out stays written down, to be tried again
 */
export async function removePair(ports: WorkloadPorts, userId: string, id: string, keep: boolean): Promise<void> {
  const row = await needPair(ports, userId, id);
  const open = await openBoth(ports, userId, { origin: row.origin_id, worker: row.worker_id }, 'take out a pair');
  const { db } = ports.store;
  await db.updateTable('pairs').set({ state: 'removing' }).where('id', '=', id).execute();
  const services = servicesOf(row);
  await endProof(ports, open, row);
  const undo = keep ? row.undo.filter((one) => one.undo === 'unshare') : row.undo;
  const { left, problem } = await takeOut(ports, open, services, undo);
  if (problem) {
    const columns = { state: 'broken', undo: JSON.stringify(left), problem: JSON.stringify(problem.toProblem()) } as const;
    await db.updateTable('pairs').set(columns).where('id', '=', id).execute();
    throw problem;
  }
  if (keep) await keepToItself(ports, open, services);
  await db.deleteFrom('pairs').where('id', '=', id).execute();
}
