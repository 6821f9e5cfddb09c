import type { Secret } from '@/lib/core/secret';
import type { OscarService, ServiceWish } from '@/lib/oscar/types';
import type { KeptHeld } from '@/lib/store/rows/pair';
import { whileAlone } from '../../clusters/one-at-a-time';
import { mayBeDone } from '../../may-be-done';
import { memberOf } from '../../pair-calls';
import type { WorkloadPorts } from '../../types';
import { asWish } from '../definitions';
import type { Both } from '../sides';
import { needsToken } from '../token';
import { changeAlone, joinWorker, leaveWorker, needThere, type StoredPair } from './federated';
import { type Shape, shapeOf } from './shape';

/**
 * Makes the origin's service of a pair as it is to be. A lost answer is followed by a look, never by the same call again.
 * @param held what it was before, written down already
 * @param token the refresh token of an origin of 4.1, for a change of what it asks for
 * @throws AppError as the clusters; what is there then, the next look tells
 */
export async function reshape(
  ports: WorkloadPorts,
  open: Both,
  row: StoredPair,
  to: Shape,
  held: KeptHeld | null,
  token: Secret | null = null,
): Promise<void> {
  if (open.origin.client.abilities.federation) return await federated(ports, open, row, to, held, token);
  const { client, cluster } = open.origin;
  await whileAlone(ports, cluster, async () => {
    const there = await needThere(client.service(row.name), row.name, cluster.name);
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

function olderWish(there: OscarService, row: StoredPair, { worker }: Both, to: Shape, held: KeptHeld | null): ServiceWish {
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

/**
 * From 4.1 on members have calls of their own, and what its members are is written anew with each change of the service: it has none while it is changed.
 * In the moment between the last two calls the worker asks for as much as the origin.
 */
async function federated(
  ports: WorkloadPorts,
  open: Both,
  row: StoredPair,
  to: Shape,
  held: KeptHeld | null,
  token: Secret | null,
): Promise<void> {
  const { client, cluster } = open.origin;
  const there = await needThere(client.service(row.name), row.name, cluster.name);
  const isOther = Object.keys(sizeFor(there, to, held)).length > 0;
  if (isOther && to === 'away' && !token) throw needsToken(row.name);
  if (to === 'closed' || isOther) await leaveWorker(ports, open, row);
  if (isOther) await changeAlone(ports, open, row, (now) => sizeFor(now, to, held), token);
  if (to !== 'closed') await joinWorker(ports, open, row, held?.cpu);
}

/** What the origin's service is to ask for; `{}`: it does. Pure. */
function sizeFor({ cpu }: Pick<OscarService, 'cpu'>, to: Shape, held: KeptHeld | null): { cpu?: string } {
  if (!held) return {};
  const isAway = Number(cpu) === Number(held.awayCpu);
  return isAway === (to === 'away') ? {} : { cpu: isAway ? held.cpu : held.awayCpu };
}
