import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { KeptUndo } from '@/lib/store/rows/pair';
import type { WorkloadPorts } from '../types';
import { keepToItself, type PairServices, servicesOf, takeOut } from './perform';
import { endProof } from './proof';
import { needPair } from './rows';
import { type Both, openBoth } from './sides';

/**
 * Takes a pair out: the origin hands nothing on any more, and the services that came with the pair go with their buckets.
 * @param keep leaves both services, each for itself
 * @throws AppError `not-found`; as the clusters: what could not be taken out stays written down, to be tried again
 */
export async function removePair(ports: WorkloadPorts, userId: string, id: string, keep: boolean): Promise<void> {
  const row = await needPair(ports, userId, id);
  const open = await openBoth(ports, userId, { origin: row.origin_id, worker: row.worker_id }, 'take out a pair');
  const { db } = ports.store;
  // as it is written now: while it is being made, more comes to it until it is said here that it goes
  const begun = await db.updateTable('pairs').set({ state: 'removing' }).where('id', '=', id).returning('undo').executeTakeFirst();
  if (!begun) throw notFound('pair');
  const services = servicesOf(row);
  const proof = await endProof(ports, open, row);
  const isMeant = ({ undo }: KeptUndo) => !keep || undo === 'unshare';
  const { left, problem } = await takeOut(ports, open, services, begun.undo.filter(isMeant));
  const stays = problem ?? proof.problem ?? (keep ? await alone(ports, open, services) : null);
  if (stays) {
    // what was not meant now may be when it is tried again
    const undo = JSON.stringify([...left, ...begun.undo.filter((one) => !isMeant(one))]);
    const columns = { state: 'broken', undo, problem: JSON.stringify(stays.toProblem()) } as const;
    await db.updateTable('pairs').set(columns).where('id', '=', id).execute();
    throw stays;
  }
  await db.deleteFrom('pairs').where('id', '=', id).execute();
}

const alone = (ports: WorkloadPorts, open: Both, services: PairServices): Promise<AppError | null> =>
  keepToItself(ports, open, services).then(
    () => null,
    (error: unknown) => AppError.from(error),
  );
