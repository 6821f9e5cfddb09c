import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { OscarService } from '@/lib/oscar/types';
import type { KeptHeld, PairRow } from '@/lib/store/rows/pair';
import type { KeptBreaker } from '@/lib/store/rows/peer';
import type { WorkloadPorts } from '../../types';
import { type Both, openBoth } from '../sides';
import { forgetDrainToken, keptToken } from '../token';
import { BEAT_S, isOut } from './breaker';
import { type Happening, noteEvent } from './events';
import { reshape } from './reshape';
import { isDue, nextStep, type Shape, shapeOf, wantedShape } from './shape';

type Watched = Selectable<PairRow> & { breaker: KeptBreaker | null };
type Standing = Watched & { origin_id: string; worker_id: string };

/** The kind of errand that makes the services of one origin as their pairs are to be. */
export const mendErrand = 'mend';
/** Whoever died at it is followed by another after this: it waits for others, and for a cluster that starts again. */
const HELD_MS = 4 * 60_000;

/** The clusters on which something is to be changed for pairs. @param of only of pairs that hand on to that cluster */
export async function dueOrigins(ports: WorkloadPorts, of: { worker?: string } = {}): Promise<string[]> {
  const rows = await standing(ports, of);
  return [...new Set(rows.filter((row) => isDue(row, wantedOf(row))).map(({ origin_id: origin }) => origin))];
}

/**
 * Makes an origin's services as their pairs are to be now, after one list of all of them. What a call does is written down before it, so that whoever comes after a
 * death knows what to take back.
 * @returns in how many seconds to try again; null: nothing is left to do
 */
export async function mendOrigin(ports: WorkloadPorts, origin: string): Promise<number | null> {
  const due = (await standing(ports, { origin })).filter((row) => isDue(row, wantedOf(row)));
  const ids: string[] = [];
  for (const { id } of due) if (await takeHold(ports, id)) ids.push(id);
  if (ids.length > 0) {
    try {
      await mendAll(ports, origin, ids);
    } finally {
      await letGo(ports, ids);
    }
  }
  const left = (await standing(ports, { origin })).some((row) => isDue(row, wantedOf(row)));
  return left ? BEAT_S : null;
}

/** @param ids of the pairs that this process has */
async function mendAll(ports: WorkloadPorts, origin: string, ids: readonly string[]): Promise<void> {
  // whoever had them before may have done it, and while one is changed the others may have to be another
  const dueNow = async () => (await standing(ports, { origin })).filter((row) => ids.includes(row.id) && isDue(row, wantedOf(row)));
  const [first] = await dueNow();
  if (!first) return;
  const services = await servicesOf(ports, first).catch((error: unknown) => AppError.from(error));
  for (const id of ids) {
    const row = (await dueNow()).find((each) => each.id === id);
    if (!row) continue;
    await keep(ports, id);
    const failure = services instanceof AppError ? services : await mend(ports, row, services).then(() => null, AppError.from);
    if (failure) await failed(ports, row, failure);
  }
}

const wantedOf = ({ breaker, drain }: Watched): Shape => wantedShape({ out: breaker !== null && isOut(breaker), drain });

async function servicesOf(ports: WorkloadPorts, row: Standing): Promise<{ open: Both; services: OscarService[] }> {
  const open = await openBoth(ports, row.user_id, { origin: row.origin_id, worker: row.worker_id }, 'watch a pair');
  return { open, services: await open.origin.client.services() };
}

async function mend(ports: WorkloadPorts, row: Standing, { open: first, services }: Awaited<ReturnType<typeof servicesOf>>): Promise<void> {
  const wanted = wantedOf(row);
  const there = services.find(({ name }) => name === row.name);
  const seen = there ? shapeOf(there, row.worker_name, row.held) : 'closed';
  const newer = first.origin.client.abilities.federation;
  // from 4.1 on the worker has to be told again, too: that nobody died between is only known once it is settled
  const half = newer && (wanted === 'away' || (wanted === 'whole' && row.shape !== 'whole'));
  if (nextStep(row, wanted, seen) === 'change' || half) {
    const open =
      row.worker_id === first.worker.cluster.id
        ? first
        : await openBoth(ports, row.user_id, { origin: row.origin_id, worker: row.worker_id }, 'watch a pair');
    const held = await begin(ports, open, row, wanted, there);
    const token = newer && held ? await keptToken(ports, row.id, 'drain a pair') : null;
    await reshape(ports, open, row, wanted, held, token);
    await settle(ports, row, wanted, happened(wanted, open));
  } else await settle(ports, row, wanted, null);
}

/** Writes down what is about to be done, and what the service was before. */
async function begin(
  ports: WorkloadPorts,
  { origin }: Both,
  row: Standing,
  wanted: Shape,
  there: OscarService | undefined,
): Promise<KeptHeld | null> {
  if (wanted === 'whole') return row.held;
  const held = row.held ?? (wanted === 'away' && there ? { cpu: there.cpu, awayCpu: await tooMuch(origin) } : null);
  const columns = { shape: wanted, settled: false, held: held && JSON.stringify(held) };
  await ports.store.db.updateTable('pairs').set(columns).where('id', '=', row.id).execute();
  return held;
}

/** More cores than any machine of a cluster has. */
async function tooMuch({ client }: Both['origin']): Promise<string> {
  const { nodes } = await client.status();
  return String(Math.floor(Math.max(0, ...nodes.map(({ milliCores }) => milliCores)) / 1000) + 1);
}

async function settle(ports: WorkloadPorts, row: Standing, shape: Shape, event: Happening | null): Promise<void> {
  await ports.store.db.transaction().execute(async (trx) => {
    const columns = { shape, settled: true, problem: null, ...(shape === 'away' ? {} : { held: null }) };
    const { numUpdatedRows } = await trx
      .updateTable('pairs')
      .set(columns)
      .where('id', '=', row.id)
      .where('state', '=', 'standing')
      .executeTakeFirst();
    await forgetDrainToken(trx, row.id);
    if (event && numUpdatedRows > 0n) await noteEvent(trx, [row.id], ports.clock.now(), event);
  });
}

function happened(wanted: Shape, { origin, worker }: Both): Happening {
  const values = { origin: origin.cluster.name, worker: worker.cluster.name };
  if (wanted === 'away') return { kind: 'moved-away', values };
  return { kind: wanted === 'closed' ? 'taken-out' : 'put-back', values };
}

/** It is tried again, and told once. */
async function failed(ports: WorkloadPorts, row: Standing, error: unknown): Promise<void> {
  const problem = AppError.from(error).toProblem();
  await ports.store.db.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('pairs').select('problem').where('id', '=', row.id).executeTakeFirst();
    await trx
      .updateTable('pairs')
      .set({ problem: JSON.stringify(problem) })
      .where('id', '=', row.id)
      .where('state', '=', 'standing')
      .execute();
    if (before && before.problem?.title !== problem.title)
      await noteEvent(trx, [row.id], ports.clock.now(), { kind: 'change-failed', error });
  });
}

/** Whoever has many to change has each for as long as it takes. */
async function keep({ store, clock }: WorkloadPorts, id: string): Promise<void> {
  await store.db
    .updateTable('pairs')
    .set({ mend_until: new Date(clock.now().getTime() + HELD_MS) })
    .where('id', '=', id)
    .where('mend_until', 'is not', null)
    .execute();
}

/** Takes the change of a pair's origin, so that nobody else makes one. @returns whether it was had */
export async function takeHold({ store, clock }: WorkloadPorts, id: string): Promise<boolean> {
  const now = clock.now();
  const { numUpdatedRows } = await store.db
    .updateTable('pairs')
    .set({ mend_until: new Date(now.getTime() + HELD_MS) })
    .where('id', '=', id)
    .where('state', '=', 'standing')
    .where((where) => where.or([where('mend_until', 'is', null), where('mend_until', '<', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Lets others change them again. */
export async function letGo({ store }: WorkloadPorts, ids: readonly string[]): Promise<void> {
  await store.db.updateTable('pairs').set({ mend_until: null }).where('id', 'in', ids).execute();
}

async function standing({ store }: WorkloadPorts, { worker, origin }: { worker?: string; origin?: string }): Promise<Standing[]> {
  let query = store.db
    .selectFrom('pairs')
    .leftJoin('peers', 'peers.cluster_id', 'pairs.worker_id')
    .selectAll('pairs')
    .select('peers.breaker')
    .where('pairs.state', '=', 'standing')
    .orderBy('pairs.created_at');
  if (worker !== undefined) query = query.where('pairs.worker_id', '=', worker);
  if (origin !== undefined) query = query.where('pairs.origin_id', '=', origin);
  const rows = await query.execute();
  return rows.flatMap((row) =>
    row.origin_id !== null && row.worker_id !== null ? [{ ...row, origin_id: row.origin_id, worker_id: row.worker_id }] : [],
  );
}
