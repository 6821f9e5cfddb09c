import type { Secret } from '@/lib/core/secret';
import { isOwnStore } from '@/lib/oscar/own-store';
import type { Dialect, Member, ObjectStoreAccess, OscarService, ServiceWish, Sharing, StoragePath } from '@/lib/oscar/types';

/** What a pair is to be: a service that runs on both sides, whose jobs may leave the origin for the worker. */
export interface PairWish {
  name: string;
  image: string;
  script: string;
  cpu: string;
  memory: string;
  gpu?: boolean;
  vo?: string;
  variables?: Record<string, string>;
  input: StoragePath[];
  output: StoragePath[];
  thresholdSeconds: number;
}

/** One side of a pair. */
export interface PairSide {
  /** OSCAR's name for the cluster in the definitions; the worker's storage is named by the origin's */
  id: string;
  dialect: Dialect;
  endpoint: string;
  verify: boolean;
  store: ObjectStoreAccess;
  auth: { kind: 'basic'; user: string; password: Secret } | { kind: 'oidc' };
  /** issuers of access tokens that it takes */
  issuers: string[];
}

/** One call of a plan; each can be made again after a lost answer, and says how it is taken back. */
export interface PairCall {
  side: 'origin' | 'worker';
  call:
    | { kind: 'create'; wish: ServiceWish }
    | { kind: 'update'; wish: ServiceWish }
    | {
        kind: 'federate';
        members: Sharing['members'];
        clusters: Record<string, { endpoint: string; verify: boolean }>;
        secrets?: Secret[];
      };
  /** what undoes it, when a later one fails */
  undo: 'delete' | 'unshare' | null;
}

/** Why two clusters can't be a pair: a key of the texts of the screens. */
export type PairRefusal =
  | 'no-refresh-token'
  | 'no-common-issuer'
  | 'needs-password'
  | 'needs-sign-in'
  | 'same-cluster'
  // of a service that is there already
  | 'no-service'
  | 'paired-already'
  | 'has-secrets';

export type PairPlan = { calls: PairCall[] } | { refused: PairRefusal };

/**
 * The calls that make a pair, in the order that works (the origin's bucket must be there before the worker names it), or why there are none.
 *
 * Up to 4.0 the origin reaches the worker with its password, and the worker's definition has the origin's storage as a second output. From 4.1 on the
 * origin reaches it with an access token for a refresh token, gives it its own definition, and results go to the origin only: the worker's is changed after that,
 * so that it keeps a copy of its own. A newer origin therefore needs a common issuer with its worker, whatever release that is.
 * @param refreshToken of the person, for an origin of 4.1
 */
export function planPair(wish: PairWish, origin: PairSide, worker: PairSide, refreshToken?: Secret): PairPlan {
  if (origin.endpoint === worker.endpoint || origin.id === worker.id) return { refused: 'same-cluster' };
  return origin.dialect === '4.1' ? planNewer(wish, origin, worker, refreshToken) : planOlder(wish, origin, worker);
}

/**
 * The calls that make a pair of a service that the origin has: it keeps what it is and has, and is only told where it may hand its jobs.
 * @param there the service, as it would be sent again; null: it can't be, since its cluster does not tell its secrets
 */
export function planInPlace(
  wish: PairWish,
  there: ServiceWish | null,
  origin: PairSide,
  worker: PairSide,
  refreshToken?: Secret,
): PairPlan {
  const plan = planPair(wish, origin, worker, refreshToken);
  if ('refused' in plan) return plan;
  if (!there) return { refused: 'has-secrets' };
  const [create, ...others] = plan.calls;
  const asked = origin.dialect === '4.1' ? create : others.find(({ side }) => side === 'origin');
  if (!asked || asked.call.kind === 'federate') return plan;
  const { clusterId, secrets, sharing, clusters, stores } = asked.call.wish;
  const renamed = asked.call.wish.output;
  // what it writes to its own storage may have to be called by the name that the worker knows; what it writes elsewhere stays
  const output = [...renamed, ...there.output.filter(({ provider }) => !isOwnStore(provider))];
  const shared: PairCall = {
    side: 'origin',
    call: {
      kind: 'update',
      wish: { ...there, clusterId, output, sharing, clusters, ...(secrets ? { secrets } : {}), ...(stores ? { stores } : {}) },
    },
    undo: 'unshare',
  };
  const rest = others.filter((call) => call !== asked);
  // up to 4.0 the worker comes first: from then on it is handed jobs
  return { calls: origin.dialect === '4.1' ? [shared, ...rest] : [...rest, shared] };
}

function planOlder(wish: PairWish, origin: PairSide, worker: PairSide): PairPlan {
  // its manager signs in with a name and a password, and with nothing else
  if (worker.auth.kind !== 'basic') return { refused: 'needs-password' };
  const { user, password } = worker.auth;
  const plain = plainWish(wish, origin);
  const far = `minio.${origin.id}`;
  const onWorker: ServiceWish = {
    ...plainWish(wish, worker),
    output: [...wish.output, ...wish.output.map((one) => ({ ...one, provider: far }))],
    stores: { [origin.id]: origin.store },
  };
  const shared: ServiceWish = {
    ...plain,
    sharing: sharingOf(wish, worker),
    clusters: { [worker.id]: { endpoint: worker.endpoint, user, password, verify: worker.verify } },
  };
  return {
    calls: [
      { side: 'origin', call: { kind: 'create', wish: plain }, undo: 'delete' },
      { side: 'worker', call: { kind: 'create', wish: onWorker }, undo: 'delete' },
      { side: 'origin', call: { kind: 'update', wish: shared }, undo: 'unshare' },
    ],
  };
}

function planNewer(wish: PairWish, origin: PairSide, worker: PairSide, refreshToken: Secret | undefined): PairPlan {
  if (!refreshToken) return { refused: 'no-refresh-token' };
  // what changes members hands the caller's own sign-in to the other cluster: a password of one must not go to the other
  if (origin.auth.kind !== 'oidc' || worker.auth.kind !== 'oidc') return { refused: 'needs-sign-in' };
  if (!origin.issuers.some((issuer) => worker.issuers.includes(issuer))) return { refused: 'no-common-issuer' };
  const { clusters, older, outputs } = reaching(wish, origin, worker);
  const onOrigin: ServiceWish = {
    ...plainWish(wish, origin),
    output: outputs,
    secrets: { refresh_token: refreshToken },
    sharing: { ...sharingOf(wish, worker), members: [], topology: 'star' },
    clusters,
    ...(older ? { stores: { [origin.id]: origin.store } } : {}),
  };
  return {
    calls: [
      { side: 'origin', call: { kind: 'create', wish: onOrigin }, undo: 'delete' },
      { side: 'worker', call: { kind: 'create', wish: plainWish(wish, worker) }, undo: 'delete' },
      ...joinCalls(wish, origin, worker, [refreshToken]),
    ],
  };
}

/**
 * The calls by which an origin of 4.1 gets its worker: it gives that its own definition, which then has to be told of its copy again.
 * @param secrets what answers must not quote
 */
export function joinCalls(wish: PairWish, origin: PairSide, worker: PairSide, secrets: Secret[] = []): PairCall[] {
  const { clusters, older, outputs } = reaching(wish, origin, worker);
  const copy = older ? wish.output : wish.output.map((one) => ({ ...one, provider: `minio.${worker.id}` }));
  const onWorker: ServiceWish = {
    ...plainWish(wish, worker),
    output: [...outputs, ...copy],
    stores: older ? { [origin.id]: origin.store } : { [worker.id]: worker.store },
    clusters,
    ...(older ? {} : { annotations: { 'oscar.grycap/origin-cluster': origin.id } }),
  };
  return [
    { side: 'origin', call: { kind: 'federate', members: sharingOf(wish, worker).members, clusters, secrets }, undo: 'unshare' },
    { side: 'worker', call: { kind: 'update', wish: onWorker }, undo: null },
  ];
}

/** How both know each other where the origin is of 4.1. */
function reaching(wish: PairWish, origin: PairSide, worker: PairSide) {
  const clusters = Object.fromEntries([origin, worker].map(({ id, endpoint, verify }) => [id, { endpoint, verify }]));
  const older = worker.dialect !== '4.1';
  // an older worker looks up the storage that the event names, and knows its own by the name default
  const near = `minio.${origin.id}`;
  return { clusters, older, outputs: older ? wish.output.map((one) => ({ ...one, provider: near })) : wish.output };
}

/** The calls that take a plan back after so many of its calls were made: the last first. */
export function undoCalls(calls: PairCall[], made: number): { side: PairCall['side']; undo: 'delete' | 'unshare' }[] {
  return calls
    .slice(0, made)
    .toReversed()
    .flatMap(({ side, undo }) => (undo ? [{ side, undo }] : []));
}

/** Whether a service of a cluster is one side of a pair that somebody made elsewhere, and with which others. */
export function pairedWith(
  service: Pick<OscarService, 'name' | 'sharing' | 'annotations' | 'output'>,
): { role: 'origin' | 'worker'; with: string[] } | null {
  const members = service.sharing.members.filter(({ type }) => type === 'oscar').map(({ clusterId }) => clusterId);
  if (members.length > 0) return { role: 'origin', with: members };
  const origin = service.annotations['oscar.grycap/origin-cluster'];
  const far = service.output.flatMap(({ provider }) => /^minio\.(?!default$)(.+)$/.exec(provider)?.[1] ?? []);
  const others = origin === undefined ? far : [origin];
  return others.length > 0 ? { role: 'worker', with: [...new Set(others)] } : null;
}

/** How a service names the cluster that may take its jobs. */
export function memberOf(name: string, worker: Pick<PairSide, 'id' | 'verify'>): Member {
  return { type: 'oscar', clusterId: worker.id, serviceName: name, priority: 0, verify: worker.verify };
}

function sharingOf({ name, thresholdSeconds }: PairWish, worker: PairSide): Sharing {
  const member = memberOf(name, worker);
  // the only policy that works in every release
  return { members: [member], delegation: 'static', thresholdSeconds };
}

function plainWish(wish: PairWish, side: PairSide): ServiceWish {
  const { name, image, script, cpu, memory, gpu, vo, variables, input, output } = wish;
  return {
    name,
    clusterId: side.id,
    image,
    script,
    cpu,
    memory,
    gpu,
    vo,
    variables,
    input,
    output,
    visibility: 'private',
    logLevel: 'DEBUG',
  };
}
