import { setTimeout as sleep } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { KeptUndo, PairRow } from '@/lib/store/rows/pair';
import type { WorkloadPorts } from '../types';
import { aliveUntil } from './alive';
import { keepToItself, type PairServices, servicesOf, takeOut } from './perform';
import { endProof } from './proof';
import { needPair } from './rows';
import { type Both, openSides } from './sides';

type Stored = Selectable<PairRow>;

const LOOK_MS = 300;
/** As long as a change waits for others: whoever takes longer has died at it. */
const PATIENCE_MS = 100_000;

/**
 * Takes a pair out: the origin hands nothing on any more, and the services that came with the pair go with their buckets.
 * @param keep leaves both services, each for itself
 * @throws AppError `not-found`; as the clusters: what could not be taken out stays written down, to be tried again
 */
export async function removePair(ports: WorkloadPorts, userId: string, id: string, keep: boolean): Promise<void> {
  const row = await needPair(ports, userId, id);
  const open = await openSides(ports, row, 'take out a pair');
  const { db } = ports.store;
  // as it is written now: while it is being made, more comes to it until it is said here that it goes
  const begun = await db
    .updateTable('pairs')
    .set({ state: 'removing', keeps: keep, cut_off: false, token: null, token_stays: false, alive_until: aliveUntil(ports) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (!begun) throw notFound('pair');
  await othersDone(ports, id);
  const stays = await takeOutPair(ports, open, begun);
  if (stays) throw stays;
  await db.deleteFrom('pairs').where('id', '=', id).execute();
}

/** Waits until nobody changes the origin's service any more: it would give it its worker again after that was taken out. From now on nobody begins to. */
async function othersDone({ store, clock }: WorkloadPorts, id: string): Promise<void> {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await sleep(LOOK_MS)) {
    const row = await store.db.selectFrom('pairs').select('mend_until').where('id', '=', id).executeTakeFirst();
    if (!row?.mend_until || row.mend_until <= clock.now()) return;
  }
}

/**
 * Takes out of both clusters what a pair put in, as its row says.
 * @param row of a pair that is being taken out
 * @returns what stands against it, which its row says from then on; null: nothing of it is left
 */
export async function takeOutPair(ports: WorkloadPorts, open: Partial<Both>, row: Stored): Promise<AppError | null> {
  const services = servicesOf(row);
  const proof = await endProof(ports, open, row);
  const isMeant = ({ undo }: KeptUndo) => !row.keeps || undo === 'unshare';
  const { left, problem } = await takeOut(ports, open, services, row.undo.filter(isMeant));
  const stays = problem ?? proof.problem ?? (row.keeps ? await alone(ports, open, services) : null);
  if (!stays) return null;
  // what was not meant now may be when it is tried again
  const undo = JSON.stringify([...left, ...row.undo.filter((one) => !isMeant(one))]);
  const columns = { state: 'broken', undo, problem: JSON.stringify(stays.toProblem()) } as const;
  await ports.store.db.updateTable('pairs').set(columns).where('id', '=', row.id).execute();
  return stays;
}

const alone = (ports: WorkloadPorts, open: Partial<Both>, services: PairServices): Promise<AppError | null> =>
  keepToItself(ports, open, services).then(
    () => null,
    (error: unknown) => AppError.from(error),
  );
