import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '@/lib/core/clock';
import { listen, readBody, send } from '../http/listen';
import { type Call, denied, done, noHandler, type Reply, refused, withData } from './answers';
import { answerJwt } from './jwt';
import { answerKubernetes } from './kubernetes';
import { answerKv1, answerKv2 } from './kv';
import { answerAppRole, answerToken } from './logins';
import { allows, type Capability, parsePolicy } from './policy';
import { VaultState } from './state';
import { answerTransit } from './transit';

/** A server that speaks the HTTP API that Vault and OpenBao share, as far as Transat and the tests use it. Keeps all in memory. */
export interface SandboxVault {
  url: string;
  rootToken: string;
  unsealKey: string;
  /** what it was asked, oldest first: `POST transit/encrypt/transat` */
  asked: string[];
  /** answers to give in place of its own, used up one by one; `reset` cuts the connection */
  instead: (Reply | 'reset')[];
  close(): Promise<void>;
}

/** Starts one on a free port, unsealed, with a root token. */
export async function startSandboxVault(clock: Clock = systemClock): Promise<SandboxVault> {
  const rootToken = `hvs.root-${randomUUID()}`;
  const state = new VaultState(clock, rootToken);
  state.auth.set('token', { type: 'token', accessor: `auth_token_${randomUUID().slice(0, 8)}` });
  const asked: string[] = [];
  const instead: SandboxVault['instead'] = [];
  const server = await listen(0, (request, response) => {
    void answer(state, request, asked, instead)
      .catch((error: unknown): Reply => refused(500, String(error)))
      .then((reply) => (reply === 'reset' ? request.socket.destroy() : send(response, reply)));
  });
  const close = () => server.close();
  return { url: `http://127.0.0.1:${server.port}`, rootToken, unsealKey: state.unsealKey, asked, instead, close };
}

async function answer(
  state: VaultState,
  request: IncomingMessage,
  asked: string[],
  instead: SandboxVault['instead'],
): Promise<Reply | 'reset'> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://vault.invalid');
  const path = pathname.replace(/^\/v1\//, '');
  const method = methodOf(request.method ?? 'GET', query);
  asked.push(`${method} ${path}`);
  const text = await readBody(request);
  const next = instead.shift();
  if (next) return next;
  const call = { state, method, path, body: parse(text), query };
  if (path === 'sys/health') return health(state, query);
  if (path === 'sys/unseal' && method === 'POST') {
    if (call.body.key !== state.unsealKey) return refused(400, 'invalid key');
    state.sealed = false;
    return { status: 200, body: { sealed: false } };
  }
  if (state.sealed) return refused(503, 'Vault is sealed');
  const header = request.headers['x-vault-token'];
  return await route(call, typeof header === 'string' ? header : '');
}

async function route(call: Call, tokenId: string): Promise<Reply> {
  const { state, path } = call;
  const login = mountOf(state.auth, path.replace(/^auth\//, ''));
  if (path.startsWith('auth/') && login?.below === 'login') return await answerLogin(call, login);
  const token = state.find(tokenId);
  if (!token)
    return tokenId === ''
      ? refused(403, 'permission denied')
      : refused(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
  if (!allows(token, state.policies, path, capabilityOf(call))) return denied();
  if (path.startsWith('auth/token/')) return answerToken({ ...call, path: path.slice('auth/token/'.length) }, tokenId, token);
  if (path.startsWith('auth/')) return login ? await answerLogin(call, login) : noHandler();
  if (path.startsWith('sys/')) return answerSystem(call);
  const kv = mountOf(state.kv, path);
  if (kv) return (kv.value.version === 1 ? answerKv1 : answerKv2)({ ...call, path: kv.below }, kv.value.entries);
  const transit = mountOf(state.transit, path);
  return transit ? answerTransit({ ...call, path: transit.below }, transit.value) : noHandler();
}

function answerLogin(call: Call, login: Mount<{ type: string; accessor: string }>): Reply | Promise<Reply> {
  const below = { ...call, path: login.below };
  if (login.value.type === 'approle') return answerAppRole(below);
  if (login.value.type === 'kubernetes') return answerKubernetes(below, login.name);
  return login.value.type === 'jwt' ? answerJwt(below, login.name, login.value.accessor) : noHandler();
}

function answerSystem({ state, method, path, body }: Call): Reply {
  const [, area, ...rest] = path.split('/');
  const name = rest.join('/');
  if (area === 'seal' && method === 'POST') {
    state.sealed = true;
    return done;
  }
  if (area === 'auth' && method === 'GET') {
    return withData(Object.fromEntries([...state.auth].map(([mount, { type, accessor }]) => [`${mount}/`, { type, accessor }])));
  }
  if (method !== 'POST') return noHandler();
  if (area === 'auth') {
    const type = String(body.type);
    state.auth.set(name, { type, accessor: `auth_${type}_${randomUUID().slice(0, 8)}` });
  } else if (area === 'mounts') {
    const options = typeof body.options === 'object' && body.options !== null && 'version' in body.options ? body.options.version : '1';
    if (body.type === 'transit') state.transit.set(name, new Map());
    else state.kv.set(name, { version: options === '2' ? 2 : 1, entries: new Map() });
  } else if (area === 'policies') {
    const policy = parsePolicy(String(body.policy));
    if (!policy) return refused(400, 'failed to parse policy');
    state.policies.set(name.replace(/^acl\//, ''), policy);
  } else return noHandler();
  return done;
}

function health(state: VaultState, query: URLSearchParams): Reply {
  const status = state.sealed ? Number(query.get('sealedcode') ?? 503) : 200;
  return {
    status,
    body: { initialized: true, sealed: state.sealed, standby: false, version: '1.21.4', server_time_utc: Math.floor(state.now() / 1000) },
  };
}

interface Mount<T> {
  name: string;
  value: T;
  below: string;
}

function mountOf<T>(mounts: ReadonlyMap<string, T>, path: string): Mount<T> | undefined {
  const name = [...mounts.keys()].filter((mount) => path.startsWith(`${mount}/`)).sort((a, b) => b.length - a.length)[0];
  const value = name === undefined ? undefined : mounts.get(name);
  return name === undefined || value === undefined ? undefined : { name, value, below: path.slice(name.length + 1) };
}

function capabilityOf({ state, method, path }: Call): Capability {
  if (method !== 'POST') return ({ GET: 'read', LIST: 'list', DELETE: 'delete' } as const)[method];
  const kv = mountOf(state.kv, path);
  const transit = mountOf(state.transit, path);
  const made =
    (kv && !kv.value.entries.has(kv.below.replace(/^data\//, ''))) ||
    (transit?.below.startsWith('encrypt/') && !transit.value.has(transit.below.slice('encrypt/'.length)));
  return made ? 'create' : 'update';
}

function methodOf(given: string, query: URLSearchParams): Call['method'] {
  if (given === 'GET' && query.get('list') === 'true') return 'LIST';
  return given === 'PUT' ? 'POST' : given === 'DELETE' || given === 'LIST' || given === 'POST' ? given : 'GET';
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
