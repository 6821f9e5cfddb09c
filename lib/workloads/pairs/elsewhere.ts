import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@/lib/core/ids';
import type { OscarService } from '@/lib/oscar/types';
import { openCluster } from '../clusters/open';
import { listClusters } from '../clusters/rows';
import { pairedWith } from '../pair-calls';
import type { Cluster, WorkloadPorts } from '../types';
import { canaryWish } from './canary-wish';
import { clusterSide, pairOf, pairRows } from './rows';
import type { Pair } from './types';

const PATIENCE_MS = 5_000;
/** OSCAR's own, where a service says none. */
const UNSAID_SECONDS = 30;

/** What a cluster told of its services; null: it did not answer soon. */
interface Told {
  cluster: Cluster;
  services: readonly OscarService[] | null;
}

/** A service whose jobs may leave its cluster, and one that takes them. */
interface Handing {
  service: OscarService;
  origin: Cluster;
  /** OSCAR's name of the other */
  member: string;
  /** null: it is none of the person's */
  worker: Cluster | null;
}

/** A person's pairs: those that were made here, and those that the definitions on their clusters tell of. A cluster that does not answer soon tells of none. */
export async function listPairs(ports: WorkloadPorts, userId: string): Promise<Pair[]> {
  const [rows, clusters] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  const handing = await lookElsewhere(ports, userId, rows, clusters);
  return [...rows.map((row) => pairOf(row, clusters, ports.clock.now())), ...handing.map(pairElsewhere)];
}

/** Asks a person's clusters anew which pairs were made elsewhere. */
export async function refreshFound(ports: WorkloadPorts, userId: string): Promise<void> {
  const [rows, clusters] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  await lookElsewhere(ports, userId, rows, clusters);
}

async function lookElsewhere(
  ports: WorkloadPorts,
  userId: string,
  rows: Awaited<ReturnType<typeof pairRows>>,
  clusters: readonly Cluster[],
): Promise<Handing[]> {
  const told = await Promise.all(clusters.map((cluster) => servicesOn(ports, userId, cluster)));
  const known = rows.flatMap(({ origin_id: origin, name, wish }) => [
    { origin, name },
    { origin, name: canaryWish(wish).name },
  ]);
  const handing = handingOn(told, clusters, known);
  await noteFound(ports, userId, told, handing);
  return handing;
}

/** The services whose jobs may leave for another cluster, by somebody's doing elsewhere. Pure. @param known pairs that were made here */
export function handingOn(
  told: readonly Told[],
  clusters: readonly Cluster[],
  known: readonly { origin: string | null; name: string }[],
): Handing[] {
  return told.flatMap(({ cluster, services }) =>
    (services ?? []).flatMap((service) => {
      const paired = pairedWith(service);
      if (paired?.role !== 'origin' || known.some(({ origin, name }) => origin === cluster.id && name === service.name)) return [];
      return paired.with.map((member): Handing => {
        const endpoint = plain(service.clusters[member]?.endpoint ?? '');
        return { service, origin: cluster, member, worker: clusters.find((each) => plain(each.endpoint) === endpoint) ?? null };
      });
    }),
  );
}

/** A pair that somebody made elsewhere, as its owner may see it. Pure. */
export function pairElsewhere({ service, origin, member, worker }: Handing): Pair {
  return {
    id: null,
    name: service.name,
    state: 'standing',
    origin: clusterSide(origin),
    worker: worker ? clusterSide(worker) : { id: null, name: member, region: null, dialect: null },
    thresholdSeconds: service.sharing.thresholdSeconds,
    problem: null,
    proof: null,
    createdAt: null,
    inPlace: false,
    watch: null,
    sharing: 'whole',
    settled: true,
    drain: null,
    token: null,
    drill: null,
  };
}

/** Those whose jobs can be followed: on two of the person's clusters, and of several that take a service's jobs the first. Pure. */
export function followable(handing: readonly Handing[]): (Handing & { worker: Cluster })[] {
  const known = handing.flatMap((one) => (one.worker && one.worker.id !== one.origin.id ? [{ ...one, worker: one.worker }] : []));
  return known.filter(
    (one, index) => known.findIndex(({ origin, service }) => origin.id === one.origin.id && service.name === one.service.name) === index,
  );
}

/** Writes down those on two of the person's clusters, for their jobs to be followed; what an origin that answered tells of no more is forgotten. */
async function noteFound(
  { store, clock }: WorkloadPorts,
  userId: string,
  told: readonly Told[],
  handing: readonly Handing[],
): Promise<void> {
  const now = clock.now();
  const values = followable(handing).map(({ service: { name, input, output, sharing }, origin, worker }) => ({
    id: newId('pair'),
    user_id: userId,
    service: name,
    origin_id: origin.id,
    worker_id: worker.id,
    wish: JSON.stringify({ input, output, thresholdSeconds: sharing.thresholdSeconds ?? UNSAID_SECONDS }),
    looked_at: now,
  }));
  const answered = told.flatMap(({ cluster, services }) => (services ? [cluster.id] : []));
  await store.db.transaction().execute(async (trx) => {
    const kept = await trx
      .selectFrom('found_pairs')
      .select(['id', 'origin_id', 'worker_id', 'service'])
      .where('user_id', '=', userId)
      .execute();
    if (kept.length === 0 && values.length === 0) return;
    const same = (one: (typeof kept)[number]) =>
      values.some((each) => each.origin_id === one.origin_id && each.worker_id === one.worker_id && each.service === one.service);
    const gone = kept.filter((one) => answered.includes(one.origin_id) && !same(one)).map(({ id }) => id);
    if (gone.length > 0) await trx.deleteFrom('found_pairs').where('id', 'in', gone).execute();
    // one that did not answer is asked again as late as the others
    await trx.updateTable('found_pairs').set({ looked_at: now }).where('user_id', '=', userId).execute();
    if (values.length === 0) return;
    await trx
      .insertInto('found_pairs')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['user_id', 'origin_id', 'worker_id', 'service'])
          .doUpdateSet(({ ref }) => ({ wish: ref('excluded.wish'), looked_at: now })),
      )
      .execute();
  });
}

const plain = (endpoint: string) => endpoint.replace(/\/+$/, '');

async function servicesOn(ports: WorkloadPorts, userId: string, cluster: Cluster): Promise<Told> {
  const ask = async () => {
    const { client } = await openCluster(ports, userId, cluster.id, 'look for pairs');
    return await client.services();
  };
  return { cluster, services: await Promise.race([ask(), sleep(PATIENCE_MS, null)]).catch(() => null) };
}
