import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { KeptUndo } from '@/lib/store/rows/pair';
import { mayBeDone } from '../may-be-done';
import { type PairCall, undoCalls } from '../pair-calls';
import { noteRefused } from '../placing/rules';
import type { WorkloadPorts } from '../types';
import { aliveUntil } from './alive';
import { makeCall, type PairServices, servicesOf, takeOut } from './perform';
import { type PairProposal, proposePair } from './plan';
import { readPair } from './rows';
import { sealToken } from './token';
import type { NewPair, Pair } from './types';
import { peerErrand } from './watch/peers';

const MOST_PAIRS = 60;

/**
 * Makes a pair: its service on both clusters, and the first may hand jobs to the second. What a call put in is written down before it is made, and
 * when a later one fails all are taken back; where that can't be done either, the pair is kept as broken, so that it can be taken out later.
 * @throws AppError `conflict` where something stands against it; `not-found`; as the clusters
 */
export async function establishPair(ports: WorkloadPorts, userId: string, given: NewPair): Promise<Pair> {
  const proposal = await proposePair(ports, userId, given);
  const { locality } = proposal;
  if (locality.answer === 'refused') await noteRefused(ports, userId, given.worker, locality, { pair: proposal.wish.name });
  if (!proposal.ready) throw notReady(proposal);
  const { wish, names, open, calls } = proposal;
  const id = newId('pair');
  const { refreshToken, keepToken } = given;
  const token = keepToken && refreshToken && isNewer(proposal) ? await sealToken(ports, userId, id, refreshToken) : null;
  await addRow(ports, userId, id, given, proposal, token);
  const services = servicesOf({ wish, origin_name: names.origin, worker_name: names.worker });
  let made = 0;
  try {
    for (const call of calls) {
      await note(ports, id, wish.name, { undo: JSON.stringify(undoCalls(calls, made + 1)) });
      made += 1;
      await makeCall(ports, open, call).catch((error: unknown) => {
        if (isNothing(call, error)) made -= 1;
        throw error;
      });
    }
    await note(ports, id, wish.name, { state: 'standing' });
    await ports.store.queue.errands.ensure([{ errand: `${peerErrand} ${given.worker}`, after: 0 }]);
  } catch (error) {
    await takeBack(ports, id, open, services, undoCalls(calls, made), AppError.from(error));
    throw error;
  }
  return await readPair(ports, userId, id);
}

const isNewer = ({ open }: PairProposal) => open.origin.client.abilities.federation;

async function takeBack(
  ports: WorkloadPorts,
  id: string,
  open: PairProposal['open'],
  services: PairServices,
  undo: KeptUndo[],
  why: AppError,
): Promise<void> {
  const { left } = await takeOut(ports, open, services, undo);
  const { db } = ports.store;
  if (left.length === 0) await db.deleteFrom('pairs').where('id', '=', id).execute();
  else {
    const columns = { state: 'broken', undo: JSON.stringify(left), problem: JSON.stringify(why.toProblem()) } as const;
    await db.updateTable('pairs').set(columns).where('id', '=', id).execute();
  }
}

/** Whether a call surely made nothing: a service of that name is somebody else's then, even where it is the same, and must not be taken back. */
const isNothing = ({ call }: PairCall, error: unknown) =>
  call.kind === 'create' && !mayBeDone(error) && (AppError.from(error).upstream?.status ?? 0) < 500;

async function note(ports: WorkloadPorts, id: string, name: string, columns: { undo: string } | { state: 'standing' }): Promise<void> {
  const { numUpdatedRows } = await ports.store.db
    .updateTable('pairs')
    .set({ ...columns, alive_until: aliveUntil(ports) })
    .where('id', '=', id)
    // whoever takes it out meanwhile knows nothing of what comes after
    .where('state', '=', 'making')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw takenOut(name);
}

async function addRow(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  { origin, worker }: NewPair,
  { wish, names }: PairProposal,
  token: Buffer | null,
): Promise<void> {
  const { db } = ports.store;
  const { count } = await db
    .selectFrom('pairs')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_PAIRS) throw tooMany();
  // of one that was taken back there is nothing on the clusters
  await db.deleteFrom('pairs').where('origin_id', '=', origin).where('name', '=', wish.name).where('state', '=', 'undone').execute();
  const row = await db
    .insertInto('pairs')
    .values({
      id,
      user_id: userId,
      name: wish.name,
      origin_id: origin,
      worker_id: worker,
      origin_name: names.origin,
      worker_name: names.worker,
      state: 'making',
      wish: JSON.stringify(wish),
      token,
      token_stays: token !== null,
      alive_until: aliveUntil(ports),
      created_at: ports.clock.now(),
    })
    // another request was quicker
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw isThere(wish.name);
}

function notReady({ refused, sides }: PairProposal): AppError {
  const errors = Object.entries(sides).flatMap(([side, { findings, problem }]) => [
    ...(problem ? [`${side}: ${problem.title}`] : []),
    ...findings.filter(({ severity }) => severity === 'error').map(({ about }) => `${side}: ${about}`),
  ]);
  return new AppError({
    code: 'conflict',
    title: 'These two clusters can’t be this pair yet',
    detail: 'Something stands against it on one of them. Nothing was made.',
    cause: [...(refused ? [refused] : []), ...errors].join(', '),
    remedy: 'Look at both sides first: each thing is said there with what mends it.',
  });
}

function takenOut(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” was taken out while it was being made`,
    detail: 'What was made of it until then is taken back.',
    remedy: 'Make it again, if it is still wanted.',
  });
}

function isThere(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `There is a pair “${name}” on this cluster already`,
    detail: 'It stands, is being made just now, or was left half made.',
    remedy: 'Take that one out first, or choose another name.',
  });
}

function tooMany(): AppError {
  return new AppError({
    code: 'conflict',
    title: `You have ${MOST_PAIRS} pairs`,
    detail: `A person can keep ${MOST_PAIRS} pairs at most.`,
    remedy: 'Take out one that you no longer use.',
  });
}
