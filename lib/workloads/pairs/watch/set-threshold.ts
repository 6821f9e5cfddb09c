import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import type { PairRow } from '@/lib/store/rows/pair';
import { whileAlone } from '../../clusters/one-at-a-time';
import { type OpenCluster, openCluster } from '../../clusters/open';
import { mayBeDone } from '../../may-be-done';
import { type FieldChange, serviceChange } from '../../service-diff';
import { needService } from '../../services/read';
import type { WorkloadPorts } from '../../types';
import { asWish } from '../definitions';
import { needPair } from '../rows';
import { openBoth } from '../sides';
import { checkToken, keptToken, needsToken } from '../token';
import { noteEvent } from './events';
import { changeAlone, leaveWorker } from './federated';
import { letGo, mendOrigin, takeHold } from './mend';

interface Planned {
  there: OscarService;
  wish: ServiceWish;
  changes: FieldChange[];
}

/**
 * Sets the seconds after which a job is handed on.
 * @param how.dryRun only says what that would change
 * @param how.refreshToken for an origin of 4.1 where none is kept; it is not kept for it
 * @throws AppError `not-found`, `conflict`; as the origin
 */
export async function setThreshold(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  seconds: number,
  { dryRun, refreshToken }: { dryRun: boolean; refreshToken?: string },
): Promise<FieldChange[]> {
  const row = await needPair(ports, userId, id);
  const { origin_id: origin, worker_id: worker } = row;
  if (row.state !== 'standing' || origin === null || worker === null) throw notSet(row.name);
  const open = await openCluster(ports, userId, origin, 'set a threshold');
  const newer = open.client.abilities.federation;
  if (newer && refreshToken) checkToken(ports, refreshToken);
  const token = newer ? (refreshToken ? new Secret(refreshToken) : await keptToken(ports, id, 'set a threshold')) : null;
  if (newer && !token) throw needsToken(row.name);
  const plan = async (): Promise<Planned> => {
    const there = await needService(open, row.name);
    const wish = { ...asWish(there, token ? { refresh_token: token } : {}), sharing: { ...there.sharing, thresholdSeconds: seconds } };
    const change = serviceChange(there, wish, there.owner);
    const own = { field: 'threshold', from: String(there.sharing.thresholdSeconds ?? row.wish.thresholdSeconds), to: String(seconds) };
    // one without members, such as while its worker does not answer, has a threshold all the same
    return { there, wish, changes: own.from === own.to && change.kind === 'none' ? [] : [own] };
  };
  if (dryRun) return (await plan()).changes;
  const changes = newer
    ? await setAlone(ports, { ...row, origin_id: origin, worker_id: worker }, seconds, token, (await plan()).changes)
    : await setAtOnce(ports, open, row.name, seconds, plan);
  await ports.store.db.transaction().execute(async (trx) => {
    const current = await trx.selectFrom('pairs').select('wish').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
    if (!current) return;
    const wish = JSON.stringify({ ...current.wish, thresholdSeconds: seconds });
    await trx.updateTable('pairs').set({ wish }).where('id', '=', id).execute();
    const [change] = changes;
    if (change) await noteEvent(trx, [id], ports.clock.now(), { kind: 'threshold', values: { from: change.from, to: change.to } });
  });
  return changes;
}

async function setAtOnce(
  ports: WorkloadPorts,
  { client, cluster }: OpenCluster,
  name: string,
  seconds: number,
  plan: () => Promise<Planned>,
): Promise<FieldChange[]> {
  return await whileAlone(ports, cluster, async () => {
    const planned = await plan();
    try {
      if (planned.changes.length > 0) await client.updateService(planned.wish, planned.there);
    } catch (error) {
      const now = mayBeDone(error) ? await client.service(name).catch(() => null) : null;
      if (now?.sharing.thresholdSeconds !== seconds) throw error;
    }
    return planned.changes;
  });
}

/** From 4.1 on the worker is taken out for it. That it is to be put back is written down before, so that whoever comes after a death does so. */
async function setAlone(
  ports: WorkloadPorts,
  row: Selectable<PairRow> & { origin_id: string; worker_id: string },
  seconds: number,
  token: Secret | null,
  changes: FieldChange[],
): Promise<FieldChange[]> {
  if (changes.length === 0) return changes;
  const { id, user_id: user, origin_id: origin, worker_id: worker } = row;
  const open = await openBoth(ports, user, { origin, worker }, 'set a threshold');
  if (!(await takeHold(ports, id))) throw isChanged(row.name);
  try {
    await ports.store.db.updateTable('pairs').set({ shape: 'closed', settled: false }).where('id', '=', id).execute();
    await leaveWorker(ports, open, row);
    const set = ({ sharing }: OscarService) => ({ sharing: { ...sharing, topology: 'star' as const, thresholdSeconds: seconds } });
    await changeAlone(ports, open, row, set, token);
  } finally {
    await letGo(ports, [id]);
    await mendOrigin(ports, origin);
  }
  return changes;
}

function isChanged(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” is being changed just now`,
    detail: 'Its origin is being told of its worker.',
    remedy: 'Try again in a moment.',
  });
}

function notSet(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The pair “${name}” does not stand`,
    detail: 'Only of a pair that was made whole the threshold can be set.',
    remedy: 'Take it out and make it again.',
  });
}
