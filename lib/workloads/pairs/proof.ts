import { setTimeout as sleep } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { tidyText } from '@/lib/core/text';
import type { KeptProof, KeptUndo, PairRow } from '@/lib/store/rows/pair';
import { advance, type Canary, newCanary } from '../canary';
import { openStorage } from '../clusters/open';
import { type PairCall, type PairWish, planPair } from '../pair-calls';
import type { WorkloadPorts } from '../types';
import { canaryWish, originCalls } from './canary-wish';
import { makeCall, servicesOf, takeOut } from './perform';
import { needPair } from './rows';
import { type Both, lookAtSide, openBoth } from './sides';
import { canaryFile, putPatiently, sightOf } from './sight';
import { keptToken } from './token';

const BEAT_MS = 700;
const MOST_NAME = 300;
/** Who proves says so again meanwhile: whoever has not for so long has died. Longer than any call takes. */
const HELD_MS = 5 * 60_000;
const everything: KeptUndo[] = [
  { side: 'origin', undo: 'unshare' },
  { side: 'worker', undo: 'delete' },
  { side: 'origin', undo: 'delete' },
];

/**
 * Proves that a job crosses: a service beside the pair's own, made in the same way, gets a file at the origin that never has room for it, and its result
 * must arrive on both sides. What was made for it goes again. How far it is can be read from the pair meanwhile.
 * @param given.refreshToken as when the pair was made; left out: the one that is kept
 * @returns how it ended; a proof that failed is no error
 * @throws AppError `not-found`, `conflict`
 */
export async function provePair(ports: WorkloadPorts, userId: string, id: string, given: { refreshToken?: string }): Promise<KeptProof> {
  const row = await needPair(ports, userId, id);
  const { origin_id: origin, worker_id: worker } = row;
  if (row.state !== 'standing' || origin === null || worker === null) throw notStanding(row.name);
  const open = await openBoth(ports, userId, { origin, worker }, 'prove a pair');
  await claim(ports, row);
  const startedAt = ports.clock.now().getTime();
  let proof: KeptProof = { state: 'arming', startedAt, endedAt: null, reached: {}, evidence: {}, failure: null, problem: null };
  const note = async (more: Partial<KeptProof>) => {
    proof = { ...proof, ...more };
    await ports.store.db
      .updateTable('pairs')
      .set({ proof: JSON.stringify(proof) })
      .where('id', '=', id)
      .execute();
  };
  try {
    await note({});
    await endProof(ports, open, row);
    const { wish, calls } = await arm(ports, userId, open, row, await tokenFor(ports, open, id, given));
    for (const call of calls) {
      await hold(ports, row);
      await makeCall(ports, open, call);
    }
    const canary = await fly(ports, open, row, wish, (now) =>
      note({ state: now.state, reached: now.reached, evidence: kept(now.evidence), failure: now.failure }),
    );
    proof = { ...proof, state: canary.state };
  } catch (error) {
    await note({ state: 'failed', problem: AppError.from(error).toProblem() });
  }
  await endProof(ports, open, row);
  await note({ endedAt: ports.clock.now().getTime() });
  await ports.store.db.updateTable('pairs').set({ proving_until: null }).where('id', '=', id).execute();
  return proof;
}

/** Takes away what a proof made, also one that was cut off. @returns what is left, which the next takes */
export async function endProof(
  ports: WorkloadPorts,
  open: Partial<Both>,
  row: Pick<Selectable<PairRow>, 'wish' | 'origin_name' | 'worker_name'>,
) {
  return await takeOut(
    ports,
    open,
    servicesOf({ origin_name: row.origin_name, worker_name: row.worker_name, wish: canaryWish(row.wish) }),
    everything,
  );
}

async function arm(
  ports: WorkloadPorts,
  userId: string,
  open: Both,
  row: Selectable<PairRow>,
  refreshToken: Secret | undefined,
): Promise<{ wish: PairWish; calls: PairCall[] }> {
  const [origin, worker] = await Promise.all([
    lookAtSide(ports, userId, open.origin, row.origin_name),
    lookAtSide(ports, userId, open.worker, row.worker_name),
  ]);
  if ('problem' in origin) throw new AppError(origin.problem);
  if ('problem' in worker) throw new AppError(worker.problem);
  const wish = canaryWish(row.wish);
  const plan = planPair(wish, origin.pair, worker.pair, refreshToken);
  if ('refused' in plan) throw notArmed(plan.refused);
  return { wish, calls: originCalls(plan.calls, origin.side.status?.nodes ?? []) };
}

async function tokenFor(ports: WorkloadPorts, { origin }: Both, id: string, given: { refreshToken?: string }): Promise<Secret | undefined> {
  if (given.refreshToken) return new Secret(given.refreshToken);
  return origin.client.abilities.federation ? ((await keptToken(ports, id, 'prove a pair')) ?? undefined) : undefined;
}

async function fly(
  ports: WorkloadPorts,
  open: Both,
  row: Selectable<PairRow>,
  wish: PairWish,
  told: (canary: Canary) => Promise<void>,
): Promise<Canary> {
  const stores = {
    origin: await openStorage(ports, open.origin),
    worker: await openStorage(ports, open.worker),
  };
  const now = () => ports.clock.now().getTime();
  const file = canaryFile(now());
  await putPatiently(stores.origin, wish.name, `in/${file.name}`, file.bytes);
  let canary = newCanary(now(), wish.thresholdSeconds, true);
  await told(canary);
  while (canary.state !== 'verified' && canary.state !== 'failed') {
    await hold(ports, row);
    const next = advance(canary, await sightOf(open, stores, wish.name, file.stem, now()));
    if (next.state !== canary.state) await told(next);
    canary = next;
    if (canary.state !== 'verified' && canary.state !== 'failed') await sleep(BEAT_MS);
  }
  return canary;
}

// a cluster names its jobs as it likes, and the database takes only what is text
const kept = (evidence: Record<string, string>) =>
  Object.fromEntries(Object.entries(evidence).map(([what, name]) => [what, tidyText(name).slice(0, MOST_NAME)]));

async function claim({ store, clock }: WorkloadPorts, { id, name }: Selectable<PairRow>): Promise<void> {
  const now = clock.now();
  const { numUpdatedRows } = await store.db
    .updateTable('pairs')
    .set({ proving_until: new Date(now.getTime() + HELD_MS) })
    .where('id', '=', id)
    .where((where) => where.or([where('proving_until', 'is', null), where('proving_until', '<', now)]))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw goesOn(name);
}

/** @throws AppError `conflict` where the pair is being taken out: nothing more is made then */
async function hold({ store, clock }: WorkloadPorts, { id, name }: Selectable<PairRow>): Promise<void> {
  const { numUpdatedRows } = await store.db
    .updateTable('pairs')
    .set({ proving_until: new Date(clock.now().getTime() + HELD_MS) })
    .where('id', '=', id)
    .where('state', '=', 'standing')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notStanding(name);
}

function notStanding(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” does not stand`,
    detail: 'Only a pair that was made whole can be proved.',
    remedy: 'Take it out and make it again.',
  });
}

function goesOn(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” is being proved already`,
    detail: 'One proof of a pair goes on at a time.',
    remedy: 'Follow that one on the page of the pair.',
  });
}

function notArmed(refused: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'The proof needs what the pair needed',
    detail: 'The service that is sent across is made as the pair was, and something for that is missing.',
    cause: refused,
    remedy: 'Give the refresh token again, or have Transat keep it at the pair.',
  });
}
