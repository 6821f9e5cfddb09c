import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Clock, systemClock } from '@/lib/core/clock';
import { america } from './cloud/america';
import { americaKvm } from './cloud/america-kvm';
import { Cloud } from './cloud/cloud';
import type { CloudDefinition } from './cloud/definition';
import { europe } from './cloud/europe';
import { World } from './cloud/world';
import { directoryAnswer, downAnswer, downClouds } from './directory';
import { type Call, newRequestId } from './http/call';
import { listen, readBody, send } from './http/listen';
import { dropExpired, type Stored } from './oidc/adapter';
import { americanRealm, europeanRealm, type Realm } from './oidc/people';
import { openIdProvider } from './oidc/provider';
import { answerHouse, houseRoutes } from './oscar/admin';
import { type KeptClusters, OscarHouse } from './oscar/house';
import { refreshAccess } from './oscar/refresh';
import { registryAnswer } from './registry/registry';
import { type SandboxSecrets, sandboxSecrets } from './secrets';
import { Keeper, readKept } from './state/keeper';
import { type CloudState, emptyState } from './state/records';

const STATE_VERSION = 2;

interface Kept {
  version: number;
  clouds: Record<string, CloudState>;
  oidc: Stored;
  /** of the other provider, by its path */
  others?: Record<string, Stored>;
  oscar?: KeptClusters;
}

export interface SandboxOptions {
  /** 0: any free one */
  port: number;
  /** the sandbox keeps all it knows below `<dataDir>/sandbox` */
  dataDir: string;
  /** address of the product, to which sign-ins return */
  transatUrl: string;
  /** address under which the product and browsers reach the sandbox; left out: `http://localhost:<port>` */
  url?: string;
  /** divides all simulated durations; default TRANSAT_SANDBOX_SPEED, else 1: a small cluster is ready in about half a minute */
  speed?: number;
  clock?: Clock;
}

export interface Sandbox {
  url: string;
  /** of the OpenID client `transat` */
  clientSecret: string;
  /** Does all that is due by the clock, what nodes say to the product included, and waits for it. Needed only with a clock of one's own. */
  tick(): Promise<void>;
  /** Forgets what was made in the clouds. Sign-ins stay. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts the embedded OpenID provider and clouds. What was there before a restart is there again, and goes on. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir, clock = systemClock, speed = Number(process.env.TRANSAT_SANDBOX_SPEED) || 1 } = options;
  const secrets = sandboxSecrets(dataDir);
  const file = join(dataDir, 'sandbox', 'state.json');
  const kept = readState(file);
  const others = kept.others?.[americanRealm.path] ?? {};
  kept.others = { ...kept.others, [americanRealm.path]: others };
  kept.oscar ??= {};
  const { oscar } = kept;
  for (const stored of [kept.oidc, others]) dropExpired(stored);
  let url = '';
  let clouds: Cloud[] = [];
  const keeper = new Keeper(file, () => ({
    ...kept,
    clouds: Object.fromEntries(clouds.map(({ world }) => [world.definition.id, world.state])),
  }));
  const touch = () => keeper.touch();
  let providers: { realm: Realm; answer: ReturnType<typeof openIdProvider> }[] = [];

  const server = await listen(options.port, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, body: { sandboxFault: { code: 500, message: String(error) } } });
    });
  });
  url = (options.url ?? `http://localhost:${server.port}`).replace(/\/+$/, '');
  const transatUrl = options.transatUrl.replace(/\/+$/, '');
  providers = [europeanRealm, americanRealm].map((realm) => {
    const stored = realm === europeanRealm ? kept.oidc : others;
    return { realm, answer: openIdProvider({ realm, url, transatUrl, secrets, stored, changed: touch }) };
  });
  const asking = ({ path }: Realm) => introspection(`http://127.0.0.1:${server.port}${path}`, secrets.keystoneSecret);
  const issuer = `${url}${europeanRealm.path}`;
  const [europeans, americans] = [asking(europeanRealm), asking(americanRealm)];
  const house = new OscarHouse({
    clock,
    speed,
    kept: oscar,
    changed: touch,
    folder: join(dataDir, 'sandbox', 'oscar'),
    url,
    firstPort: options.port === 0 ? 0 : server.port + 1,
    issuer,
    secret: secrets.cookieKey,
    introspect: europeans,
    // the provider is asked where it listens, whatever its address is for others
    refresh: (token) => refreshAccess(token, { [issuer]: `http://127.0.0.1:${server.port}${europeanRealm.path}` }),
  });
  const routes = houseRoutes(house);
  const [ofEurope, ofAmerica] = [`${url}${europeanRealm.path}`, `${url}${americanRealm.path}`] as const;
  clouds = [europe(ofEurope), america(ofAmerica), americaKvm(ofAmerica)].map((definition) => {
    // what an older sandbox has kept knows less
    const state = { ...emptyState(), ...kept.clouds[definition.id] };
    return new Cloud(
      new World({
        definition,
        sandboxUrl: url,
        clock,
        speed,
        state,
        changed: touch,
        secrets: cloudSecrets(secrets, definition),
        introspect: definition.federation?.issuer === ofAmerica ? americans : europeans,
        software: house,
      }),
    );
  });
  await house.open(clouds.map(({ world }) => world));
  for (const { world } of clouds) world.schedule.run();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox.invalid');
    const provider = providers.find(({ realm }) => pathname === realm.path || pathname.startsWith(`${realm.path}/`));
    if (provider) return provider.answer(request, response);
    const [, id = ''] = pathname.split('/');
    if (id === 'directory') return send(response, directoryAnswer(pathname.slice('/directory'.length), url, clock.now()));
    if (id === 'registry') {
      const sites = clouds.flatMap(({ world }) => (world.definition.blazar ? [{ uid: world.definition.id, world }] : []));
      return send(response, registryAnswer(pathname.slice('/registry'.length), searchParams, sites));
    }
    if (downClouds.includes(id)) return send(response, downAnswer);
    if (id === 'oscar') return answerOscarHouse(request, response, pathname.slice('/oscar'.length), searchParams);
    const cloud = clouds.find(({ world }) => world.definition.id === id);
    if (cloud) return cloud.handle(request, response, pathname.slice(id.length + 1), searchParams);
    const front = {
      sandbox: true,
      openIdProvider: `${url}${europeanRealm.path}`,
      clouds: clouds.map(({ world }) => ({ name: world.definition.name, authUrl: `${world.url}/v3` })),
      oscar: [...house.clusters.values()].map(({ world }) => ({ name: world.definition.name, endpoint: world.url })),
    };
    send(response, pathname === '/' ? { status: 200, body: front } : { status: 404, body: { error: 'not found' } });
  }

  async function answerOscarHouse(request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams): Promise<void> {
    const text = await readBody(request);
    if (text === null) return send(response, { status: 413 });
    const { method = 'GET', headers } = request;
    const call: Call = { method, path: path.replace(/\/+$/, '') || '/', query, headers, text, params: {}, requestId: newRequestId() };
    send(response, await answerHouse(routes, call));
  }

  return {
    url,
    clientSecret: secrets.clientSecret,
    async tick() {
      for (const { world } of clouds) {
        world.schedule.run();
        await world.schedule.settled();
      }
      await house.tick();
    },
    reset() {
      for (const cloud of clouds) cloud.reset();
    },
    async close() {
      for (const { world } of clouds) world.schedule.close();
      await Promise.all([server.close(), house.close()]);
      keeper.flush();
    },
  };
}

function cloudSecrets(secrets: SandboxSecrets, { id }: CloudDefinition): World['secrets'] {
  // a cloud that is newer than the data folder's secrets gets its own from one that is there
  const derived = (kind: string) => createHash('sha256').update(`${secrets.cookieKey}/${id}/${kind}`).digest('base64url');
  return secrets.clouds[id] ?? { password: derived('password'), applicationCredentialSecret: derived('application-credential') };
}

function readState(file: string): Kept {
  const found = readKept(file);
  const fits = typeof found === 'object' && found !== null && Reflect.get(found, 'version') === STATE_VERSION;
  // written by this very module, whose version it carries; another version is not read but begun anew
  return fits ? (found as Kept) : { version: STATE_VERSION, clouds: {}, oidc: {} };
}

/** Asks the OpenID provider about an access token, as a Keystone behind mod_auth_openidc does (RFC 7662). */
function introspection(provider: string, secret: string) {
  return async (token: string): Promise<Record<string, unknown> | null> => {
    const response = await fetch(`${provider}/protocol/openid-connect/token/introspect`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`keystone:${encodeURIComponent(secret)}`).toString('base64')}` },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
    });
    const claims: unknown = await response.json();
    if (response.status !== 200 || typeof claims !== 'object' || claims === null || Reflect.get(claims, 'active') !== true) return null;
    return { ...claims };
  };
}
