import { AppError } from '@/lib/core/errors';
import type { OscarClient } from '@/lib/oscar/client';
import type { ClusterConfig } from '@/lib/oscar/types';
import type { Cluster, WorkloadPorts } from '../types';
import { type OpenCluster, openCluster } from './open';

/** What somebody may do for everybody of a cluster: its own user (who signs in with its password) alone, as far as its release has it. */
export interface Operation {
  /** say whose images it takes */
  images: boolean;
  /** change what people may use */
  quotas: boolean;
  /** read its log */
  log: boolean;
}

/** Pure. */
export function operationOf(
  { auth }: Pick<Cluster, 'auth'>,
  abilities: OscarClient['abilities'],
  config: Pick<ClusterConfig, 'kueue' | 'volumes'>,
): Operation {
  const own = auth.kind === 'basic';
  // 3.7 has quotas where it has Kueue, and speaks as 3.6
  return {
    images: own && abilities.operation,
    quotas: own && abilities.buckets && (config.kueue || config.volumes),
    log: own && abilities.buckets,
  };
}

/**
 * Opens a cluster for what its own user alone may do.
 * @param use for the audit
 * @throws AppError `not-found`; `forbidden` for somebody with a sign-in of their own; `conflict` where its release has it not
 */
export async function openAsOwnUser(
  ports: WorkloadPorts,
  userId: string,
  id: string,
  what: keyof Operation,
  use: string,
): Promise<OpenCluster> {
  const open = await openCluster(ports, userId, id, use);
  if (open.cluster.auth.kind !== 'basic') throw notOwnUser(open.cluster.name);
  const config = what === 'quotas' ? await open.client.config() : { kueue: false, volumes: false };
  if (!operationOf(open.cluster, open.client.abilities, config)[what]) throw notThere(open.cluster.name);
  return open;
}

function notOwnUser(cluster: string): AppError {
  return new AppError({
    code: 'forbidden',
    title: 'Only the cluster’s own user may do that',
    detail: `You come to “${cluster}” with your own sign-in; what concerns everybody there is for who has its password.`,
    remedy: 'Register it with its user and password, or ask whoever runs it.',
  });
}

function notThere(cluster: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'This cluster does not have that',
    detail: `“${cluster}” is of a release that does not know it, or its operator switched it off.`,
    remedy: 'Ask whoever runs the cluster.',
  });
}
