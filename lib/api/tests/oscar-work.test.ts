import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { pass, startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { openTestApi, type TestApi } from '../fixtures';

const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ allowedRanges: ['127.0.0.0/8'] });
});
afterAll(async () => {
  await Promise.all([api.store.close(), closeDoors()]);
});

const service = {
  name: 'count',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  cpu: '1',
  memory: '256Mi',
  input: [{ path: 'count/in' }],
  output: [{ path: 'count/out' }],
  secrets: { KEY: 'canary-of-a-service' },
};

describe.each(['3.6', '4.1'] as const)('a cluster of %s', (dialect) => {
  let oscar: TestOscar;
  let path = '';
  const said: string[] = [];
  const call = async (method: string, part: string, body?: unknown, as = api.as.owner) => {
    const answer = await api.call(method, path + part, as, body);
    said.push(answer.text);
    return answer;
  };
  const put = (key: string, bytes: string, headers: Record<string, string> = {}) =>
    api.raw(
      new Request(`http://transat.test/api/v1${path}/buckets/count/objects?key=${encodeURIComponent(key)}`, {
        method: 'POST',
        body: bytes,
        headers: { ...api.as.owner, 'content-length': String(bytes.length), ...headers },
      }),
    );
  beforeAll(async () => {
    oscar = await startTestOscar(dialect, { clock });
    const auth = { kind: 'basic', user: oscar.user, password: oscar.password };
    const made = await api.call('POST', '/clusters', api.as.owner, { name: dialect, region: 'eu', endpoint: oscar.url, auth });
    path = `/clusters/${made.json.id}`;
  });
  afterAll(() => oscar.end());

  test('a service is judged, made, looked at, changed as was shown, and exported', async () => {
    const bad = await call('POST', '/services?dryRun=true', { ...service, cpu: '500m', input: [{ path: 'count' }], output: [] });
    expect(bad.json).toMatchObject({ change: 'create', faults: [{ path: 'cpu' }, { path: 'input.0' }] });
    expect(await call('POST', '/services', { ...service, cpu: '500m' })).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'cpu' }] },
    });
    expect(oscar.cluster.world.state.services).toEqual([]);

    expect((await call('POST', '/services', service)).status).toBe(201);
    expect((await call('GET', '/services')).json.items).toMatchObject([{ name: 'count', cpu: '1', secrets: ['KEY'] }]);
    expect(await call('POST', '/services', service)).toMatchObject({ status: 409, json: { fields: [{ path: 'name' }] } });
    const wanted = { ...service, memory: '512Mi' };
    expect((await call('POST', '/services?dryRun=true', wanted)).json).toEqual({
      change: 'update',
      owner: null,
      faults: [],
      changes: [{ field: 'memory', from: '256Mi', to: '512Mi' }],
    });
    expect((await call('POST', '/services?replace=true', wanted)).status).toBe(200);
    expect((await call('GET', '/services/count')).json.memory).toBe('512Mi');
    const fdl = await call('GET', '/services/count/export?as=fdl');
    const read = await call('POST', '/services/read', { fdl: fdl.text });
    expect(read.json.items).toMatchObject([{ name: 'count', memory: '512Mi', input: [{ path: 'count/in' }] }]);
    for (const as of ['oscar-cli', 'curl', 'oscar-python'])
      expect((await call('GET', `/services/count/export?as=${as}`)).text).toContain('count');
  });

  test('a file that is put into its bucket starts a job, whose log and result are there', async () => {
    expect((await put('in/a.txt', 'one two\n', { 'content-type': 'text/plain' })).status).toBe(201);
    const [waiting] = (await call('GET', '/services/count/jobs')).json.items;
    expect(waiting).toMatchObject({ state: 'Pending', waiting: { why: 'starting' } });
    await pass(clock, 6, oscar);
    const [job] = (await call('GET', '/services/count/jobs')).json.items;
    expect(job).toMatchObject({ state: 'Succeeded', waiting: null });
    expect((await call('GET', `/services/count/jobs/${job.name}/log`)).text).toContain('1 2 8 a.txt');
    // whoever looks on asks every moment: the audit has it once
    const used = await api.store.db
      .selectFrom('audit')
      .select('data')
      .where('subject', '=', path.split('/').at(-1) ?? '')
      .execute();
    expect(used.filter(({ data }) => JSON.stringify(data).includes('jobs'))).toHaveLength(1);
    expect((await call('GET', '/buckets')).json.items).toMatchObject([{ name: 'count', service: 'count' }]);
    expect((await call('GET', '/buckets/count/objects')).json).toMatchObject({ folders: ['in/', 'out/'], items: [] });
    expect((await call('GET', '/buckets/count/objects?folder=out/')).json.items).toMatchObject([{ key: 'out/a.txt.count.txt', bytes: 12 }]);
    const file = await call('GET', '/buckets/count/file?key=out/a.txt.count.txt&as=preview');
    expect([file.text, file.headers.get('content-type')]).toEqual(['1 2 8 a.txt\n', 'text/plain; charset=utf-8']);
    expect((await call('GET', '/buckets/count/file?key=none')).status).toBe(404);
  });

  test('a job that no machine has room for says so', async () => {
    const { runs } = oscar.cluster.world.state;
    for (const key of ['in/b.txt', 'in/c.txt', 'in/d.txt']) await put(key, 'x\n');
    const { items } = (await call('GET', '/services/count/jobs')).json;
    const last = items.find(({ name }: { name: string }) => name === runs.at(-1)?.name);
    expect(last.waiting).toEqual({
      why: 'no-room',
      needs: { milliCores: 1000, memoryBytes: 536_870_912 },
      free: { milliCores: 0, memoryBytes: expect.any(Number) },
    });
    await pass(clock, 30, oscar);
  });

  test('a page that somebody put into a bucket runs nothing here', async () => {
    await put('page.html', '<script>alert(1)</script>');
    for (const as of ['preview', 'download']) {
      const { headers } = await call('GET', `/buckets/count/file?key=page.html&as=${as}`);
      expect(headers.get('content-type')).not.toContain('html');
      expect([headers.get('content-security-policy'), headers.get('x-content-type-options')]).toEqual([
        "default-src 'none'; sandbox",
        'nosniff',
      ]);
    }
  });

  test('it is called, and answers while one waits', async () => {
    const ran = await call('POST', '/services/count/run', { input: Buffer.from('a b c\n').toString('base64') });
    expect(ran.json).toMatchObject({ text: '1 3 6 input\n' });
    expect(await call('POST', '/services/count/run', { input: 'not base64!' })).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'input' }] },
    });
    expect((await call('POST', '/services/count/jobs', { event: '{"hello": 1}' })).status).toBe(202);
  });

  test('a start whose answer was lost starts one job, and is asked for again only where that is sure', async () => {
    const { world } = oscar.cluster;
    const lost = async () => {
      const before = world.state.runs.length;
      world.faults.add({ match: { method: 'POST', path: '/job/' }, answer: { status: 502, afterCommit: true }, times: 1 });
      const { status } = await call('POST', '/services/count/jobs', { event: 'x' });
      return [status, world.state.runs.length - before];
    };
    expect(await lost()).toEqual([dialect === '4.1' ? 202 : 502, 1]);
    // what is handed on at once leaves no name here
    const member = { type: 'oscar', cluster_id: 'far', service_name: 'count', url: '', priority: 0, ssl_verify: true, headers: {} };
    const federation = { topology: 'star', delegation: 'static', rescheduler_threshold: 600, members: [member] };
    Object.assign(world.service('count') ?? {}, dialect === '4.1' ? { federation } : { replicas: [member] });
    expect(await lost()).toEqual([502, 1]);
    Object.assign(world.service('count') ?? {}, dialect === '4.1' ? { federation: null } : { replicas: [] });
  });

  test.runIf(dialect === '4.1')(
    'a change that a cluster it hands work to does not take is told, with what it says; here it is made',
    async () => {
      const { world } = oscar.cluster;
      const member = { type: 'oscar', cluster_id: 'far', service_name: 'count', url: '', priority: 0, ssl_verify: true, headers: {} };
      const federation = { topology: 'star', delegation: 'static', rescheduler_threshold: 600, members: [member] };
      Object.assign(world.service('count') ?? {}, { federation });
      const wanted = { ...service, memory: '512Mi', secrets: { ...service.secrets, refresh_token: 'canary-token' } };
      const { status, json } = await call('POST', '/services?replace=true', wanted);
      expect([status, json]).toMatchObject([
        502,
        { code: 'upstream-refused', upstream: { message: expect.stringContaining('far: unreachable') } },
      ]);
      expect((await call('GET', '/services/count')).json).toMatchObject({ memory: '512Mi', members: [{ cluster: 'far' }] });
      Object.assign(world.service('count') ?? {}, { federation: null });
    },
  );

  test('buckets of one’s own are made and removed; a service’s go with it', async () => {
    expect((await call('POST', '/buckets', { name: 'mine' })).status).toBe(201);
    expect(await call('POST', '/buckets', { name: 'mine' })).toMatchObject({ status: 409, json: { fields: [{ path: 'name' }] } });
    expect(await call('POST', '/buckets', { name: 'Mine!' })).toMatchObject({ status: 422, json: { fields: [{ path: 'name' }] } });
    expect((await call('DELETE', '/buckets/count')).status).toBe(409);
    expect((await call('DELETE', '/buckets/count/objects?key=page.html')).status).toBe(204);
    expect((await call('DELETE', '/buckets/mine')).status).toBe(204);
    expect((await call('DELETE', '/services/count')).status).toBe(204);
    expect((await call('DELETE', '/services/count')).status).toBe(404);
    expect((await call('GET', '/buckets')).json.items).toEqual([]);
  });

  test('changes on one cluster wait for each other', async () => {
    const names = ['one', 'two', 'three'];
    const made = await Promise.all(
      names.map((name) =>
        call('POST', '/services', { ...service, name, input: [{ path: `${name}/in` }], output: [{ path: `${name}/out` }] }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  test('a service that was made although its answer was lost counts as made', async () => {
    const { world } = oscar.cluster;
    world.faults.add({ match: { method: 'POST', path: '/system/services' }, answer: { status: 502, afterCommit: true }, times: 1 });
    const made = await call('POST', '/services', { ...service, name: 'lost', input: [{ path: 'lost/in' }], output: [] });
    expect([200, 201]).toContain(made.status);
  });

  test('a service that another program changed hears of files again once it was saved as it is', async () => {
    const again = { ...service, name: 'deaf', input: [{ path: 'deaf/in' }], output: [{ path: 'deaf/out' }] };
    expect((await call('POST', '/services', again)).status).toBe(201);
    const there = (await oscar.ask('GET', '/system/services/deaf')).json;
    await oscar.ask('PUT', '/system/services', there);
    const hears = () => {
      const { token, webhookToken } = oscar.cluster.world.service('deaf') ?? {};
      return token === webhookToken;
    };
    expect(hears()).toBe(oscar.cluster.world.definition.dialect !== '3.6');
    expect((await call('POST', '/services?dryRun=true', again)).json).toMatchObject({ change: 'none', faults: [] });
    expect((await call('POST', '/services?replace=true', again)).status).toBe(200);
    expect(hears()).toBe(true);
    expect((await call('DELETE', '/services/deaf')).status).toBe(204);
  });

  test('a bucket that others are to see is not promised where the cluster is signed in to by its password', async () => {
    expect(await call('POST', '/buckets', { name: 'for-all', visibility: 'public' })).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'visibility' }] },
    });
  });

  test('buckets that were made and removed although the answers were lost count as that', async () => {
    const { world } = oscar.cluster;
    const lost = (method: 'POST' | 'DELETE') =>
      world.faults.add({ match: { method, path: '/system/buckets' }, answer: { status: 502, afterCommit: true }, times: 1 });
    lost('POST');
    expect((await call('POST', '/buckets', { name: 'lost-bucket', visibility: 'private' })).status).toBe(201);
    lost('DELETE');
    expect((await call('DELETE', '/buckets/lost-bucket')).status).toBe(204);
    const { items } = (await call('GET', '/buckets')).json;
    expect(items.map(({ name }: { name: string }) => name)).not.toContain('lost-bucket');
  });

  test('nothing of it is somebody else’s, and no secret was in any answer', async () => {
    for (const part of ['/services', '/services/one', '/services/one/jobs', '/buckets', '/buckets/one/objects'])
      expect((await call('GET', part, undefined, api.as.stranger)).status).toBe(404);
    const { password, minio, cluster } = oscar;
    const secrets = [password, minio.secretKey, service.secrets.KEY, ...cluster.world.state.services.map(({ token }) => token)];
    for (const secret of secrets) expect(said.join('\n')).not.toContain(secret);
  });
});
