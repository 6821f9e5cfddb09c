import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type AgentMessage, batchSchema, configFile, type Step } from '@/lib/nodes/protocol';
import { type Connected, connect, request, serverBody } from '../testing/cloud-client';
import { answerDevice } from '../testing/device';
import { startTestSandbox, type TestSandbox } from '../testing/start';
import { refreshAccess } from './refresh';

// What stands in the sandbox, and what a deployment of the recipe OSCAR puts there.
let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.end());

interface Offer {
  endpoint: string;
  user: string;
  password: string;
  version: string;
  minio: { endpoint: string };
}
const offer = async (id: string): Promise<Offer> => (await request('GET', `${sandbox.url}/oscar/${id}/try-me`)).body;
const basic = ({ user, password }: Offer) => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });

test('two clusters always stand: Europe of the newest release, America of an older one', async () => {
  const [eu, us] = [await offer('oscar-eu'), await offer('oscar-us')];
  for (const [cluster, version] of [
    [eu, 'v4.1.2'],
    [us, 'v3.6.5'],
  ] as const) {
    expect((await request('GET', `${cluster.endpoint}/system/info`, undefined, basic(cluster))).body).toMatchObject({ version });
    expect((await request('GET', `${cluster.endpoint}/system/info`)).status).toBe(401);
  }
  expect(eu.password).not.toBe(us.password);
  expect((await request('GET', `${sandbox.url}/oscar/none/try-me`)).status).toBe(404);
});

test('a token of the portal can be used again and again, says who issued it, and opens a cluster that believes its issuer', async () => {
  const base = `${sandbox.url}/oidc/protocol/openid-connect`;
  const form = (fields: Record<string, string>) => new URLSearchParams({ client_id: 'token-portal', ...fields });
  const post = async (path: string, fields: Record<string, string>) =>
    (await fetch(base + path, { method: 'POST', body: form(fields) })).json();
  const device = await post('/auth/device', { scope: 'openid profile eduperson_entitlement offline_access' });
  await answerDevice(device.verification_uri_complete, 'ada', 'connect');
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const { refresh_token: token } = await post('/token', { grant_type: grant, device_code: device.device_code });
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  expect(claims).toMatchObject({ iss: `${sandbox.url}/oidc`, azp: 'token-portal' });
  const issuers = { [`${sandbox.url}/oidc`]: `${sandbox.url}/oidc` };
  const access = [await refreshAccess(token, issuers), await refreshAccess(token, issuers)];
  const { endpoint } = await offer('oscar-eu');
  for (const one of access)
    expect((await request('GET', `${endpoint}/system/info`, undefined, { authorization: `Bearer ${one}` })).status).toBe(200);
  expect(await refreshAccess(token, {})).toBeNull();
  expect(await refreshAccess('opaque', issuers)).toBeNull();
});

test.each([
  ['_settings', 'PUT', { unreachable: 'yes' }, 400],
  ['_settings', 'PUT', { other: true }, 400],
  ['_faults', 'POST', { match: {}, answer: { status: 7 } }, 400],
])('%s refuses what is not as it must be', async (path, method, body, status) => {
  expect((await request(method, `${sandbox.url}/oscar/oscar-eu/${path}`, body)).status).toBe(status);
});

test('a cluster can be told to be gone, to answer wrongly once, and to begin anew', async () => {
  const { endpoint, ...rest } = await offer('oscar-us');
  const admin = (method: string, path: string, body?: unknown) => request(method, `${sandbox.url}/oscar/oscar-us/${path}`, body);
  await admin('POST', '_faults', { match: { service: 'oscar', path: '/system/info' }, answer: { status: 503 } });
  const ask = async () => (await request('GET', `${endpoint}/system/info`, undefined, basic({ endpoint, ...rest }))).status;
  expect([await ask(), await ask()]).toEqual([503, 200]);
  await admin('PUT', '_settings', { unreachable: true });
  await expect(ask()).rejects.toThrow();
  await admin('POST', '_reset', {});
  expect(await ask()).toBe(200);
});

/** Somebody to whom an agent tells its outputs. */
async function startListener(): Promise<{ url: string; steps: Step[]; outputs: Record<string, string>; server: Server }> {
  const steps: Step[] = [];
  const messages: AgentMessage[] = [];
  const outputs: Record<string, string> = {};
  const reply = async (incoming: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const part of incoming) text += String(part);
    if (incoming.url?.endsWith('/identity')) return response.writeHead(204).end();
    if (incoming.url?.includes('/bundle')) return response.writeHead(200).end(JSON.stringify({ steps }));
    for (const message of batchSchema.parse(JSON.parse(text)).messages) {
      messages.push(message);
      if (message.type === 'outputs') Object.assign(outputs, message.values);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ack: messages.at(-1)?.seq ?? 0 }));
  };
  const server = createServer((incoming, response) => void reply(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/v1/agent/n1`, steps, outputs, server };
}

const script = (name: string) => readFileSync(join(import.meta.dirname, '../../../recipes/oscar/scripts', name), 'utf8');

async function deploy(cloud: Connected, { url, steps }: Awaited<ReturnType<typeof startListener>>): Promise<string> {
  const common = { downloads: [], timeoutSeconds: 60, attempts: 1, secretEnv: ['OSCAR_PASSWORD', 'MINIO_PASSWORD'] };
  const addresses = { NODE_NAME: 'front', PUBLIC_ADDRESS: '203.0.113.7', PRIVATE_ADDRESS: '10.1.0.7' };
  const secrets = { MINIO_PASSWORD: 'minio-of-this-one', OSCAR_PASSWORD: 'oscar-of-this-one' };
  const env = {
    ...addresses,
    ...secrets,
    PORT: '30300',
    CONSOLE_PORT: '30301',
    OIDC: 'false',
    DELEGATION: 'true',
    DELEGATION_SECONDS: '45',
  };
  steps.push(
    { name: 'minio', title: 'Start MinIO', script: script('minio.sh'), env, ...common },
    { name: 'oscar', title: 'Install OSCAR', script: script('oscar.sh'), env, ...common },
  );
  const config = {
    version: 2,
    nodeId: 'n1',
    node: 'front',
    hostname: 'front',
    callback: { url },
    admission: 'once',
    peers: {},
    mounts: [],
    firewall: [],
  };
  const files = [{ path: configFile, content: JSON.stringify(config) }];
  const data = Buffer.from(`#cloud-config\n${stringify({ write_files: files })}`).toString('base64');
  const metadata = { 'transat:deployment': 'dep_1' };
  const made = await cloud.compute('POST', '/servers', await serverBody(cloud, 'm1.large', { user_data: data, metadata }));
  await cloud.compute('POST', '/servers', await serverBody(cloud, 'm1.medium', { name: 'worker', metadata }));
  return String(made.body.server.id);
}

test('a deployment of the recipe ends with addresses that answer, as long as its machine runs', async () => {
  const listener = await startListener();
  const cloud = await connect(sandbox.url, 'europe');
  const id = await deploy(cloud, listener);
  await sandbox.pass(40);
  const { outputs } = listener;
  expect(outputs).toMatchObject({ oscar_state: 'running', oscar_url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/) });
  const own = { user: 'oscar', password: 'oscar-of-this-one', endpoint: outputs.oscar_url ?? '', version: '', minio: { endpoint: '' } };
  const ask = async (path: string) => request('GET', `${own.endpoint}${path}`, undefined, basic(own));
  expect((await ask('system/info')).body).toMatchObject({ version: 'v4.1.2' });
  expect((await ask('system/config')).body.minio_provider).toMatchObject({
    endpoint: outputs.minio_endpoint,
    secret_key: 'minio-of-this-one',
  });
  expect((await ask('system/status')).body.cluster).toMatchObject({ nodes_count: 1, metrics: { cpu: { total_free_cores: 1750 } } });
  expect((await request('GET', own.endpoint)).body).toContain('OSCAR 4.1.2 answers here');
  expect((await request('GET', outputs.minio_console ?? '')).body).toContain('minio-of-this-one');
  // it is there again after a restart, at the same address
  await sandbox.close();
  sandbox = await startTestSandbox(sandbox.dataDir);
  // a connection of before may be noticed to be closed only when it is used
  await expect
    .poll(() =>
      ask('system/info').then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  const again = await connect(sandbox.url, 'europe');
  await again.compute('POST', `/servers/${id}/action`, { 'os-stop': null });
  await sandbox.pass(5);
  await expect(ask('system/info')).rejects.toThrow();
  await again.compute('POST', `/servers/${id}/action`, { 'os-start': null });
  await sandbox.pass(5);
  expect((await ask('system/info')).status).toBe(200);
  await again.compute('DELETE', `/servers/${id}`);
  await sandbox.pass(5);
  await expect(ask('system/info')).rejects.toThrow();
  expect((await request('GET', `${sandbox.url}/oscar`)).body.map((one: { id: string }) => one.id)).toEqual([
    'oscar-eu',
    'oscar-us',
    'demo-eu',
    'demo-us',
  ]);
  listener.server.closeAllConnections();
  listener.server.close();
});
