import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import type { KeptHeld, PairRow } from '@/lib/store/rows/pair';
import { whileAlone } from '../../clusters/one-at-a-time';
import { mayBeDone } from '../../may-be-done';
import { joinCalls, memberOf } from '../../pair-calls';
import type { WorkloadPorts } from '../../types';
import { asWish } from '../definitions';
import { makeCall } from '../perform';
import { type Both, lookAtSide } from '../sides';
import { type Shape, shapeOf } from './shape';

type Stored = Pick<Selectable<PairRow>, 'user_id' | 'name' | 'origin_name' | 'worker_name' | 'wish'>;

/**
 * Makes the origin's service of a pair as it is to be. A lost answer is followed by a look, never by the same call again.
 * @param held what it was before, written down already
 * @throws AppError as the clusters; what is there then, the next look tells
 */
export async function reshape(ports: WorkloadPorts, open: Both, row: Stored, to: Shape, held: KeptHeld | null): Promise<void> {
  if (open.origin.client.abilities.federation) return await federated(ports, open, row, to);
  const { client, cluster } = open.origin;
  await whileAlone(ports, cluster, async () => {
    const there = await need(client.service(row.name), row.name, cluster.name);
    // others may have had their turn before
    if (shapeOf(there, row.worker_name, held) === to) return;
    try {
      await client.updateService(olderWish(there, row, open, to, held), there);
    } catch (error) {
      const now = mayBeDone(error) ? await client.service(row.name).catch(() => null) : null;
      if (!now || shapeOf(now, row.worker_name, held) !== to) throw error;
    }
  });
}

function olderWish(there: OscarService, row: Stored, { worker }: Both, to: Shape, held: KeptHeld | null): ServiceWish {
  const others = there.sharing.members.filter(({ clusterId }) => clusterId !== row.worker_name);
  const own = there.sharing.members.find(({ clusterId }) => clusterId === row.worker_name);
  // how it is reached stays in the definition while it is out
  const member = own ?? memberOf(row.name, { id: row.worker_name, verify: worker.cluster.ca === null });
  const wish = asWish(there);
  const sharing = {
    ...there.sharing,
    delegation: 'static',
    thresholdSeconds: there.sharing.thresholdSeconds ?? row.wish.thresholdSeconds,
  } as const;
  return {
    ...wish,
    cpu: to === 'away' ? (held?.awayCpu ?? wish.cpu) : held && Number(wish.cpu) === Number(held.awayCpu) ? held.cpu : wish.cpu,
    sharing: { ...sharing, members: to === 'closed' ? others : [...others, member] },
  };
}

/** From 4.1 on members have calls of their own; the service's definition can’t be sent again without its refresh token. */
async function federated(ports: WorkloadPorts, open: Both, row: Stored, to: Shape): Promise<void> {
  if (to === 'away') throw needsToken(row.name);
  const { client, cluster } = open.origin;
  if (to === 'closed') {
    return await whileAlone(ports, cluster, async () => {
      const there = await need(client.service(row.name), row.name, cluster.name);
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
  const there = await need(client.service(row.name), row.name, cluster.name);
  const [origin, worker] = await Promise.all([
    lookAtSide(ports, row.user_id, open.origin, row.origin_name),
    lookAtSide(ports, row.user_id, open.worker, row.worker_name),
  ]);
  if ('problem' in origin) throw new AppError(origin.problem);
  if ('problem' in worker) throw new AppError(worker.problem);
  const { image, script, cpu, memory, gpu, variables } = there;
  const wish = { ...row.wish, image, script, cpu, memory, gpu, variables };
  for (const call of joinCalls(wish, origin.pair, worker.pair)) {
    const there = call.call.kind === 'federate' && (await client.members(row.name)).some(({ clusterId }) => clusterId === row.worker_name);
    if (!there) await makeCall(ports, open, call);
  }
}

async function need(found: Promise<OscarService | null>, name: string, cluster: string): Promise<OscarService> {
  const there = await found;
  if (there) return there;
  throw new AppError({
    code: 'conflict',
    title: `The service “${name}” is gone from “${cluster}”`,
    detail: 'Somebody removed it there, so nothing of this pair can cross.',
    remedy: 'Take the pair out, and make it again if it is still wanted.',
  });
}

/** Why an origin of 4.1 can't be drained. */
export function needsToken(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” can’t be drained at an origin of 4.1`,
    detail:
      'That release takes a change of such a service only together with its refresh token, which Transat does not keep: it could not be undone by itself.',
    remedy: 'Drain the worker instead, or put files in at the other cluster meanwhile.',
  });
}
