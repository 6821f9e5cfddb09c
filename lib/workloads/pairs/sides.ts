import { AppError, type Problem } from '@/lib/core/errors';
import type { ObjectStore } from '@/lib/oscar/s3/store';
import { clusterPassword, type OpenCluster, openCluster, openStorage } from '../clusters/open';
import type { PairSide } from '../pair-calls';
import type { Side } from '../preflight';
import { clusterIdFor } from '../services/change';
import type { WorkloadPorts } from '../types';
import { mayBeStarting, patiently } from './patiently';

/** What was found out of one cluster before anything is made there. */
interface KnownSide {
  open: OpenCluster;
  side: Side;
  pair: PairSide;
}

/** A cluster that did not tell what has to be known. */
interface SilentSide {
  open: OpenCluster;
  problem: Problem;
}

/**
 * Opens both clusters of a pair.
 * @param use for the audit
 * @throws AppError `not-found`
 */
export async function openBoth(ports: WorkloadPorts, userId: string, ids: { origin: string; worker: string }, use: string): Promise<Both> {
  // one after the other: the same cluster twice is refused later, in words of its own
  const origin = await openCluster(ports, userId, ids.origin, use);
  const worker = await openCluster(ports, userId, ids.worker, use);
  return { origin, worker };
}
export type Both = Record<'origin' | 'worker', OpenCluster>;

/** Opens those clusters of a pair that are still there: one may have gone with its deployment. @param use for the audit */
export async function openSides(
  ports: WorkloadPorts,
  { user_id: user, origin_id: origin, worker_id: worker }: { user_id: string; origin_id: string | null; worker_id: string | null },
  use: string,
): Promise<Partial<Both>> {
  return {
    ...(origin === null ? {} : { origin: await openCluster(ports, user, origin, use) }),
    ...(worker === null ? {} : { worker: await openCluster(ports, user, worker, use) }),
  };
}

/** Asks a cluster all that a preflight looks at. One that does not answer is no error here. */
export async function lookAtSide(ports: WorkloadPorts, userId: string, open: OpenCluster, id: string): Promise<KnownSide | SilentSide> {
  const { client, cluster } = open;
  try {
    const [config, status, services, storage] = await Promise.all([
      client.config(),
      client.status().catch(() => null),
      client.services(),
      openStorage(ports, open),
    ]);
    const stored = await storedIn(storage);
    const known = stored ?? [];
    const buckets = client.abilities.buckets ? (await client.buckets()).map(({ name }) => name) : known;
    const { name, endpoint, dialect, ca, auth } = cluster;
    return {
      open,
      side: {
        name,
        dialect,
        endpoint,
        config,
        status,
        services,
        buckets: [...new Set([...buckets, ...known])],
        storageAnswers: stored !== null,
        clockAheadMs: null,
      },
      pair: {
        id,
        dialect,
        endpoint,
        // the other cluster knows no authority of its owner's
        verify: ca === null,
        store: config.minio,
        auth:
          auth.kind === 'oidc'
            ? auth
            : { kind: 'basic', user: auth.user, password: await clusterPassword(ports, userId, cluster.id, 'make a pair') },
        // it took an access token of that provider, or it would not have told all this
        issuers: auth.kind === 'oidc' ? [auth.provider] : [],
      },
    };
  } catch (error) {
    return { open, problem: AppError.from(error).toProblem() };
  }
}

/** OSCAR's names for two clusters, which tell them apart. Pure. */
export function sideNames(origin: { name: string }, worker: { name: string }): { origin: string; worker: string } {
  const names = { origin: clusterIdFor(origin, null), worker: clusterIdFor(worker, null) };
  return names.origin === names.worker ? { ...names, worker: `${names.worker}-2` } : names;
}

async function storedIn(storage: ObjectStore): Promise<string[] | null> {
  return await patiently(() => storage.buckets(), mayBeStarting).catch(() => null);
}
