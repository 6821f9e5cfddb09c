import { membersOf, ORIGIN } from '../api/federation';
import type { Replica } from '../api/service-body';
import type { ServiceRecord } from '../state';
import type { OscarWorld } from '../world';
import { ask } from './remote';
import { quantity } from './resources';

/** OSCAR's manager ended by a fault of its own. */
export class ManagerCrash extends Error {
  override readonly name = 'ManagerCrash';
}

const EXCLUDED = 101;

/**
 * Offers a job to the other clusters of its service, best first.
 * @param name of the job here, which from 4.1 on it keeps there
 * @returns the cluster that took it; null: none did
 * @throws ManagerCrash as upstream does, where its bugs are switched on
 */
export async function delegate(world: OscarWorld, service: ServiceRecord, event: string, name: string): Promise<string | null> {
  const ranked = await rank(world, service);
  const body = JSON.stringify(wrapped(world, service, event));
  for (const member of ranked) if (await offer(world, service, member, body, name)) return member.cluster_id || member.url;
  return null;
}

/** The event with where its file is; one that has come from elsewhere is passed on as it is. */
export function wrapped(world: OscarWorld, service: ServiceRecord, event: string): { storage_provider: string; event: string } {
  const before = unwrap(event);
  if (before.provider !== null) return { storage_provider: before.provider, event: before.event };
  const first = world.abilities.federation ? service.output[0]?.storage_provider : undefined;
  return { storage_provider: first ?? service.cluster_id, event };
}

/** What was posted: an event that another cluster passed on names where its file is. */
export function unwrap(posted: string): { provider: string | null; event: string } {
  try {
    const body: unknown = JSON.parse(posted);
    if (typeof body === 'object' && body !== null) {
      const [provider, event]: unknown[] = [Reflect.get(body, 'storage_provider'), Reflect.get(body, 'event')];
      if (typeof provider === 'string' && typeof event === 'string') return { provider, event };
    }
  } catch {
    // not JSON: no event of MinIO
  }
  return { provider: null, event: posted };
}

async function rank(world: OscarWorld, service: ServiceRecord): Promise<Replica[]> {
  const policy = service.federation?.delegation ?? service.delegation ?? '';
  const bugs = world.state.settings.upstreamBugs;
  const marks: { member: Replica; mark: number }[] = [];
  for (const member of membersOf(service)) {
    const mark = member.type === 'oscar' ? await markOf(world, service, member, policy) : member.priority;
    marks.push({ member, mark });
  }
  if (policy === 'topsis' && bugs) throw new ManagerCrash('runtime error: index out of range');
  return marks
    .filter(({ mark }) => mark < EXCLUDED)
    .sort((one, other) => one.mark - other.mark)
    .map(({ member }) => member);
}

async function markOf(world: OscarWorld, service: ServiceRecord, member: Replica, policy: string): Promise<number> {
  const bugs = world.state.settings.upstreamBugs;
  const cluster = service.clusters?.[member.cluster_id];
  const token = await tokenFor(world, service);
  const answer = await ask(world, `${trimmed(cluster?.endpoint)}/system/status`, {
    headers: { authorization: token ? `Bearer ${token}` : basic(cluster) },
  });
  // it prints the status of an answer before it has looked whether there is one
  if (!answer && bugs) throw new ManagerCrash('runtime error: invalid memory address or nil pointer dereference');
  if (answer?.status !== 200) return EXCLUDED;
  if (policy === 'static') return member.priority;
  if (policy === '' && bugs) return EXCLUDED;
  if (policy === '') return member.priority;
  const free = freeOf(answer.text, bugs && !world.abilities.federation);
  const wanted = { cores: (quantity(service.cpu) ?? 0) * 1000, bytes: quantity(service.memory) ?? 0 };
  if (free.mostCores < wanted.cores || free.mostBytes < wanted.bytes) return EXCLUDED;
  return policy === 'random' ? Math.random() * 100 : Math.max(0, 100 - (100 * free.totalCores) / 32_000);
}

/** What a status tells, in either form. @param onlyFlat upstream's 3.6.5 to 4.0 looks for the form that was there before */
function freeOf(text: string, onlyFlat: boolean): { totalCores: number; mostCores: number; mostBytes: number } {
  try {
    const body = JSON.parse(text);
    const metrics = onlyFlat ? undefined : body?.cluster?.metrics;
    return {
      totalCores: Number(metrics?.cpu?.total_free_cores ?? body?.cpuFreeTotal ?? 0),
      mostCores: Number(metrics?.cpu?.max_free_on_node_cores ?? body?.cpuMaxFree ?? 0),
      mostBytes: Number(metrics?.memory?.max_free_on_node_bytes ?? body?.memoryMaxFree ?? Number.MAX_SAFE_INTEGER),
    };
  } catch {
    return { totalCores: 0, mostCores: 0, mostBytes: 0 };
  }
}

async function offer(world: OscarWorld, service: ServiceRecord, member: Replica, body: string, name: string): Promise<boolean> {
  const json = { 'content-type': 'application/json' };
  if (member.type !== 'oscar') {
    const answer = await ask(world, member.url, { method: 'POST', headers: { ...member.headers, ...json }, body });
    return answer?.status === 200;
  }
  const cluster = service.clusters?.[member.cluster_id];
  const endpoint = trimmed(cluster?.endpoint);
  const token = world.abilities.federation ? await tokenFor(world, service) : await serviceToken(world, member, endpoint, basic(cluster));
  if (!token) return false;
  const followed: Record<string, string> = world.abilities.federation
    ? { 'x-delegated-job-id': name, 'x-delegated-from': service.cluster_id }
    : {};
  const headers = { authorization: `Bearer ${token}`, ...json, ...followed };
  const answer = await ask(world, `${endpoint}/job/${member.service_name}`, { method: 'POST', headers, body });
  return answer?.status === 201;
}

/** From 4.1 on: an access token by the service's refresh token. */
async function tokenFor(world: OscarWorld, service: ServiceRecord): Promise<string | null> {
  const refreshToken = world.abilities.federation ? service.environment.secrets.refresh_token : undefined;
  return refreshToken ? world.options.refresh(refreshToken) : null;
}

/** Before: the token of the service there, which the other cluster's password opens. */
async function serviceToken(world: OscarWorld, member: Replica, endpoint: string, authorization: string): Promise<string | null> {
  const answer = await ask(world, `${endpoint}/system/services/${member.service_name}`, { headers: { authorization } });
  if (answer?.status !== 200) return null;
  const token: unknown = Reflect.get(JSON.parse(answer.text), 'token');
  return typeof token === 'string' ? token : null;
}

/** Of a worker whose files are in the cluster that passes jobs on: that cluster's MinIO, asked for with the bearer's own rights. */
export async function originMinio(world: OscarWorld, service: ServiceRecord, bearer: string) {
  const origin = service.annotations[ORIGIN];
  const endpoint = origin === undefined ? undefined : service.clusters?.[origin]?.endpoint;
  if (!endpoint) return null;
  const answer = await ask(world, `${trimmed(endpoint)}/system/config`, { headers: { authorization: `Bearer ${bearer}` } });
  if (answer?.status !== 200) return null;
  const minio: unknown = Reflect.get(JSON.parse(answer.text), 'minio_provider');
  return typeof minio === 'object' && minio !== null
    ? {
        endpoint: String(Reflect.get(minio, 'endpoint')),
        access_key: String(Reflect.get(minio, 'access_key')),
        secret_key: String(Reflect.get(minio, 'secret_key')),
        region: String(Reflect.get(minio, 'region')),
      }
    : null;
}

const trimmed = (endpoint = '') => endpoint.replace(/\/+$/, '');
const basic = (cluster?: { auth_user: string; auth_password: string }) =>
  `Basic ${Buffer.from(`${cluster?.auth_user ?? ''}:${cluster?.auth_password ?? ''}`).toString('base64')}`;
