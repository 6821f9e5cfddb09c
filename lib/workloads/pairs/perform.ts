import { AppError } from '@/lib/core/errors';
import { tidyText } from '@/lib/core/text';
import type { OscarClient } from '@/lib/oscar/client';
import type { OscarService, Sharing } from '@/lib/oscar/types';
import type { KeptHeld, KeptUndo } from '@/lib/store/rows/pair';
import { whileAlone } from '../clusters/one-at-a-time';
import { mayBeDone } from '../may-be-done';
import { type PairCall, pairedWith } from '../pair-calls';
import { serviceChange } from '../service-diff';
import type { WorkloadPorts } from '../types';
import { asWish, plainWish, without } from './definitions';
import type { Both } from './sides';

type Ports = Pick<WorkloadPorts, 'store' | 'clock'>;

/** What both services of a pair are: enough to know them again before they are taken out. */
export interface PairServices {
  name: string;
  script: string;
  image: string;
  /** OSCAR's names of both clusters, by which the definitions know them */
  origin: string;
  worker: string;
  /** what the origin's was before work was moved away from it; null: it is so */
  held: KeptHeld | null;
}

/** How the services of a kept pair are known again. Pure. */
export function servicesOf(row: {
  wish: { name: string; image: string; script: string };
  origin_name: string;
  worker_name: string;
  held?: KeptHeld | null;
}): PairServices {
  const { name, image, script } = row.wish;
  return { name, image, script, origin: row.origin_name, worker: row.worker_name, held: row.held ?? null };
}

/** Makes one call of a plan. A lost answer is followed by a look: what was done counts. @throws AppError as the cluster */
export async function makeCall(ports: Ports, open: Both, { side, call }: PairCall): Promise<void> {
  const { client, cluster } = open[side];
  await whileAlone(ports, cluster, async () => {
    if (call.kind === 'federate') return await federate(client, open, call);
    const { wish } = call;
    try {
      if (call.kind === 'create') return await client.createService(wish);
      const there = await client.service(wish.name);
      if (!there) throw gone(wish.name, cluster.name);
      await client.updateService(wish, there);
    } catch (error) {
      const now = mayBeDone(error) ? await client.service(wish.name).catch(() => null) : null;
      if (!now || serviceChange(now, wish, now.owner).kind !== 'none') throw error;
    }
  });
}

async function federate(client: OscarClient, open: Both, call: Extract<PairCall['call'], { kind: 'federate' }>): Promise<void> {
  const name = call.members[0]?.serviceName ?? '';
  try {
    const warning = await client.changeMembers(name, { ...call, kind: 'add' });
    if (warning !== null) throw notGiven(open.worker.cluster.name, warning);
  } catch (error) {
    if (!mayBeDone(error)) throw error;
    const members = await client.members(name).catch(() => []);
    if (!call.members.every((wanted) => members.some(({ clusterId }) => clusterId === wanted.clusterId))) throw error;
  }
}

/**
 * Takes out what calls put in. What is not there any more counts as taken out, and a service that is another by now stays, without the
 * other cluster's storage.
 * @param undo in the order in which it is to be done
 * @returns what could not be taken out, with why; each is tried whatever became of the others
 */
export async function takeOut(
  ports: Ports,
  open: Partial<Both>,
  services: PairServices,
  undo: readonly KeptUndo[],
): Promise<{ left: KeptUndo[]; problem: AppError | null }> {
  const stays = !undo.some(({ side, undo: how }) => side === 'origin' && how === 'delete');
  const left: KeptUndo[] = [];
  let problem: AppError | null = null;
  for (const one of undo) {
    try {
      const at = open[one.side];
      // it went with its cluster
      if (!at) continue;
      const { client, cluster } = at;
      await whileAlone(ports, cluster, () =>
        one.undo === 'delete' ? removeOwn(client, one.side, services) : unshare(client, services, stays),
      );
    } catch (error) {
      left.push(one);
      problem ??= AppError.from(error);
    }
  }
  return { left, problem };
}

async function removeOwn(client: OscarClient, side: KeptUndo['side'], services: PairServices): Promise<void> {
  const there = await client.service(services.name);
  if (!there) return;
  if (!isOfPair(there, services)) return side === 'worker' ? await cutOff(client, there, services) : undefined;
  try {
    await client.deleteService(services.name);
  } catch (error) {
    if (!mayBeDone(error) || (await client.service(services.name)) !== null) throw error;
  }
}

/** @param stays the origin keeps the service: all that was of the pair goes from it, and it asks for as much as before */
async function unshare(client: OscarClient, services: PairServices, stays: boolean): Promise<void> {
  const there = await client.service(services.name);
  if (!there) return;
  const ours = there.sharing.members.filter(({ clusterId }) => clusterId === services.worker);
  const members = there.sharing.members.filter((one) => !ours.includes(one));
  const { held } = services;
  const own = held && Number(there.cpu) === Number(held.awayCpu) ? held.cpu : there.cpu;
  if (client.abilities.federation) {
    // what the remaining members say of it changes nothing here
    if (ours.length > 0) await client.changeMembers(services.name, { kind: 'remove', members: ours });
    const secrets = there.secrets.filter((name) => name !== 'refresh_token');
    if (!stays || members.length > 0 || secrets.length > 0) return;
    const output = there.output.map((one) => (one.provider === `minio.${services.origin}` ? { ...one, provider: 'minio.default' } : one));
    const sharing: Sharing = { ...there.sharing, members: [], topology: 'none' };
    await client.updateService({ ...plainWish(there), cpu: own, output, sharing }, without(there, [services.worker, services.origin]));
    return;
  }
  // while its worker does not answer it is no member, but how it is reached is there
  if (ours.length === 0 && !there.clusters[services.worker] && own === there.cpu) return;
  await client.updateService({ ...asWish(there), cpu: own, sharing: { ...there.sharing, members } }, without(there, [services.worker]));
}

/** Takes the origin's storage, and its keys, out of a worker that is to stay. */
export async function keepToItself(ports: Ports, { worker }: Partial<Both>, services: PairServices): Promise<void> {
  if (!worker) return;
  const { client, cluster } = worker;
  await whileAlone(ports, cluster, async () => {
    const there = await client.service(services.name);
    if (there) await cutOff(client, there, services);
  });
}

/** Its owner may have changed it meanwhile: what it has of the origin is taken out all the same. */
async function cutOff(client: OscarClient, there: OscarService, services: PairServices): Promise<void> {
  if (!isOfPair(there, services) && !pairedWith(there)?.with.includes(services.origin)) return;
  const lent = [services.origin, services.worker];
  const output = there.output.filter(({ provider }) => !lent.some((name) => provider === `minio.${name}`));
  const { 'oscar.grycap/origin-cluster': _origin, ...annotations } = there.annotations;
  await client.updateService({ ...asWish(there), output, annotations }, without(there, lent));
}

const isOfPair = (there: OscarService, { image, script }: PairServices) => there.image === image && there.script.trim() === script.trim();

function gone(service: string, cluster: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `The service “${service}” is gone from “${cluster}”`,
    detail: 'Somebody removed it while the pair was being made.',
    remedy: 'Make the pair again.',
  });
}

function notGiven(cluster: string, said: string): AppError {
  return new AppError({
    code: 'upstream-refused',
    title: `“${cluster}” did not take the service of the other`,
    detail: 'The first cluster knows its worker now, but could not give it the service’s definition.',
    remedy: 'Check that both clusters reach each other and take your sign-in, then make the pair again.',
    upstream: { service: 'oscar', message: tidyText(said).slice(0, 500) },
  });
}
