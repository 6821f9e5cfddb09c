import { Secret } from '@/lib/core/secret';
import { abilitiesOf } from './dialect';
import { serviceSchema, type WireMember } from './schemas';
import type { Delegation, Dialect, Member, OscarService, ServiceVolume, ServiceWish, Sharing, StoragePath } from './types';
import { eachOnce } from './webhook';

const policies: readonly string[] = ['static', 'random', 'load-based', 'topsis'];
/** What a release before or after the one in use calls the same. */
const sharingKeys = ['federation', 'replicas', 'delegation', 'rescheduler_threshold'];
/**
 * What OSCAR alone says. Not the owner: of a change that comes with the cluster's password, OSCAR takes the owner from the definition itself, so
 * that a service of somebody's would be nobody's if it was left out.
 */
const ownKeys = ['token', 'namespace', 'bucket_list'];

/**
 * A service as a cluster tells it, in words of one form for all releases. Other clusters' passwords and the keys of stores stay in
 * `definition`, which is secret as a whole.
 * @throws ZodError for what is no service
 */
export function fromWire(body: unknown): OscarService {
  const wire = serviceSchema.parse(body);
  // an object, or the schema would have refused it
  const definition = { ...(body as Record<string, unknown>) };
  const stores = Object.entries(wire.storage_providers?.minio ?? {});
  return {
    name: wire.name,
    clusterId: wire.cluster_id,
    image: wire.image,
    script: wire.script,
    cpu: wire.cpu,
    memory: wire.memory,
    gpu: wire.enable_gpu,
    logLevel: wire.log_level,
    vo: wire.vo,
    owner: wire.owner,
    visibility: wire.visibility || 'private',
    allowedUsers: wire.allowed_users,
    input: eachOnce(wire.input.map(pathFrom)),
    output: wire.output.map(pathFrom),
    variables: { ...wire.environment?.Variables, ...wire.environment?.variables },
    secrets: Object.keys(wire.environment?.secrets ?? {}),
    annotations: wire.annotations,
    labels: wire.labels,
    interLinkNode: wire.interlink_node_name,
    volume: volumeFrom(wire.volume),
    exposed: [wire.expose?.api_port ?? 0].flat().some((port) => port > 0),
    sharing: sharingFrom(wire),
    clusters: Object.fromEntries(
      Object.entries(wire.clusters ?? {}).map(([id, one]) => [id, { endpoint: one.endpoint, user: one.auth_user, verify: one.ssl_verify }]),
    ),
    stores: Object.fromEntries(stores.map(([id, { endpoint, region, verify }]) => [id, { endpoint, region, verify }])),
    token: new Secret(wire.token),
    definition: new Secret(definition),
  };
}

/**
 * A service in a release's own words, with its secrets: only for the way to the cluster.
 * @param kept the definition that is there now: what the wish does not speak of stays as it is
 */
export function toWire(wish: ServiceWish, dialect: Dialect, kept: Record<string, unknown> = {}): Record<string, unknown> {
  const replaced = wish.sharing ? [...ownKeys, ...sharingKeys] : ownKeys;
  const base = Object.fromEntries(Object.entries(kept).filter(([key]) => !replaced.includes(key)));
  const { variables = {}, secrets = {}, stores, clusters } = wish;
  return {
    ...base,
    name: wish.name,
    cluster_id: wish.clusterId,
    image: wish.image,
    script: wish.script,
    cpu: wish.cpu,
    memory: wish.memory,
    ...given({
      enable_gpu: wish.gpu,
      log_level: wish.logLevel,
      vo: wish.vo,
      visibility: wish.visibility,
      allowed_users: wish.allowedUsers,
      annotations: wish.annotations,
      labels: wish.labels,
      interlink_node_name: wish.interLinkNode,
      volume: wish.volume ? volumeTo(wish.volume) : undefined,
    }),
    input: wish.input.map(pathTo),
    output: wish.output.map(pathTo),
    environment: { variables, secrets: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, value.reveal()])) },
    ...(clusters
      ? {
          clusters: Object.fromEntries(
            Object.entries(clusters).map(([id, one]) => [
              id,
              { endpoint: one.endpoint, ssl_verify: one.verify, ...given({ auth_user: one.user, auth_password: one.password?.reveal() }) },
            ]),
          ),
        }
      : {}),
    ...(stores
      ? {
          storage_providers: {
            ...othersOf(base.storage_providers),
            minio: Object.fromEntries(
              Object.entries(stores).map(([id, one]) => [
                id,
                {
                  endpoint: one.endpoint,
                  region: one.region,
                  verify: one.verify,
                  access_key: one.accessKey,
                  secret_key: one.secretKey.reveal(),
                },
              ]),
            ),
          },
        }
      : {}),
    ...sharingTo(wish.sharing, dialect),
  };
}

/** How members of a service are written. */
export function memberTo(member: Member): Record<string, unknown> {
  const { type, clusterId, serviceName, url, priority, verify } = member;
  return { type, cluster_id: clusterId, service_name: serviceName, priority, ssl_verify: verify, ...given({ url }) };
}

export function memberFrom(wire: WireMember): Member {
  return {
    type: wire.type === 'endpoint' ? 'endpoint' : 'oscar',
    clusterId: wire.cluster_id,
    serviceName: wire.service_name,
    priority: wire.priority,
    verify: wire.ssl_verify,
    ...(wire.url === '' ? {} : { url: wire.url }),
  };
}

function sharingFrom(wire: ReturnType<typeof serviceSchema.parse>): Sharing {
  const from = wire.federation ?? wire;
  const members = wire.federation ? wire.federation.members : wire.replicas;
  const topology = wire.federation?.topology;
  return {
    members: members.map(memberFrom),
    delegation: policies.includes(from.delegation) ? (from.delegation as Delegation) : null,
    thresholdSeconds: from.rescheduler_threshold > 0 ? from.rescheduler_threshold : null,
    ...(topology === 'star' || topology === 'mesh' || topology === 'none' ? { topology } : {}),
  };
}

function sharingTo(sharing: Sharing | undefined, dialect: Dialect): Record<string, unknown> {
  if (!sharing) return {};
  // left out, it means never, whatever OSCAR's documentation says
  const policy = { delegation: sharing.delegation ?? 'static', ...given({ rescheduler_threshold: sharing.thresholdSeconds ?? undefined }) };
  const members = sharing.members.map(memberTo);
  if (abilitiesOf(dialect).federation) return { federation: { topology: sharing.topology ?? 'star', ...policy, members } };
  return { replicas: members, ...policy };
}

const pathFrom = (one: { storage_provider: string; path: string; suffix: string[]; prefix: string[] }): StoragePath => ({
  provider: one.storage_provider,
  path: one.path,
  suffix: one.suffix,
  prefix: one.prefix,
});
const pathTo = ({ provider, path, suffix, prefix }: StoragePath) => ({
  storage_provider: provider,
  path,
  ...(suffix.length > 0 ? { suffix } : {}),
  ...(prefix.length > 0 ? { prefix } : {}),
});

function volumeFrom(wire: ReturnType<typeof serviceSchema.parse>['volume']): ServiceVolume | null {
  return wire ? { name: wire.name, mountPath: wire.mount_path, size: wire.size, lifecycle: wire.lifecycle_policy } : null;
}

/** How the volume of a service is written, in FDL, too. Pure. */
export const volumeTo = ({ name, mountPath, size, lifecycle }: ServiceVolume) => ({
  ...(name && { name }),
  ...(size && { size }),
  mount_path: mountPath,
  ...(size && lifecycle && { lifecycle_policy: lifecycle }),
});

/** Without the keys that have no value. */
function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const othersOf = (providers: unknown): Record<string, unknown> =>
  typeof providers === 'object' && providers !== null ? { ...providers } : {};
