import { z } from 'zod';
import { Secret } from '@/lib/core/secret';
import { jsonOf } from '@/lib/web/answer';
import { abilitiesOf } from './dialect';
import { explain, notUnderstood } from './explain';
import { deploymentLogSchema, deploymentSchema, federationSchema } from './schemas';
import { step, type Transport } from './transport';
import type { Dialect, Member, OscarService, ServiceDeployment, ServiceWish } from './types';
import { isOnlyOfRights, withFreshWebhook, withoutSecond } from './webhook';
import { fromWire, memberFrom, memberTo, toWire } from './wire';

/** Each change makes MinIO start again, which takes OSCAR six seconds and more, and with members it calls those, too. */
const CHANGE_MS = 90_000;
/** Whom what is made with the cluster's password belongs to. */
const CLUSTER_ADMIN = 'cluster_admin';

export async function listServices(transport: Transport): Promise<OscarService[]> {
  const call = { method: 'GET', path: '/system/services', doing: 'list its services', expects: [200] } as const;
  const found = await transport.read(call, z.array(z.unknown()).nullable());
  return (found ?? []).map((one) => parsed(transport, one, call.doing));
}

/** @returns null where there is none, or none that one may see */
export async function getService(transport: Transport, name: string): Promise<OscarService | null> {
  const call = { method: 'GET', path: `/system/services/${step(name)}`, doing: `show the service ${name}`, expects: [200] } as const;
  const answer = await transport.ask(call);
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw explain(answer, { cluster: transport.name, doing: call.doing });
  return parsed(transport, jsonOf(answer), call.doing);
}

/** Makes a service, its buckets and their notifications. Never sent twice: whether a lost answer did its work, {@link getService} tells. */
export async function createService(transport: Transport, dialect: Dialect, wish: ServiceWish): Promise<void> {
  const body = toWire(wish, dialect);
  const call = { method: 'POST', path: '/system/services', doing: `create the service ${wish.name}` } as const;
  await transport.call({ ...call, body, secrets: secretsIn(body), expects: [201], timeoutMs: CHANGE_MS });
}

/**
 * Makes a service as is wished; what the wish does not speak of stays.
 * @param there the service as it is now
 * @returns what went wrong at members, in the cluster's own words; the service itself is changed
 */
export async function updateService(
  transport: Transport,
  dialect: Dialect,
  wish: ServiceWish,
  there: OscarService,
): Promise<string | null> {
  const plain = toWire(wish, dialect, there.definition.reveal());
  const body = abilitiesOf(dialect).staleWebhooks ? withFreshWebhook(plain) : plain;
  const call = { method: 'PUT', path: '/system/services', doing: `change the service ${wish.name}`, expects: [200, 204] } as const;
  const answer = await transport.ask({ ...call, body, secrets: secretsIn(body), timeoutMs: CHANGE_MS });
  if (answer.status === 200 || answer.status === 204) return answer.status === 200 && answer.body.trim() !== '' ? answer.body.trim() : null;
  if (answer.status === 500 && isOnlyOfRights(answer.body) && (await wasChanged(transport, dialect, body, there))) return null;
  throw explain(answer, { cluster: transport.name, doing: call.doing });
}

/** Whether a change that a cluster complains of was made: up to 3.7 by the service's new token, later by what it is now. */
async function wasChanged(transport: Transport, dialect: Dialect, body: Record<string, unknown>, there: OscarService): Promise<boolean> {
  const now = await getService(transport, there.name);
  if (!now) return false;
  if (abilitiesOf(dialect).staleWebhooks) return now.token.reveal() !== there.token.reveal();
  const is = now.definition.reveal();
  return (
    ['image', 'cpu', 'memory', 'visibility'].every((key) => body[key] === undefined || body[key] === is[key]) && asIn(is) === asIn(body)
  );
}

const asIn = ({ input, output }: Record<string, unknown>): string => JSON.stringify([placesOf(input), placesOf(output)]);
const placesOf = (paths: unknown): unknown[] =>
  (Array.isArray(paths) ? paths : []).map(({ storage_provider, path }: Record<string, unknown>) => [storage_provider, path]);

/**
 * Removes a service with its buckets. One whose output is in another cluster's MinIO answers 500 although it is gone, so a failure is believed
 * only where the service is still there.
 * @returns whether there was one
 */
export async function deleteService(transport: Transport, dialect: Dialect, name: string): Promise<boolean> {
  if (abilitiesOf(dialect).buckets) await makeRemovable(transport, dialect, name);
  const call = { method: 'DELETE', path: `/system/services/${step(name)}`, doing: `remove the service ${name}`, expects: [204] } as const;
  const answer = await transport.ask({ ...call, timeoutMs: CHANGE_MS });
  if (answer.status === 204) return true;
  if (answer.status === 404) return false;
  const failure = explain(answer, { cluster: transport.name, doing: call.doing });
  if (answer.status < 500 || (await getService(transport, name)) !== null) throw failure;
  return true;
}

/**
 * So that its removal takes all of its buckets: a service that is nobody's, since another program changed it with the password and named no owner, keeps them (seen of 4.1.2).
 * Where that can't be done, one may be left, which is no reason to keep the service.
 */
async function makeRemovable(transport: Transport, dialect: Dialect, name: string): Promise<void> {
  const found = await getService(transport, name).catch(() => null);
  if (!found) return;
  const there = found.definition.reveal();
  const once = abilitiesOf(dialect).staleWebhooks ? withoutSecond(there) : null;
  const body = there.owner === '' ? { ...(once ?? there), owner: CLUSTER_ADMIN } : once;
  if (!body) return;
  const call = { method: 'PUT', path: '/system/services', doing: `change the service ${name}`, expects: [204] } as const;
  await transport.ask({ ...call, body, secrets: secretsIn(body), timeoutMs: CHANGE_MS }).catch(() => undefined);
}

/** Members of a service, from 4.1 on. */
export async function listMembers(transport: Transport, name: string): Promise<Member[]> {
  const call = { method: 'GET', path: `/system/federation/${step(name)}`, doing: `show the members of ${name}`, expects: [200] } as const;
  const { members } = await transport.read(call, federationSchema);
  return members.map(memberFrom);
}

/** `secrets`: what the service has, and what goes wrong must not quote */
export type MemberChange =
  | { kind: 'add'; members: Member[]; clusters: Record<string, { endpoint: string; verify: boolean }>; secrets?: readonly Secret[] }
  | { kind: 'replace'; member: Member; by: Member }
  | { kind: 'remove'; members: Member[] };

/**
 * Changes members (4.1), with the caller's own sign-in at the other clusters, too.
 * @returns what went wrong there, in the cluster's words: the change itself stands, and a look at the members tells
 */
export async function changeMembers(transport: Transport, name: string, change: MemberChange): Promise<string | null> {
  const call = { path: `/system/federation/${step(name)}`, doing: `change the members of ${name}`, expects: [200], timeoutMs: CHANGE_MS };
  const secrets = change.kind === 'add' ? (change.secrets ?? []) : [];
  const answer = await transport.call({ ...call, ...asCall(change), secrets });
  const body = jsonOf(answer);
  return typeof body === 'object' && body !== null ? null : answer.body.trim() || null;
}

/**
 * How the long-running part of a service is; null: this release does not tell, or there is no such service. OSCAR says of one that is not there
 * that one may not see it (seen of 4.1.2), so a 403 is believed only where the service is there.
 */
export async function deploymentOf(transport: Transport, name: string): Promise<ServiceDeployment | null> {
  const call = { method: 'GET', path: `/system/services/${step(name)}/deployment`, doing: `tell how ${name} is`, expects: [200] } as const;
  const answer = await transport.ask(call);
  if (answer.status === 404) return null;
  if (answer.status === 403 && (await getService(transport, name)) === null) return null;
  if (answer.status !== 200) throw explain(answer, { cluster: transport.name, doing: call.doing });
  const { state, reason, active_instances: instances } = transport.parse(answer, deploymentSchema, call.doing);
  return { state, reason: reason || null, instances };
}

export async function deploymentLog(transport: Transport, name: string, lines = 200): Promise<string[]> {
  const path = `/system/services/${step(name)}/deployment/logs`;
  const call = { method: 'GET', path, query: { tailLines: String(lines) }, doing: `show the log of ${name}`, expects: [200] } as const;
  const { entries } = await transport.read(call, deploymentLogSchema);
  return entries.map(({ message }) => message);
}

/** Stops, starts or restarts an exposed service. */
export async function setRunning(transport: Transport, name: string, action: 'stop' | 'start' | 'restart'): Promise<void> {
  const call = {
    method: 'POST',
    path: `/system/services/${step(name)}/${action}`,
    doing: { stop: `stop the service ${name}`, start: `start the service ${name}`, restart: `start the service ${name} anew` }[action],
    expects: [200],
  } as const;
  await transport.call({ ...call, timeoutMs: CHANGE_MS });
}

/** What of a definition an answer must not quote: what is given to it, and what it had before and goes back with a change. */
function secretsIn({ environment, clusters, storage_providers: stores }: Record<string, unknown>): Secret[] {
  const keys = ['auth_password', 'secret_key', 'password', 'token', 'refresh_token'];
  const given = typeof environment === 'object' && environment !== null && 'secrets' in environment ? environment.secrets : {};
  const found = [...textsIn(given, () => true), ...textsIn([clusters, stores], (key) => keys.includes(key))];
  return found.map((text) => new Secret(text));
}

function textsIn(value: unknown, counts: (key: string) => boolean, key = ''): string[] {
  if (typeof value === 'string') return counts(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, counts, name));
}

function asCall(change: MemberChange): { method: 'POST' | 'PUT' | 'DELETE'; body: unknown } {
  switch (change.kind) {
    case 'add': {
      const clusters = Object.entries(change.clusters).map(([id, { endpoint, verify }]) => [id, { endpoint, ssl_verify: verify }]);
      return { method: 'POST', body: { members: change.members.map(memberTo), clusters: Object.fromEntries(clusters) } };
    }
    case 'replace':
      return { method: 'PUT', body: { members: [memberTo(change.member)], update: [memberTo(change.by)] } };
    default:
      // `delete: true` would take services of this cluster away
      return { method: 'DELETE', body: { members: change.members.map(memberTo), delete: false } };
  }
}

function parsed(transport: Transport, body: unknown, doing: string): OscarService {
  try {
    return fromWire(body);
  } catch (error) {
    const what = error instanceof z.ZodError ? `${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}` : 'no service';
    throw notUnderstood({ cluster: transport.name, doing }, { status: 200, requestId: '' }, what);
  }
}
