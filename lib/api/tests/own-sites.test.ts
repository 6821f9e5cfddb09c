import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { connectCloud, findIdentity, listProjects } from '@/lib/openstack';
import { type SmallCloud, smallCloud, token } from '@/lib/openstack/testing/small-cloud';
import { certificate, privateKey } from '@/lib/web/testing/certificate';
import { serve, type TestServer } from '@/lib/web/testing/http-server';
import { lab, openTestApi, type TestApi } from '../fixtures';

const servers: TestServer[] = [];
let api: TestApi;
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await api.store.close();
});

const open = async (allowedRanges: string[] = ['127.0.0.0/8'], more: Parameters<typeof openTestApi>[0] = {}) => {
  api = await openTestApi({ findIdentity, connectCloud, listProjects, allowedRanges, ...more });
};
const keystone = { json: { version: { id: 'v3.14', status: 'stable' } } };
const projects = { json: { projects: [{ id: 'p1', name: 'testbed', enabled: true }] } };

/** A cloud that somebody may add; `computeAt` is what its catalogue says. */
async function cloud(computeAt?: string): Promise<SmallCloud> {
  const made: SmallCloud = await smallCloud({
    'GET /': { status: 300, json: { versions: { values: [{ id: 'v3.14' }] } } },
    'GET /v3': keystone,
    'GET /v3/auth/projects': projects,
    'POST /v3/auth/tokens': (request) => {
      const reply = token(made, request);
      return computeAt === undefined || typeof reply === 'string'
        ? reply
        : { ...reply, json: JSON.parse(JSON.stringify(reply.json).replaceAll(`${made.url}/compute/v2.1`, computeAt)) };
    },
  });
  servers.push(made);
  return made;
}
const add = (body: unknown, as = api.as.owner) => api.call('POST', '/sites', as, body);
const stored = async () => (await api.store.db.selectFrom('custom_sites').selectAll().execute()).length;
const password = { kind: 'password', name: 'mine', username: 'ann', password: 'secret' };

describe('an address that people may not send Transat to is refused at its field, and nothing is stored or asked', () => {
  test('whatever way it is written', async () => {
    await open([]);
    for (const authUrl of [
      'https://localhost:5000/v3',
      'https://127.0.0.1:5000/v3',
      'https://2130706433/v3',
      'https://0x7f.1/v3',
      'https://0177.0.0.1/v3',
      'https://127.0.0.1.:5000/v3',
      'https://[::1]/v3',
      'https://[::ffff:127.0.0.1]/v3',
      'https://[64:ff9b::7f00:1]/v3',
      'https://0.0.0.0/v3',
      'https://10.0.0.1/v3',
      'https://192.168.1.1/v3',
      'https://169.254.169.254/v3',
      'https://[fd00:ec2::254]/v3',
      'http://keystone.example.org:5000/v3',
      'https://user:canary-password@keystone.example.org/v3',
      'https://keystone.example.org:22/v3',
    ]) {
      const refused = await add({ name: 'Inside', authUrl });
      expect(refused, authUrl).toMatchObject({ status: 422, json: { code: 'site-address-refused', fields: [{ path: 'authUrl' }] } });
      expect(refused.text).not.toContain('canary');
    }
    expect(await stored()).toBe(0);
  });

  test('a range that the operator opened is open, and no other', async () => {
    const at = await cloud();
    await open(['10.0.0.0/8']);
    expect((await add({ name: 'Inside', authUrl: at.url })).json.code).toBe('site-address-refused');
    expect(at.seen).toEqual([]);
  });

  test.each([
    ['http://169.254.169.254/v2.1'],
    ['https://10.0.0.1/v2.1'],
    ['https://[::ffff:a9fe:a9fe]/v2.1'],
    ['http://localhost:22/v2.1'],
  ])('a catalogue that names %s gets no token there', async (computeAt) => {
    const at = await cloud(computeAt);
    await open();
    const { json: site } = await add({ name: 'Trap', authUrl: at.url });
    expect((await api.call('POST', '/credentials', api.as.owner, { ...password, site: site.id })).status).toBe(201);
    const { json } = await api.call('GET', `/sites/${site.id}/facts`, api.as.owner);
    expect(json.gaps).toContainEqual({ part: 'flavors', problem: expect.objectContaining({ code: 'site-address-refused' }) });
  });
});

describe('a site of one’s own', () => {
  test('is tried, completed and kept; what is wrong is said at its field', async () => {
    const [at, dashboard] = [await cloud(), await serve(() => ({ text: '<html>Dashboard</html>' }))];
    servers.push(dashboard);
    await open();
    for (const [wrong, field] of [
      [{ authUrl: dashboard.url }, 'authUrl'],
      [{ authUrl: 'keystone' }, 'authUrl'],
      [{ authUrl: 'ftp://keystone.example.org' }, 'authUrl'],
      [{ name: '<b>' }, 'name'],
      [{ methods: [] }, 'methods'],
      [{ methods: ['telepathy'] }, 'methods.0'],
      [{ ca: 'no certificate' }, 'ca'],
      [{ ca: privateKey }, 'ca'],
      [{ country: 'Spain' }, 'country'],
      [{ lat: 91, lon: 0 }, 'lat'],
      [{ lat: 40 }, 'lon'],
      [{ allowPrivate: true }, 'allowPrivate'],
    ] as const) {
      const { status, json } = await add({ name: 'Mine', authUrl: at.url, ...wrong });
      expect({ status, fields: json.fields?.map(({ path }: { path: string }) => path) }, field).toEqual({ status: 422, fields: [field] });
    }
    expect(await stored()).toBe(0);
    const made = await add({ name: 'Mine', authUrl: `${at.url}/`, region: 'R1', city: 'Lugo', country: 'ES', lat: 43, lon: -7.6 });
    expect(made).toMatchObject({ status: 201, json: { own: true, provider: 'custom', authUrl: `${at.url}/v3`, access: 'unknown' } });
    expect(made.headers.get('location')).toBe(`/api/v1/sites/${made.json.id}`);
    expect((await add({ name: 'Mine', authUrl: at.url })).json.fields).toEqual([{ path: 'name', message: expect.any(String) }]);
    const cleared = await api.call('PATCH', `/sites/${made.json.id}`, api.as.owner, { city: null, name: 'Ours' });
    expect(cleared.json).toMatchObject({ name: 'Ours', city: null, country: 'ES', region: 'R1' });
  });

  test('is nobody else’s: what others ask of it is answered as if there were none', async () => {
    const at = await cloud();
    await open();
    const { json: site } = await add({ name: 'Mine', authUrl: at.url });
    const { stranger } = api.as;
    const ask = async (id: string) => {
      const placement = { machine: { site: id } };
      const answers = await Promise.all([
        api.call('GET', `/sites/${id}`, stranger),
        api.call('GET', `/sites/${id}`),
        api.call('PATCH', `/sites/${id}`, stranger, { name: 'Theirs' }),
        api.call('DELETE', `/sites/${id}`, stranger),
        api.call('GET', `/sites/${id}/facts`, stranger),
        api.call('POST', '/credentials', stranger, { ...password, site: id }),
        api.call('POST', '/plans', stranger, { recipe: 'virtual-machine', placement }),
        api.call('POST', '/deployments', stranger, { recipe: 'virtual-machine', placement, name: 'x' }),
      ]);
      return answers.map(({ status, text }) => ({ status, text: text.replaceAll(id, 'ID').replaceAll(/req_\w+/g, '') }));
    };
    const theirs = await ask(site.id);
    expect(theirs).toEqual(await ask('site_00000000000000000000'));
    expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 422, 200, 422]);
    expect((await api.call('GET', '/sites', stranger)).text).not.toContain(site.id);
    expect((await api.call('GET', '/sites')).text).not.toContain(site.id);
    const match = await api.call('POST', '/sites/match', stranger, { recipe: 'virtual-machine' });
    expect(match.text).not.toContain(site.id);
    expect((await api.call('GET', `/sites/${site.id}`, api.as.owner)).json.name).toBe('Mine');
    // nor is what everybody sees anybody's own
    expect((await api.call('PATCH', '/sites/lab', stranger, { name: 'Theirs' })).status).toBe(404);
  });

  test('has the regions that its catalogue has, once there is a credential to look with', async () => {
    const at = await cloud();
    await open();
    const { json: site } = await add({ name: 'Mine', authUrl: at.url });
    await api.call('POST', '/credentials', api.as.owner, { ...password, site: site.id });
    const wrong = await api.call('PATCH', `/sites/${site.id}`, api.as.owner, { region: 'Nowhere' });
    expect(wrong).toMatchObject({ status: 422, json: { fields: [{ path: 'region', message: expect.stringContaining('R1') }] } });
    const right = await api.call('PATCH', `/sites/${site.id}`, api.as.owner, { region: 'R1' });
    expect(right.json).toMatchObject({ region: 'R1', access: 'ready', projects: [{ id: 'p1' }] });
  });

  test('keeps its address while secrets are kept for it: they go nowhere else', async () => {
    const [at, elsewhere] = [await cloud(), await cloud()];
    await open();
    const { json: site } = await add({ name: 'Mine', authUrl: at.url });
    const secret = await api.call('POST', '/credentials', api.as.owner, { ...password, site: site.id });
    const move = () => api.call('PATCH', `/sites/${site.id}`, api.as.owner, { authUrl: elsewhere.url });
    expect(await move()).toMatchObject({ status: 409, json: { remedy: expect.stringContaining('mine'), fields: [{ path: 'authUrl' }] } });
    expect(JSON.stringify(elsewhere.seen)).not.toContain('secret');
    await api.call('DELETE', `/credentials/${secret.json.id}`, api.as.owner);
    expect((await move()).json.authUrl).toBe(`${elsewhere.url}/v3`);
  });

  test('stays while a deployment stands there, and is deleted with its credentials after', async () => {
    const at = await cloud();
    await open();
    const { json: site } = await add({ name: 'Mine', authUrl: at.url });
    await api.call('POST', '/credentials', api.as.owner, { ...password, site: site.id });
    const plan = clusterPlan(1);
    const resources = plan.resources.map((resource) => ({ ...resource, site: site.id }));
    const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
    const person = { id: 'owner' };
    const { id } = await createDeployment(api.services.ports, { person, name: 'Grapes', request, plan: { ...plan, resources } });
    const remove = () => api.call('DELETE', `/sites/${site.id}`, api.as.owner);
    expect(await remove()).toMatchObject({ status: 409, json: { detail: expect.stringContaining('Grapes') } });
    await api.store.db.updateTable('deployments').set({ deleted_at: api.clock.now() }).where('id', '=', id).execute();
    expect((await remove()).status).toBe(204);
    expect((await api.call('GET', `/sites/${site.id}`, api.as.owner)).status).toBe(404);
    expect((await api.call('GET', '/credentials', api.as.owner)).json.items).toEqual([]);
  });

  test('has a certificate authority of its own where it needs one', async () => {
    const at = await serve(() => keystone, { tls: true });
    servers.push(at);
    await open();
    const alone = await add({ name: 'Mine', authUrl: at.url });
    expect(alone).toMatchObject({ status: 502, json: { code: 'site-tls-untrusted', fields: [{ path: 'authUrl' }] } });
    const made = await add({ name: 'Mine', authUrl: at.url, ca: certificate });
    expect(made).toMatchObject({ status: 201, json: { ca: expect.stringContaining('BEGIN CERTIFICATE') } });
    expect((await api.call('GET', '/sites', api.as.owner)).json.items).toContainEqual(expect.objectContaining({ id: made.json.id }));
  });

  test('gets a person’s sign-in only where that goes anyway, or the operator says so', async () => {
    const at = await cloud();
    const federated = { name: 'Mine', authUrl: at.url, methods: ['oidc'], identityProvider: 'egi.eu' };
    await open();
    expect((await add(federated)).json.fields).toEqual([{ path: 'methods', message: expect.stringContaining('tokenHosts') }]);
    await api.store.close();
    await open(['127.0.0.0/8'], { tokenHosts: [new URL(at.url).host] });
    expect((await add({ ...federated, identityProvider: undefined })).json.fields).toMatchObject([{ path: 'identityProvider' }]);
    expect((await add(federated)).json).toMatchObject({ methods: ['oidc'], identityProvider: 'egi.eu', protocol: 'openid' });
    await api.store.close();
    const neighbour = { ...lab, id: 'egi', authUrl: `${at.url}/v3`, methods: ['oidc' as const], provider: 'op' };
    await open(['127.0.0.0/8'], { sites: [neighbour] });
    expect((await add(federated)).json).toMatchObject({ methods: ['oidc'] });
  });
});

describe('a port', () => {
  const listen = async (onSocket: (socket: Socket) => void) => {
    const server = createServer(onSocket).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    servers.push({ close: async () => void server.close() } as TestServer);
    return typeof address === 'object' ? address?.port : undefined;
  };

  test('that is closed, silent, cut off or of something else gives the same words in the same time', async () => {
    await open();
    const closed = await serve(() => keystone);
    await closed.close();
    const ports = [
      Number(new URL(closed.url).port),
      await listen(() => {}),
      await listen((socket) => socket.destroy()),
      await listen((socket) => socket.end('220 mail ESMTP\r\n')),
    ];
    const tried = ['http', 'https'].flatMap((scheme) => ports.map((port) => ({ scheme, port })));
    const answers = await Promise.all(
      tried.map(async ({ scheme, port }) => {
        const began = performance.now();
        const { status, text } = await add({ name: `At ${port} by ${scheme}`, authUrl: `${scheme}://127.0.0.1:${port}` });
        const seconds = Math.round((performance.now() - began) / 1000);
        return { status, seconds, text: text.replaceAll(String(port), 'PORT').replaceAll(/req_\w+/g, '') };
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, JSON.stringify(answers)).toBe(1);
    expect(answers[0]?.status).toBe(502);
    // so long as the slowest of them would be waited for; a busy machine takes longer, for all of them
    expect(answers[0]?.seconds).toBeGreaterThanOrEqual(6);
  }, 40_000);

  test('in a catalogue, too, has no words of its own', async () => {
    const closed = await serve(() => keystone);
    await closed.close();
    const silent = await listen((socket) => socket.destroy());
    await open();
    const seen: string[] = [];
    for (const port of [new URL(closed.url).port, String(silent)]) {
      const at = await cloud(`http://127.0.0.1:${port}`);
      const { json: site } = await add({ name: `At ${port}`, authUrl: at.url });
      const { text } = await api.call('POST', '/credentials', api.as.owner, { ...password, site: site.id });
      expect(text).toContain(`127.0.0.1:${port}`);
      seen.push(JSON.stringify(JSON.parse(text).checks).replaceAll(port, 'PORT').replaceAll(`At ${port}`, ''));
    }
    expect(seen[1]).toBe(seen[0]);
  }, 30_000);
});

test('what reaches out to an address is limited for one person, and goes on after a while', async () => {
  const at = await cloud();
  await open();
  const tryOne = (as = api.as.owner) => add({ name: 'Mine', authUrl: `${at.url}/nothing` }, as);
  for (let count = 0; count < 30; count++) expect((await tryOne()).status).toBe(422);
  const refused = await tryOne();
  expect(refused).toMatchObject({ status: 429, json: { code: 'rate-limited', remedy: expect.stringContaining('10 minutes') } });
  expect(refused.headers.get('retry-after')).toBe('600');
  expect((await tryOne(api.as.stranger)).status).toBe(422);
  expect((await add({ name: '' })).status).toBe(422);
  api.clock.advance(601_000);
  expect((await tryOne()).status).toBe(422);
});
