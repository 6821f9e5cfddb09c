import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import { whileAlone } from '../../clusters/one-at-a-time';
import { mayBeDone } from '../../may-be-done';
import { joinCalls, type PairWish } from '../../pair-calls';
import { serviceChange } from '../../service-diff';
import type { WorkloadPorts } from '../../types';
import { asWish } from '../definitions';
import { makeCall } from '../perform';
import { type Both, lookAtSide } from '../sides';
import { needsToken } from '../token';

/** As much of a pair's row as changes of its origin need. */
export interface StoredPair {
  user_id: string;
  name: string;
  origin_name: string;
  worker_name: string;
  wish: PairWish;
}

/** An origin's service, before it is changed. @throws AppError `conflict` where it is gone */
export async function needThere(found: Promise<OscarService | null>, name: string, cluster: string): Promise<OscarService> {
  const there = await found;
  if (there) return there;
  throw new AppError({
    code: 'conflict',
    title: `The service “${name}” is gone from “${cluster}”`,
    detail: 'Somebody removed it there, so nothing of this pair can cross.',
    remedy: 'Take the pair out, and make it again if it is still wanted.',
  });
}

/** Takes the worker out of an origin of 4.1. The others are not asked, so it works while the worker does not answer. */
export async function leaveWorker(ports: WorkloadPorts, { origin: { client, cluster } }: Both, row: StoredPair): Promise<void> {
  await whileAlone(ports, cluster, async () => {
    const there = await needThere(client.service(row.name), row.name, cluster.name);
    const ours = there.sharing.members.filter(({ clusterId }) => clusterId === row.worker_name);
    if (ours.length === 0) return;
    try {
      await client.changeMembers(row.name, { kind: 'remove', members: ours });
    } catch (error) {
      const now = mayBeDone(error) ? await client.members(row.name).catch(() => null) : null;
      if (!now || now.some(({ clusterId }) => clusterId === row.worker_name)) throw error;
    }
  });
}

/**
 * Changes the service of an origin of 4.1 while it has no members: with members each change would be written over theirs.
 * @param change what is to be another of it; `{}`: it is as it is to be
 * @param token its refresh token, without which such an origin takes no change
 * @throws AppError `conflict` where there is none, or others than this pair's worker are members
 */
export async function changeAlone(
  ports: WorkloadPorts,
  { origin: { client, cluster } }: Both,
  row: StoredPair,
  change: (there: OscarService) => Pick<Partial<ServiceWish>, 'cpu' | 'sharing'>,
  token: Secret | null,
): Promise<void> {
  await whileAlone(ports, cluster, async () => {
    const there = await needThere(client.service(row.name), row.name, cluster.name);
    const wanted = change(there);
    if (Object.keys(wanted).length === 0) return;
    if (!token) throw needsToken(row.name);
    if (there.sharing.members.length > 0) throw hasOthers(row.name);
    const wish = { ...asWish(there, { refresh_token: token }), sharing: { ...there.sharing, topology: 'star' as const }, ...wanted };
    try {
      await client.updateService(wish, there);
    } catch (error) {
      const now = mayBeDone(error) ? await client.service(row.name).catch(() => null) : null;
      if (!now || serviceChange(now, wish, now.owner).kind !== 'none') throw error;
    }
  });
}

/** Gives an origin of 4.1 its worker, and the worker its own definition again. @param cpu that the worker's is to ask for; left out: as much as the origin's */
export async function joinWorker(ports: WorkloadPorts, open: Both, row: StoredPair, cpu?: string): Promise<void> {
  const { client, cluster } = open.origin;
  const there = await needThere(client.service(row.name), row.name, cluster.name);
  const [origin, worker] = await Promise.all([
    lookAtSide(ports, row.user_id, open.origin, row.origin_name),
    lookAtSide(ports, row.user_id, open.worker, row.worker_name),
  ]);
  if ('problem' in origin) throw new AppError(origin.problem);
  if ('problem' in worker) throw new AppError(worker.problem);
  const { image, script, memory, gpu, variables } = there;
  const wish = { ...row.wish, image, script, cpu: cpu ?? there.cpu, memory, gpu, variables };
  for (const call of joinCalls(wish, origin.pair, worker.pair)) {
    const joined = call.call.kind === 'federate' && (await client.members(row.name)).some(({ clusterId }) => clusterId === row.worker_name);
    if (!joined) await makeCall(ports, open, call);
  }
}

function hasOthers(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” has other workers, too`,
    detail: 'A change of the origin’s service would be written over theirs. Nothing was changed.',
    remedy: 'Take the other members out at the origin, or leave it as it is.',
  });
}
