import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { invalidInput } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { connectOscar } from '@/lib/oscar/client';
import { readAuthorities } from '@/lib/sites';
import type { Cluster, ClusterAuth, ClusterChange, NewCluster, Owner, WorkloadPorts } from '../types';
import { endpointOf, givenAuth } from './open';
import { clusterOf, listClusters, needRow, passwordKind } from './rows';
import { traitsOf } from './traits';

const MOST_CLUSTERS = 30;
const TRY_MS = 6_000;

/** Where a cluster comes from that nobody typed in. */
interface Origin {
  /** private addresses and plain http are allowed there */
  inside?: boolean;
  /** it goes with its person's demo */
  demo?: boolean;
  deployment?: { id: string; part: string; site: string };
  /** PEM of what its storage shows, where that is not what its API shows */
  storageCa?: string;
}

/**
 * Keeps a cluster, after it was signed in to and told what it is.
 * @throws AppError naming the field: `invalid-input`, or what stood against it; nothing is stored then
 */
export async function registerCluster(ports: WorkloadPorts, owner: Owner, given: NewCluster, origin: Origin = {}): Promise<Cluster> {
  const known = await listClusters(ports, owner.id);
  if (known.length >= MOST_CLUSTERS) throw tooMany();
  const id = newId('clu');
  const tried = await tryCluster(ports, owner, { ...given, id, inside: origin.inside ?? false }, known);
  const row = await ports.store.db
    .insertInto('clusters')
    .values({
      id,
      user_id: owner.id,
      name: given.name,
      region: given.region,
      endpoint: tried.endpoint,
      ca: tried.ca,
      storage_ca: origin.storageCa ?? null,
      inside: origin.inside ?? false,
      demo: origin.demo ?? false,
      dialect: tried.dialect,
      version: tried.version,
      ...(await authColumns(ports, owner, id, given.auth)),
      deployment_id: origin.deployment?.id ?? null,
      part: origin.deployment?.part ?? '',
      site: origin.deployment?.site ?? null,
      seen_at: ports.clock.now(),
      created_at: ports.clock.now(),
    })
    // another request was quicker
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw nameTaken();
  return clusterOf(row);
}

/**
 * Changes a cluster; where how it is reached or signed in to changes, it is tried first as {@link registerCluster} does.
 * @throws AppError `not-found`, `conflict` where it came with a deployment or another change was quicker, and as registering does
 */
export async function changeCluster(ports: WorkloadPorts, owner: Owner, id: string, change: ClusterChange): Promise<Cluster> {
  const row = await needRow(ports, owner.id, id);
  const before = clusterOf(row);
  const { name = before.name, region = before.region } = change;
  const known = (await listClusters(ports, owner.id)).filter((cluster) => cluster.id !== id);
  if (known.some((cluster) => cluster.name === name)) throw nameTaken();
  const reached = change.endpoint !== undefined || change.auth !== undefined || change.ca !== undefined;
  if (reached && before.deployment !== null) throw ofDeployment(before);
  const columns = reached ? await retried(ports, owner, row, change, known) : {};
  const changed = await ports.store.db
    .updateTable('clusters')
    .set({ name, region, ...columns })
    .where('id', '=', id)
    // a password is kept for the address that it was tried at: as it was read, or not at all
    .where('endpoint', '=', row.endpoint)
    .where('ca', 'is not distinct from', row.ca)
    .where('auth', '=', row.auth)
    .where('username', 'is not distinct from', row.username)
    .where('secret', 'is not distinct from', row.secret)
    .returningAll()
    .executeTakeFirst();
  if (!changed) throw changedMeanwhile(before);
  return clusterOf(changed);
}

/**
 * Reaches a cluster that came with a deployment as that says now, where its machine was made anew: with another address, password or certificate. It is
 * tried first.
 * @throws AppError `not-found`, or what stands against it as for {@link registerCluster}; it is kept as it was then
 */
export async function renewCluster(
  ports: WorkloadPorts,
  owner: Owner,
  id: string,
  how: Pick<NewCluster, 'endpoint' | 'auth' | 'ca'>,
  storageCa?: string,
): Promise<void> {
  const row = await needRow(ports, owner.id, id);
  const { name, region, inside } = clusterOf(row);
  const known = (await listClusters(ports, owner.id)).filter((cluster) => cluster.id !== id);
  const tried = await tryCluster(ports, owner, { ...how, id, name, region, inside }, known);
  const signIn = await authColumns(ports, owner, id, how.auth);
  const found = { ...tried, ...signIn, storage_ca: storageCa ?? row.storage_ca, problem: null, seen_at: ports.clock.now() };
  await ports.store.db.updateTable('clusters').set(found).where('id', '=', id).execute();
}

/** Forgets a cluster; what runs there stays. @throws AppError `conflict` where it came with a deployment, or pairs stand on it */
export async function removeCluster(ports: WorkloadPorts, owner: Owner, id: string): Promise<void> {
  const cluster = clusterOf(await needRow(ports, owner.id, id));
  if (cluster.deployment !== null) throw ofDeployment(cluster);
  const pairs = await ports.store.db
    .selectFrom('pairs')
    .select('name')
    .where((where) => where.or([where('origin_id', '=', id), where('worker_id', '=', id)]))
    .where('state', '!=', 'undone')
    .execute();
  if (pairs.length > 0) throw ofPairs(cluster, pairs);
  await ports.store.db.deleteFrom('clusters').where('id', '=', id).execute();
}

async function retried(
  ports: WorkloadPorts,
  owner: Owner,
  row: Awaited<ReturnType<typeof needRow>>,
  change: ClusterChange,
  known: readonly Cluster[],
) {
  const before = clusterOf(row);
  const endpoint = change.endpoint ?? before.endpoint;
  const moved = new URL(endpoint).origin !== new URL(before.endpoint).origin;
  // a password is sent only to where it was given for
  if (moved && !change.auth && before.auth.kind === 'basic') {
    throw invalidInput([{ path: 'auth', message: 'Give the password again: the one that is kept was given for another address.' }]);
  }
  const inside = before.inside && !moved;
  const ca = change.ca === null ? undefined : (change.ca ?? before.ca ?? undefined);
  const auth = change.auth ?? (await keptAuth(ports, row));
  const name = change.name ?? before.name;
  const tried = await tryCluster(ports, owner, { name, region: before.region, endpoint, auth, ca, id: before.id, inside }, known);
  const { dialect, version } = tried;
  const signIn = change.auth ? await authColumns(ports, owner, before.id, change.auth) : {};
  return { endpoint: tried.endpoint, ca: tried.ca, inside, dialect, version, problem: null, seen_at: ports.clock.now(), ...signIn };
}

async function keptAuth(ports: WorkloadPorts, row: Awaited<ReturnType<typeof needRow>>): Promise<NewCluster['auth']> {
  if (row.auth === 'oidc' || !row.secret) return { kind: 'oidc' };
  const password = await ports.credentials.vault.open(row.user_id, row.id, passwordKind, row.secret, `try the cluster ${row.name}`);
  return { kind: 'basic', user: row.username ?? '', password: password.reveal() };
}

async function authColumns({ credentials }: WorkloadPorts, owner: Owner, id: string, auth: NewCluster['auth']) {
  if (auth.kind === 'oidc') return { auth: auth.kind, provider: owner.provider, username: null, secret: null };
  const secret = await credentials.vault.seal(owner.id, id, passwordKind, new Secret(auth.password));
  return { auth: auth.kind, username: auth.user, secret, provider: null };
}

type Tried = Pick<Cluster, 'endpoint' | 'ca' | 'dialect' | 'version'>;

async function tryCluster(
  ports: WorkloadPorts,
  owner: Owner,
  given: NewCluster & { id: string; inside: boolean },
  known: readonly Cluster[],
): Promise<Tried> {
  const { auth, region, name, id, inside } = given;
  const authorities = given.ca === undefined ? undefined : readAuthorities(given.ca, ports.clock.now());
  if (authorities && 'fault' in authorities) throw invalidInput([{ path: 'ca', message: authorities.fault }]);
  if (known.some((cluster) => cluster.name === name)) throw nameTaken();
  const endpoint = given.endpoint.replace(/\/+$/, '');
  const twin = known.find((cluster) => cluster.endpoint === endpoint);
  if (twin) throw invalidInput([{ path: 'endpoint', message: `You have this cluster already, as “${twin.name}”.` }]);
  const ca = authorities?.pem ?? null;
  const people: ClusterAuth = { kind: 'oidc', provider: owner.provider };
  const at: Cluster = {
    id,
    name,
    region,
    endpoint,
    ca,
    storageCa: null,
    inside,
    dialect: '4.1',
    version: '',
    auth: people,
    deployment: null,
    site: null,
    problem: null,
    seenAt: null,
    createdAt: '',
    traits: traitsOf('4.1', people),
  };
  const signIn = givenAuth(ports, owner, auth, at, new Secret(auth.kind === 'basic' ? auth.password : ''));
  const began = performance.now();
  try {
    const client = await connectOscar(endpointOf(ports, at), signIn);
    // the first such call makes the account of somebody who comes with an access token
    await client.config();
    return { endpoint, ca, dialect: client.dialect, version: client.info.version };
  } catch (error) {
    throw await atItsField(error, at, began);
  }
}

/** Whatever stands against a cluster is said at its field; that nothing answers takes as long as for one that never answers. */
async function atItsField(error: unknown, at: Cluster, began: number): Promise<AppError> {
  const problem = AppError.from(error).toProblem();
  const silent = problem.code === 'deadline-passed' || (problem.code === 'site-unreachable' && problem.upstream?.message === 'no answer');
  if (silent) await sleep(Math.max(began + TRY_MS - performance.now(), 0));
  const tls = problem.code === 'site-tls-untrusted';
  const path = problem.code === 'credential-invalid' ? 'auth' : tls && at.ca !== null ? 'ca' : 'endpoint';
  if (problem.fields) return new AppError(problem);
  return new AppError({ ...problem, fields: [{ path, message: [problem.detail, problem.cause].filter(Boolean).join(' ') }] });
}

/** Notes what a look at a cluster gave. @param found null: it answered nothing good */
export async function noteLook(
  { store, clock }: Pick<WorkloadPorts, 'store' | 'clock'>,
  id: string,
  look: { dialect: string; version: string } | AppError,
): Promise<void> {
  const columns =
    look instanceof AppError
      ? { problem: JSON.stringify(look.toProblem()) }
      : { problem: null, seen_at: clock.now(), dialect: look.dialect, version: look.version };
  await store.db.updateTable('clusters').set(columns).where('id', '=', id).execute();
}

function nameTaken(): AppError {
  return invalidInput([{ path: 'name', message: 'You have a cluster of this name already.' }]);
}

function changedMeanwhile({ name }: Cluster): AppError {
  return new AppError({
    code: 'conflict',
    title: 'It was changed meanwhile',
    detail: `Another change of “${name}” was quicker, so this one was not made.`,
    remedy: 'Load the page again, and make your change if it is still needed.',
  });
}

function ofDeployment({ name }: Cluster): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” belongs to a deployment`,
    detail: 'It came with the deployment that made it, is reached as that says, and goes with it.',
    remedy: 'Delete the deployment to be rid of the cluster.',
  });
}

function ofPairs({ name }: Cluster, pairs: readonly { name: string }[]): AppError {
  return new AppError({
    code: 'conflict',
    title: `The cluster “${name}” is part of a pair`,
    detail: 'The other cluster would go on handing it work, or keep the keys of its storage.',
    cause: pairs.map((pair) => pair.name).join(', '),
    remedy: 'Take the pairs out first.',
  });
}

function tooMany(): AppError {
  return new AppError({
    code: 'conflict',
    title: `You have ${MOST_CLUSTERS} clusters`,
    detail: `A person can keep ${MOST_CLUSTERS} clusters at most.`,
    remedy: 'Remove one that you no longer use.',
  });
}
