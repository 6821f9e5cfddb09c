import type { Selectable } from 'kysely';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { knownOscar, type OscarClient } from '@/lib/oscar/client';
import { ObjectStore } from '@/lib/oscar/s3/store';
import type { OscarAuth, OscarEndpoint } from '@/lib/oscar/types';
import type { ClusterRow } from '@/lib/store/schema';
import type { Cluster, NewCluster, WorkloadPorts } from '../types';
import { clusterOf, needRow, passwordKind } from './rows';

/** How a cluster's address is gone to: people name it, so nothing is told of what else is there. */
export function endpointOf(
  { config }: Pick<WorkloadPorts, 'config'>,
  cluster: Pick<Cluster, 'id' | 'name' | 'endpoint' | 'ca' | 'inside'>,
): OscarEndpoint {
  return {
    id: cluster.id,
    name: cluster.name,
    address: cluster.endpoint,
    ...(cluster.ca === null ? {} : { ca: cluster.ca }),
    ...(cluster.inside ? { allowPrivate: true } : {}),
    allowedRanges: config.allowedRanges,
    discreet: true,
  };
}

/**
 * A person's sign-in at a cluster.
 * @throws AppError `forbidden` where their token may not be sent there
 */
function ownSignInAt(ports: Pick<WorkloadPorts, 'config' | 'credentials'>, userId: string, provider: string, at: Cluster): OscarAuth {
  if (!takesSignIn(ports, at)) throw notSent(at.name);
  return { kind: 'oidc', accessToken: (options) => ports.credentials.accessTokenFor(userId, provider, options) };
}

/** Whether a person's own sign-in may be sent to an address that a person named: only to hosts that the operator named, and into the sandbox. */
function takesSignIn({ config }: Pick<WorkloadPorts, 'config'>, at: Pick<Cluster, 'endpoint' | 'inside' | 'deployment'>): boolean {
  return config.tokenHosts.includes(new URL(at.endpoint).host) || (config.sandbox && at.inside && at.deployment === null);
}

/** A person's cluster, to speak with. */
export interface OpenCluster {
  cluster: Cluster;
  client: OscarClient;
}

/**
 * Opens a person's cluster; nothing is asked of it yet.
 * @param use for the audit; null: its reading for this was noted
 * @throws AppError `not-found`
 */
export async function openCluster(ports: WorkloadPorts, userId: string, id: string, use: string | null): Promise<OpenCluster> {
  return openRow(ports, await needRow(ports, userId, id), use);
}

/** @param use for the audit */
async function openRow(ports: WorkloadPorts, row: Selectable<ClusterRow>, use: string | null): Promise<OpenCluster> {
  const cluster = clusterOf(row);
  const auth: OscarAuth =
    cluster.auth.kind === 'oidc'
      ? ownSignInAt(ports, row.user_id, cluster.auth.provider, cluster)
      : { kind: 'basic', user: cluster.auth.user, password: await passwordOf(ports, row, use) };
  return { cluster, client: knownOscar(endpointOf(ports, cluster), auth, cluster) };
}

/** The storage of a cluster, by the keys that OSCAR gives its user now. */
export async function openStorage(ports: WorkloadPorts, { cluster, client }: OpenCluster): Promise<ObjectStore> {
  const { minio } = await client.config();
  const { address: _api, ...peer } = endpointOf(ports, { ...cluster, ca: cluster.storageCa ?? cluster.ca });
  return new ObjectStore(minio, peer);
}

/** The sign-in of a cluster that is only about to be kept. */
export function givenAuth(
  ports: Pick<WorkloadPorts, 'config' | 'credentials'>,
  owner: { id: string; provider: string },
  auth: NewCluster['auth'],
  at: Cluster,
  password: Secret,
): OscarAuth {
  return auth.kind === 'oidc' ? ownSignInAt(ports, owner.id, owner.provider, at) : { kind: 'basic', user: auth.user, password };
}

/**
 * The password of a person's cluster, for another cluster that hands jobs on to it.
 * @throws AppError `not-found`
 */
export async function clusterPassword(ports: WorkloadPorts, userId: string, id: string, use: string): Promise<Secret> {
  return await passwordOf(ports, await needRow(ports, userId, id), use);
}

async function passwordOf({ credentials }: WorkloadPorts, row: Selectable<ClusterRow>, use: string | null): Promise<Secret> {
  if (!row.secret) throw new AppError({ code: 'internal', title: 'A cluster has no password' });
  return await credentials.vault.open(row.user_id, row.id, passwordKind, row.secret, use);
}

function notSent(name: string): AppError {
  const message =
    'Your sign-in is not sent to this host, so that nobody gets it by a cluster you add. Use the password, or ask the operator of Transat to name the host (`tokenHosts`).';
  return new AppError({
    code: 'invalid-input',
    title: `Your sign-in is not sent to “${name}”`,
    detail: message,
    fields: [{ path: 'auth', message }],
  });
}
