import { setTimeout as sleep } from 'node:timers/promises';
import type { OscarService } from '@/lib/oscar/types';
import { openCluster } from '../clusters/open';
import { listClusters } from '../clusters/rows';
import { pairedWith } from '../pair-calls';
import type { Cluster, WorkloadPorts } from '../types';
import { canaryWish } from './canary-wish';
import { clusterSide, pairOf, pairRows } from './rows';
import type { Pair } from './types';

const PATIENCE_MS = 5_000;

/** A person's pairs: those that were made here, and those that the definitions on their clusters tell of. A cluster that does not answer soon tells of none. */
export async function listPairs(ports: WorkloadPorts, userId: string): Promise<Pair[]> {
  const [rows, clusters] = await Promise.all([pairRows(ports, userId), listClusters(ports, userId)]);
  const told = await Promise.all(clusters.map((cluster) => servicesOn(ports, userId, cluster)));
  const known = rows.flatMap(({ origin_id: origin, name, wish }) => [
    { origin, name },
    { origin, name: canaryWish(wish).name },
  ]);
  return [...rows.map((row) => pairOf(row, clusters, ports.clock.now())), ...pairsAmong(told, clusters, known)];
}

/** Pairs that somebody made elsewhere, by the services whose jobs may leave. Pure. @param known those that were made here */
export function pairsAmong(
  told: readonly { cluster: Cluster; services: readonly OscarService[] }[],
  clusters: readonly Cluster[],
  known: readonly { origin: string | null; name: string }[],
): Pair[] {
  return told.flatMap(({ cluster, services }) =>
    services.flatMap((service) => {
      const paired = pairedWith(service);
      if (paired?.role !== 'origin' || known.some(({ origin, name }) => origin === cluster.id && name === service.name)) return [];
      return paired.with.map((member): Pair => {
        const endpoint = plain(service.clusters[member]?.endpoint ?? '');
        const worker = clusters.find((each) => plain(each.endpoint) === endpoint);
        return {
          id: null,
          name: service.name,
          state: 'standing',
          origin: clusterSide(cluster),
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
      });
    }),
  );
}

const plain = (endpoint: string) => endpoint.replace(/\/+$/, '');

async function servicesOn(ports: WorkloadPorts, userId: string, cluster: Cluster) {
  const ask = async () => {
    const { client } = await openCluster(ports, userId, cluster.id, 'look for pairs');
    return await client.services();
  };
  const services = await Promise.race([ask(), sleep(PATIENCE_MS, [])]).catch(() => []);
  return { cluster, services };
}
