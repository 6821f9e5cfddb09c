import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Receiver, startReceiver } from '@/lib/core/tracing/testing/receiver';
import { startSandbox } from '@/lib/sandbox';
import { signIn, type Tokens } from '@/lib/sandbox/testing/sign-in';
import { openStore } from '@/lib/store/store';
import { findLeaks, type Hay, type Needle } from './search';

// One process of the product on the sandbox lives through success and failure; then all that it said, sent and kept is searched.
const folder = mkdtempSync(join(tmpdir(), 'transat-canary-'));
const urls = join(folder, 'urls.txt');
const typed = `Canary-${randomBytes(16).toString('hex')}`;
const wrong = `Wrong-canary-${randomBytes(12).toString('hex')}`;
const needles: Needle[] = [
  { name: 'an input that is a secret', value: typed },
  { name: 'a secret that the site refuses', value: wrong },
];
const said: Hay[] = [];
let url = '';
let output = '';
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let product: ChildProcess;
let traces: Receiver;
let tokens: Tokens;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  sandbox = await startSandbox({ port: 0, dataDir: folder, transatUrl: url, speed: 20 });
  traces = await startReceiver();
  product = spawn(process.execPath, ['--import', 'tsx', 'scripts/canary/product.ts'], {
    env: {
      ...process.env,
      VITEST: '',
      NODE_ENV: 'production',
      LOG_LEVEL: 'debug',
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      PORT: String(port),
      CANARY_URLS: urls,
      TRANSAT_DATA: folder,
      TRANSAT_URL: url,
      TRANSAT_CALLBACK_URL: url,
      TRANSAT_SANDBOX: '1',
      TRANSAT_SANDBOX_URL: sandbox.url,
      NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [product.stdout, product.stderr]) stream?.on('data', (bytes: Buffer) => (output += bytes.toString('latin1')));
  await vi.waitFor(() => expect(output).toContain('ready'), { timeout: 170_000, interval: 100 });
  tokens = await signIn(sandbox.url, 'ada');
  for (const [name, value] of Object.entries(tokens)) if (name !== 'cookie') needles.push({ name: `the ${name}`, value });
});
afterAll(async () => {
  product?.kill('SIGKILL');
  await sandbox?.close();
  await traces?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  token?: string;
  headers?: Record<string, string>;
  /** the answer gives a secret to whom it belongs, on purpose */
  reveals?: boolean;
}
interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  json: any;
}
async function call(method: string, path: string, body?: unknown, { token, headers, reveals }: Asked = {}): Promise<Answered> {
  const response = await fetch(/^\/(api|_|healthz$|readyz$)/.test(path) ? url + path : `${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token ?? tokens.access_token}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!reveals) said.push({ place: `the answer to ${method} ${path}`, content: JSON.stringify([...response.headers]) + text });
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : undefined };
}
const goWrong = (cloud: string, match: object, answer: object, times = 1) =>
  fetch(`${sandbox.url}/${cloud}/_faults`, { method: 'POST', body: JSON.stringify({ match, answer, times }) });
const tryMe = async (cloud: string) => (await (await fetch(`${sandbox.url}/${cloud}/try-me`)).json()) as TryMe;
interface TryMe {
  authUrl: string;
  applicationCredential: { id: string; secret: string };
  user: { name: string; domain: string; password: string };
}
interface OscarKeys {
  endpoint: string;
  user: string;
  password: string;
  minio: { secretKey: string };
}
/** Fields of all kinds of secret that a deployment has, but for their public halves. */
const isPrivate = (name: string) => !/\/(public|cert|hash)$/.test(name);
const linesOf = (name: string, value: string): Needle[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 16 && !line.startsWith('-----') && !line.startsWith('b3BlbnNzaC1rZXktdjEA'))
    .map((line) => ({ name, value: line }));

test('credentials of every kind, taken and refused, tokens, and what is repeated', async () => {
  expect((await call('GET', '/me')).status).toBe(200);
  expect((await call('POST', '/_session', tokens, { reveals: true })).status).toBe(204);
  const sites: { id: string; name: string }[] = (await call('GET', '/sites')).json.items;
  const europe = sites.find(({ name }) => name.includes('Europe'))?.id ?? '';
  const america = sites.find(({ name }) => name.includes('America'))?.id ?? '';
  const [mine, theirs] = [await tryMe('europe'), await tryMe('america')];
  const { id, secret } = mine.applicationCredential;
  needles.push({ name: 'an application credential’s secret', value: secret }, { name: 'a password', value: theirs.user.password });
  const given = { site: europe, name: 'AC', kind: 'applicationCredential', id, secret };
  const password = { username: theirs.user.name, userDomain: theirs.user.domain, password: theirs.user.password };
  const yaml = `clouds:\n  x:\n    auth_type: v3applicationcredential\n    auth: {auth_url: "${mine.authUrl}", application_credential_id: ${id}, application_credential_secret: ${secret}}\n`;
  const made = await call('POST', '/credentials', given, { headers: { 'idempotency-key': 'k1' } });
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  expect((await call('POST', '/credentials', given, { headers: { 'idempotency-key': 'k1' } })).status).toBe(201);
  expect((await call('POST', '/credentials', { site: america, name: 'PW', kind: 'password', ...password })).status).toBe(201);
  expect((await call('POST', '/credentials', { site: europe, name: 'CY', kind: 'cloudsYaml', yaml })).status).toBe(201);
  await call('POST', '/credentials/read', { text: yaml });

  await call('POST', '/credentials', { ...given, secret: wrong });
  await call('PATCH', `/credentials/${made.json.id}`, { secret: wrong });
  const echo = (status: number) => ({
    error: {
      message: `Bad secret ${wrong}, ${wrong}-${status}, ${secret}, ${theirs.user.password}, ${tokens.access_token}`,
      code: status,
      title: secret,
    },
  });
  for (const status of [401, 400, 500, 503]) {
    for (const cloud of ['europe', 'america'])
      await goWrong(cloud, { service: 'identity', method: 'POST' }, { status, body: echo(status) }, 4);
    const refused = await call('POST', '/credentials', {
      site: america,
      name: 'PW2',
      kind: 'password',
      ...password,
      password: `${wrong}-${status}`,
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    await call('POST', `/credentials/${made.json.id}/check`);
    for (const cloud of ['europe', 'america']) await fetch(`${sandbox.url}/${cloud}/_faults`, { method: 'DELETE' });
  }
  for (const body of [
    { ...given, id: 7 },
    { ...given, secret: { deep: secret } },
    `{"secret": "${secret}", broken`,
    { ...given, kind: secret },
  ]) {
    expect((await call('POST', '/credentials', body)).status).toBeGreaterThanOrEqual(400);
  }
  // no token makes one that outlives it
  const soon = new Date(Date.now() + 120_000).toISOString();
  const pat = await call(
    'POST',
    '/tokens',
    { name: 'x', scope: 'write', expiresAt: soon },
    { reveals: true, headers: { 'idempotency-key': 'k2' } },
  );
  needles.push({ name: 'a personal access token', value: pat.json.token });
  expect((await call('GET', '/tokens', undefined, { token: pat.json.token })).status).toBe(200);
  expect((await call('GET', '/credentials', undefined, { token: `${pat.json.token}x` })).status).toBe(401);
  await call('GET', '/credentials');
});

test('OSCAR clusters, their services and files, and what a cluster quotes when it refuses', async () => {
  const keys = (await (await fetch(`${sandbox.url}/oscar/oscar-eu/try-me`)).json()) as OscarKeys;
  const secret = `Canary-of-a-service-${randomBytes(8).toString('hex')}`;
  needles.push({ name: 'an OSCAR’s password', value: keys.password }, { name: 'a MinIO’s key', value: keys.minio.secretKey });
  needles.push({ name: 'a secret of a service', value: secret });
  const auth = { kind: 'basic', user: keys.user, password: wrong };
  expect((await call('POST', '/clusters', { name: 'X', endpoint: keys.endpoint, auth })).status).toBeGreaterThanOrEqual(400);
  const made = await call('POST', '/clusters/offered', { id: 'oscar-eu' }, { headers: { 'idempotency-key': 'k3' } });
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  const at = `/clusters/${made.json.id}`;
  const service = { name: 'count', image: 'transat/word-count:1', script: 'wc', input: [{ path: 'count/in' }], secrets: { KEY: secret } };
  const quoting = { status: 500, body: `could not ${keys.password} ${secret}` };
  await fetch(`${sandbox.url}/oscar/oscar-eu/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      match: {
        method: 'POST',
        path: '/system/services',
      },
      answer: quoting,
    }),
  });
  const refused = await call('POST', `${at}/services`, service);
  expect([refused.status, refused.json.upstream.message]).toEqual([502, expect.stringContaining('***')]);
  expect((await call('POST', `${at}/services`, service)).status).toBe(201);
  expect((await call('POST', `${at}/buckets/count/objects?key=in/a.txt`, 'some words')).status).toBe(201);
  await call('POST', `${at}/services/count/run`, { input: 'YQ==' });
  const parts = ['', '/status', '/services', '/services/count', '/services/count/jobs', '/buckets', '/buckets/count/objects'];
  const files = ['/buckets/count/file?key=in/a.txt', '/services/count/export?as=curl', '/services/count/export?as=oscar-cli'];
  for (const part of [...parts, ...files]) expect([part, (await call('GET', at + part)).status]).toEqual([part, 200]);
  expect((await call('DELETE', `${at}/services/count`)).status).toBe(204);
});

test('a pair of OSCAR clusters, of which each has what opens the other', { timeout: 120_000 }, async () => {
  const keysOf = async (id: string) => (await (await fetch(`${sandbox.url}/oscar/${id}/try-me`)).json()) as OscarKeys;
  const [near, far] = [await keysOf('oscar-us'), await keysOf('oscar-eu')];
  const refreshToken = `Canary-of-a-pair-${randomBytes(8).toString('hex')}`;
  needles.push({ name: 'the origin’s password', value: near.password }, { name: 'the origin’s key', value: near.minio.secretKey });
  needles.push({ name: 'a pair’s refresh token', value: refreshToken });
  const [worker, origin] = [
    (await call('GET', '/clusters')).json.items[0].id as string,
    (await call('POST', '/clusters/offered', { id: 'oscar-us' })).json.id as string,
  ];
  const service = { name: 'both', image: 'transat/word-count:1', script: 'wc', cpu: '0.5', memory: '256Mi' };
  const paths = { input: [{ path: 'both/in' }], output: [{ path: 'both/out' }] };
  const pair = { origin, worker, service: { ...service, ...paths }, refreshToken };
  const quoting = (id: string, method: string, body: string) =>
    fetch(`${sandbox.url}/oscar/${id}/_faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: { method, path: '/system/services' }, answer: { status: 500, body } }),
    });
  expect((await call('POST', '/pairs', { ...pair, origin: worker, worker: origin })).status).toBe(409);
  expect((await call('POST', '/pairs?dryRun=true', pair)).json.ready).toBe(true);
  // the worker is told the origin's key, the origin the worker's password: each quotes it, and the second is kept as the reason
  await quoting('oscar-eu', 'POST', `could not ${near.minio.secretKey} ${far.password}`);
  expect((await call('POST', '/pairs', pair)).json.upstream.message).toBe('could not *** ***');
  await quoting('oscar-us', 'PUT', `could not ${far.password} ${near.password}`);
  await quoting('oscar-us', 'DELETE', 'later');
  expect((await call('POST', '/pairs', pair)).json.upstream.message).toBe('could not *** ***');
  const broken = (await call('GET', '/pairs')).json.items[0];
  expect([broken.state, (await call('DELETE', `/pairs/${broken.id}`)).status]).toEqual(['broken', 204]);
  const made = await call('POST', '/pairs', pair);
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  const path = `/pairs/${made.json.id}`;
  for (const part of ['/pairs', path, `${path}/status`]) expect([part, (await call('GET', part)).status]).toEqual([part, 200]);
  await call('POST', `${path}/proof`, { refreshToken });
  expect((await call('DELETE', `${path}?keep=true`)).status).toBe(204);
});

test('a deployment with secrets of its own, from its plan to its end', { timeout: 240_000 }, async () => {
  const sites: { id: string; name: string }[] = (await call('GET', '/sites')).json.items;
  const site = sites.find(({ name }) => name.includes('Europe'))?.id ?? '';
  const names = ['ssh_cidr', 'api_cidr', 'node_port_cidr'];
  const open = Object.fromEntries(names.map((name) => [name, '0.0.0.0/0']));
  const request = {
    recipe: 'kubernetes',
    addOns: ['jupyterhub-kubernetes'],
    inputs: { worker_count: 1, hub_admin_password: typed, ...open },
    placement: { control_plane: { site }, workers: { site } },
  };
  const plan = await call('POST', '/plans', request);
  expect(plan.status, JSON.stringify(plan.json)).toBe(200);
  await call('POST', '/plans', { ...request, inputs: { ...request.inputs, hub_admin_password: [typed] } });
  await goWrong(
    'europe',
    { service: 'compute', method: 'POST', path: '/servers$' },
    { status: 500, body: { computeFault: { message: 'boom', code: 500 } } },
  );
  await goWrong('europe', { service: 'node' }, { exitCode: 1, output: 'boom' });
  const { json: deployment, status } = await call('POST', '/deployments', { ...request, name: 'Canary' });
  expect(status, JSON.stringify(deployment)).toBe(202);
  const path = `/deployments/${deployment.id}`;
  const state = async (): Promise<string> => {
    const { json, status: seen } = await call('GET', path);
    return json.state ?? `${seen} ${JSON.stringify(json)}`;
  };
  const settled = () => expect.poll(state, { timeout: 200_000, interval: 1000 });
  await settled().toMatch(/^(ready|failed|degraded)$|^\d/);
  expect(await state()).toMatch(/^[a-z]/);
  for (let tries = 0; tries < 3 && (await state()) !== 'ready'; tries++) {
    await call('POST', `${path}/actions`, { action: 'retry' });
    await settled().toMatch(/^ready$/);
  }
  const opened = (await call('GET', '/_secrets', undefined, { reveals: true })).json as Record<string, string>;
  for (const [name, value] of Object.entries(opened)) if (isPrivate(name)) needles.push(...linesOf(`the deployment’s ${name}`, value));
  const outputs = (await call('GET', `${path}/outputs?reveal=true`, undefined, { reveals: true })).json.items as {
    name: string;
    value: string;
    secret: boolean;
  }[];
  const kubeconfig = outputs.find(({ name }) => name === 'kubeconfig')?.value ?? '';
  for (const [, value = ''] of kubeconfig.matchAll(/(?:client-key-data|token): *"?([\w+/=.-]{16,})/g))
    needles.push({ name: 'the kubeconfig’s key', value });
  expect(needles.map(({ name }) => name).join('\n')).toMatch(/deployment-key(.|\n)*kubeconfig/);
  for (const more of ['', '/plan', '/resources?limit=200', '/nodes?limit=200', '/events?limit=200', '/log', '/outputs', '/access'])
    await call('GET', path + more);
  for (const other of ['/deployments', '/credentials', '/sites', '/ssh-keys', '/tokens', '/me', '/readyz']) await call('GET', other);
  await call('DELETE', path);
  await settled().toBe('deleted');
  await call('GET', `${path}/events?limit=200`);
});

describe('none of it got out', () => {
  const tables: Hay[] = [];
  let files: Hay[] = [];
  const logOf = (): Hay => ({ place: 'the log', content: output });

  beforeAll(async () => {
    await call('GET', '/readyz');
    const before = output.length;
    await fetch(`${url}/_leak`, { method: 'POST', body: typed });
    await vi.waitFor(() => expect(output.length).toBeGreaterThan(before));
    const ended = new Promise((resolve) => product.once('exit', resolve));
    product.kill('SIGTERM');
    await ended;
    files = walk(join(folder, 'db')).map((file) => ({ place: file, content: readFileSync(file) }));
    const store = await openStore({ dataDir: folder, databaseUrl: undefined });
    const names = await sql<{ table_schema: string; table_name: string }>`
      select table_schema, table_name from information_schema.tables where table_type = 'BASE TABLE'
      and table_schema not in ('pg_catalog', 'information_schema')`.execute(store.db);
    for (const { table_schema, table_name } of names.rows) {
      const rows = await sql<{ row: string }>`select t::text as row from ${sql.id(table_schema, table_name)} t`.execute(store.db);
      tables.push({ place: `table ${table_name}`, content: rows.rows.map(({ row }) => row).join('\n') });
    }
    await store.close();
  });

  /** All but the line that the test itself had written. */
  const log = (): Hay => ({
    place: 'the log',
    content: output
      .split('\n')
      .filter((line) => !line.includes('a fault of the kind'))
      .join('\n'),
  });

  test('there was something to find, and something to search', () => {
    expect(needles.length).toBeGreaterThan(15);
    expect(said.length).toBeGreaterThan(40);
    expect(tables.find(({ place }) => place === 'table events')?.content).toContain('Canary');
    expect(tables.length).toBeGreaterThan(18);
    expect(readFileSync(urls, 'utf8')).toMatch(/\/europe\/v3\/auth\/tokens(.|\n)*\/servers/);
    expect(output.length).toBeGreaterThan(100);
  });

  test('what a request led to is one trace: its entry in the queue, the looks, and the calls to the cloud', () => {
    const asked = traces.spans.find(({ name }) => name === 'POST /api/v1/deployments');
    const of = traces.spans.filter(({ trace }) => trace === asked?.trace);
    const entry = of.find(({ name }) => name === 'process deployments');
    const passes = of.filter(({ name, parent }) => name === 'pass' && parent === entry?.id);
    const calls = of.filter(({ name, parent }) => name === 'POST compute' && passes.some(({ id }) => id === parent));
    expect([asked?.kind, asked?.words['http.response.status_code'], entry?.parent]).toEqual([2, 202, asked?.id]);
    expect(calls.map(({ words }) => words['http.response.status_code'])).toContain(202);
  });

  test('a trace has no other words than these, and of people and what they named none', () => {
    const words = new Set(traces.spans.flatMap((span) => Object.keys(span.words)));
    const http = ['http.request.method', 'http.response.status_code', 'http.route'];
    const messaging = ['messaging.destination.name', 'messaging.operation.type', 'messaging.system'];
    const own = ['transat.deployment', 'transat.errand', 'transat.peer', 'transat.service'];
    const known = ['error.type', ...http, ...messaging, ...own];
    expect([...words].filter((word) => !known.includes(word))).toEqual([]);
    const values = traces.spans.flatMap(({ name, words: said }) => [name, ...Object.values(said)]).map(String);
    expect(values.filter((value) => /[?&=]|ada\b|canary|127\.0\.0\.1|localhost/i.test(value))).toEqual([]);
  });

  test('the search does find: what the test had logged, and what is put in a table’s dump in any form', () => {
    expect(findLeaks(needles, [logOf()])).toContain('the log: an input that is a secret (as it is)');
    const put = (form: BufferEncoding) => findLeaks(needles, [{ place: 'x', content: `ab${Buffer.from(`..${typed}..`).toString(form)}` }]);
    for (const form of ['hex', 'base64', 'base64url', 'utf8'] as const) expect(put(form)).not.toEqual([]);
  });

  test('not in the log', () => expect(findLeaks(needles, [log()])).toEqual([]));
  test('not in an answer of the API, a problem among them', () => expect(findLeaks(needles, said)).toEqual([]));
  test('not in a trace', () => expect(findLeaks(needles, [{ place: 'a trace', content: Buffer.concat(traces.bodies) }])).toEqual([]));
  test('not in a URL', () => expect(findLeaks(needles, [{ place: 'a URL', content: readFileSync(urls, 'utf8') }])).toEqual([]));
  test('not in a table', () => expect(findLeaks(needles, tables)).toEqual([]));
  test('not in the database’s files', () => expect(findLeaks(needles, files)).toEqual([]));
});

function walk(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [path];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
