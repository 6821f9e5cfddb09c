import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { cookieOf } from '@/lib/auth/fixtures';
import { createIdentify } from '@/lib/auth/identify';
import { beginSession } from '@/lib/auth/sessions';
import { makeToken } from '@/lib/auth/tokens';
import { loadCatalog } from '@/lib/catalog/catalog';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig, type SiteConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import type { VaultConfig } from '@/lib/core/config/vault';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { createCredentials, readRing } from '@/lib/credentials';
import { testKey } from '@/lib/credentials/fixtures';
import { NodePace } from '@/lib/deploying/nodes/pace';
import type { CloudAuth, ConnectCloud, FindIdentity, ListProjects } from '@/lib/openstack/types';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { problemSchema } from './contract/common';
import { createDispatcher } from './http/dispatch';
import { jsonLinesType } from './http/json-lines';
import type { Route } from './http/route';
import { routes } from './routes';
import { assemble, type Services } from './services';

/** An API on a database in memory, with people and without clouds, for tests. */
export interface TestApi {
  store: Store;
  clock: ManualClock;
  services: Services;
  /** headers that identify somebody */
  as: { owner: Record<string, string>; stranger: Record<string, string>; reader: Record<string, string>; nobody: Record<string, string> };
  /** the owner's browser: cookie, and the CSRF header beside it */
  browser: { cookie: string; csrf: string };
  call(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<Answer>;
  /** Calls back with each line of an answer that comes piece by piece, as it comes. */
  lines(method: string, path: string, headers: Record<string, string>, body: unknown, onLine: (line: TestJson) => void): Promise<void>;
  raw(request: Request): Promise<Response>;
}
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely by tests
type TestJson = any;
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: TestJson;
}

interface TestClouds {
  listProjects?: ListProjects;
  connectCloud?: ConnectCloud;
  findIdentity?: FindIdentity;
  sites?: SiteConfig[];
  allowedRanges?: string[];
  tokenHosts?: string[];
  locality?: Config['locality'];
  /** of the people's sign-in; left out: one that does not answer */
  provider?: { issuer: string; clientId: string; ca?: string };
  /** a Vault or OpenBao */
  vault?: VaultConfig;
  /** where a sandbox is, whose sites are then there, too */
  sandboxUrl?: string;
  /** left out: one of its own, that stands at this moment */
  clock?: ManualClock;
}

/** A site for tests that takes passwords and application credentials. */
export const lab: SiteConfig = {
  id: 'lab',
  name: 'Lab',
  kind: 'custom',
  authUrl: 'http://keystone.test/v3',
  methods: ['password', 'applicationCredential'],
  allowPrivate: true,
};
const url = 'http://transat.test';
const typed = { 'content-type': 'application/json' };
const secret = new Secret('cookie-secret-of-tests');

/** Makes one. @param clouds what Keystone and the other services would say; left out: no cloud answers */
export async function openTestApi({
  listProjects = refuse,
  connectCloud = refuse,
  findIdentity = refuse,
  sites = [lab],
  allowedRanges = [],
  tokenHosts = [],
  locality = [],
  provider: op = { issuer: 'http://127.0.0.1:9', clientId: 'c' },
  vault,
  sandboxUrl,
  clock = new ManualClock(new Date()),
}: TestClouds = {}): Promise<TestApi> {
  const store = await openTestStore();
  const provider = providerWith({
    id: 'op',
    name: 'Test OP',
    ...op,
    scopes: 'openid',
  });
  const env = { TRANSAT_KEY: testKey() };
  const ownSandbox = sandboxUrl === undefined ? { TRANSAT_SANDBOX: '0' } : { TRANSAT_SANDBOX: '1', TRANSAT_SANDBOX_URL: sandboxUrl };
  const config = {
    ...readConfig({ TRANSAT_URL: url, TRANSAT_DIRECTORY: '0', ...ownSandbox }, '/nowhere'),
    providers: [provider],
    sites,
    allowedRanges,
    tokenHosts,
    locality,
    vault,
  };
  const credentials = createCredentials({ db: store.db, clock, config, ring: readRing(config, env), env });
  const identify = createIdentify({ db: store.db, clock, config, credentials, cookieSecret: secret });
  const services = assemble({
    config,
    clock,
    store,
    credentials,
    catalog: loadCatalog(['recipes'], clock),
    ports: {
      store,
      clock,
      vault: credentials.vault,
      openCloud: refuse,
      findSite: async () => undefined,
      callbackUrl: () => null,
      readNode: refuse,
      readQueue: refuse,
      pace: new NodePace(clock),
      limits: {},
      onFault: () => {},
    },
    connectCloud,
    listProjects,
    findIdentity,
  });
  const raw = createDispatcher({ routes, identify, services: async () => services });
  for (const id of ['owner', 'stranger']) await addPerson(store, clock, id);
  return {
    store,
    clock,
    services,
    raw,
    as: {
      owner: await tokenOf(store, clock, 'owner', 'write'),
      stranger: await tokenOf(store, clock, 'stranger', 'write'),
      reader: await tokenOf(store, clock, 'owner', 'read'),
      nobody: {},
    },
    browser: await browserOf(store, clock, 'owner'),
    async call(method, path, headers = {}, body) {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const sent = text === undefined ? headers : { ...typed, ...headers };
      const response = await raw(new Request(`${url}/api/v1${path}`, { method, headers: sent, body: text }));
      const answer = await response.text();
      const json: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(answer) : undefined;
      holdToContract(method, path, response.status, json);
      return { status: response.status, headers: response.headers, text: answer, json };
    },
    async lines(method, path, headers, body, onLine) {
      const wants = { ...typed, ...headers, accept: jsonLinesType };
      const text = body === undefined ? undefined : JSON.stringify(body);
      const response = await raw(new Request(`${url}/api/v1${path}`, { method, headers: wants, body: text }));
      if (!response.headers.get('content-type')?.startsWith(jsonLinesType)) throw new Error(await response.text());
      const lines = createInterface({ input: Readable.from(response.body ?? []), crlfDelay: Number.POSITIVE_INFINITY });
      for await (const line of lines) {
        const json: object = JSON.parse(line);
        if (!('failed' in json)) specOf(method, path)?.lines?.parse(json);
        onLine(json);
      }
    },
  };
}

// Every answer that a test gets is what the contract says, whatever the test itself looks at.
function holdToContract(method: string, path: string, status: number, json: unknown): void {
  const schema = status >= 400 ? problemSchema : specOf(method, path)?.answers[status];
  if (schema === undefined) throw new Error(`${method} ${path} answered ${status}, which its contract does not know`);
  if (schema !== null && schema !== 'stream') schema.parse(json);
}

function specOf(method: string, path: string): Route['spec'] | undefined {
  const pattern = (text: string) => new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return routes.find(({ spec }) => spec.method === method && pattern(spec.path).test(path.split('?')[0] ?? ''))?.spec;
}

async function refuse(): Promise<never> {
  throw new AppError({ code: 'site-unreachable', title: 'There is no cloud in this test' });
}

async function addPerson({ db }: Store, clock: ManualClock, id: string): Promise<void> {
  await db
    .insertInto('users')
    .values({ id, issuer: 'http://127.0.0.1:9', subject: id, provider: 'op', name: id, email: null, locale: null, created_at: clock.now() })
    .execute();
}

async function tokenOf({ db }: Store, clock: ManualClock, userId: string, scope: 'read' | 'write'): Promise<Record<string, string>> {
  const { token } = await makeToken(db, clock, userId, {
    name: 'test',
    scope,
    expiresAt: new Date(clock.now().getTime() + 30 * 86_400_000),
  });
  return { authorization: `Bearer ${token.reveal()}` };
}

async function browserOf({ db }: Store, clock: ManualClock, userId: string): Promise<{ cookie: string; csrf: string }> {
  const grant = {
    id: 'grant',
    user_id: userId,
    provider: 'op',
    kind: 'session' as const,
    access_token: Buffer.of(1),
    refresh_token: null,
    id_token: null,
  };
  await db
    .insertInto('grants')
    .values({ ...grant, access_expires_at: clock.now(), created_at: clock.now() })
    .execute();
  const sid = await beginSession(db, clock, userId, 'grant');
  const { csrf } = await db.selectFrom('sessions').select('csrf').executeTakeFirstOrThrow();
  return { cookie: await cookieOf(sid, secret, url), csrf };
}

/** A credential's way in as a test's Keystone sees it. */
export const passwordOf = (auth: CloudAuth): string => (auth.kind === 'password' ? auth.password.reveal() : '');
