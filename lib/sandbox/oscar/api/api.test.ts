import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import type { OscarDialect } from '../definition';
import { pass, startTestOscar, type TestOscar } from '../testing/start';

const open: TestOscar[] = [];
async function start(dialect: OscarDialect, options: Parameters<typeof startTestOscar>[1] = {}): Promise<TestOscar> {
  const oscar = await startTestOscar(dialect, options);
  open.push(oscar);
  return oscar;
}
afterEach(async () => {
  for (const oscar of open.splice(0)) await oscar.end();
});

const service = (more: Record<string, unknown> = {}) => ({
  name: 'count',
  image: 'transat/word-count:1',
  script: '#!/bin/sh\nwc',
  input: [{ storage_provider: 'minio.default', path: 'count/in' }],
  output: [{ storage_provider: 'minio.default', path: 'count/out' }],
  ...more,
});
const dialects: OscarDialect[] = ['3.5', '3.6', '4.0', '4.1'];

describe('golden answers by release', () => {
  test.each([
    ['3.5', 'v3.5.3'],
    ['3.6', 'v3.6.5'],
    ['4.0', 'v4.0.2'],
    ['4.1', 'v4.1.2'],
  ] as const)('%s says that it is %s', async (dialect, version) => {
    const { json } = await (await start(dialect)).ask('GET', '/system/info');
    expect(json).toMatchObject({ version, architecture: 'amd64', serverless_backend: { name: 'Knative' } });
  });

  // which routes there are: gin's own 404 has a text, a thing that is missing an empty body
  test.each([
    ['3.5', [404, 404, 404, 404]],
    ['3.6', [200, 200, 404, 404]],
    ['4.0', [200, 200, 200, 404]],
    ['4.1', [200, 200, 200, 200]],
  ] as const)('%s has the routes of its time', async (dialect, expected) => {
    const oscar = await start(dialect);
    await oscar.ask('POST', '/system/services', service());
    const paths = ['/system/buckets', '/system/logs', '/system/services/count/deployment', '/system/federation/count'];
    const answers = await Promise.all(paths.map((path) => oscar.ask('GET', path)));
    expect(answers.map(({ status }) => status)).toEqual(expected);
    expect(answers.filter(({ status }) => status === 404).every(({ text }) => text === '404 page not found')).toBe(true);
    expect(await oscar.ask('GET', '/system/services/none')).toMatchObject({ status: 404, text: '' });
  });

  test('job lists are flat in 3.5 and wrapped later', async () => {
    for (const dialect of dialects) {
      const oscar = await start(dialect);
      await oscar.ask('POST', '/system/services', service());
      expect((await oscar.ask('GET', '/system/logs/count')).json).toEqual(dialect === '3.5' ? {} : { jobs: {} });
    }
  });

  test('how busy it is is told flat in 3.5, in parts later, and what can be scheduled from 4.0 on', async () => {
    const status = async (dialect: OscarDialect) => (await (await start(dialect)).ask('GET', '/system/status')).json;
    expect(await status('3.5')).toMatchObject({
      numberNodes: 1,
      cpuFreeTotal: 2000,
      cpuMaxFree: 2000,
      detail: [{ nodeName: 'oscar-35-worker-1' }],
    });
    const cpu = { total_free_cores: 2000, max_free_on_node_cores: 2000 };
    expect(await status('3.6')).toMatchObject({ cluster: { nodes_count: 1, metrics: { cpu } }, minio: { buckets_count: 0 } });
    expect(await status('4.1')).toMatchObject({ cluster: { metrics: { cpu: { ...cpu, total_schedulable_cores: 2000 } } } });
  });

  test('a service shows passwords of other clusters to whoever may see it, and hides the keys of the cluster’s own MinIO', async () => {
    const body = service({ clusters: { us: { endpoint: 'http://127.0.0.1:1', auth_user: 'oscar', auth_password: 'leaks' } } });
    const shown = async (dialect: OscarDialect) => {
      const oscar = await start(dialect);
      await oscar.ask('POST', '/system/services', body);
      return (await oscar.ask('GET', '/system/services/count')).json;
    };
    const common = { token: expect.stringMatching(/^[0-9a-f]{64}$/), owner: 'cluster_admin', clusters: { us: { auth_password: 'leaks' } } };
    const hidden = { storage_providers: { minio: { default: { access_key: 'hidden', secret_key: 'hidden' } } } };
    expect(await shown('3.6')).toMatchObject({ ...common, ...hidden, delegation: '' });
    expect(await shown('4.1')).toMatchObject({ ...common, ...hidden, namespace: 'oscar-svc' });
  });

  test('a service that was never federated has no members, as null', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    expect((await oscar.ask('GET', '/system/federation/count')).json).toEqual({ topology: 'none', members: null });
    await oscar.ask(
      'PUT',
      '/system/services',
      service({ federation: { topology: 'star', members: [] }, environment: { secrets: { refresh_token: 'r' } } }),
    );
    expect((await oscar.ask('GET', '/system/federation/count')).json).toEqual({ topology: 'star', members: null });
  });
});

describe('services', () => {
  test('are made (201), changed (204) and removed (204), with their buckets', async () => {
    const oscar = await start('4.1');
    expect(await oscar.ask('POST', '/system/services', service())).toMatchObject({ status: 201, text: '' });
    const { text } = await oscar.ask('GET', '/system/buckets/count');
    expect(JSON.parse(text)).toMatchObject({
      metadata: { from_service: 'count' },
      objects: [{ object_name: 'in/' }, { object_name: 'out/' }],
    });
    const before = (await oscar.ask('GET', '/system/services/count')).json;
    expect(await oscar.ask('PUT', '/system/services', service({ cpu: '1.5', owner: 'cluster_admin' }))).toMatchObject({ status: 204 });
    const after = (await oscar.ask('GET', '/system/services/count')).json;
    expect(after).toEqual({ ...(before as object), cpu: '1.5' });
    expect((await oscar.ask('DELETE', '/system/services/count')).status).toBe(204);
    expect((await oscar.ask('GET', '/system/buckets')).json).toBeNull();
  });

  test.each([
    ['no name', service({ name: '' }), 400, /required/],
    ['a name of 40 letters', service({ name: 'a'.repeat(40) }), 400, /max/],
    ['a name with capitals', service({ name: 'Fish' }), 500, /RFC 1123/],
    ['no image', service({ image: '' }), 400, /'Image'/],
    ['no script', service({ script: '' }), 400, /'Script'/],
    ['a number for CPU', service({ cpu: 1 }), 400, /cannot unmarshal number into Go struct field Service.cpu of type string/],
    ['a text for a switch', service({ enable_gpu: 'yes' }), 400, /Service.enable_gpu of type bool/],
    ['CPU that is no number', service({ cpu: 'many' }), 500, /quantities/],
    ['an input of another provider', service({ input: [{ storage_provider: 's3.mine', path: 'a/b' }] }), 400, /unrecognized input/],
    ['an output that is not described', service({ output: [{ storage_provider: 'minio.far', path: 'a/b' }] }), 500, /is not defined/],
    ['ports as one number', service({ expose: { api_port: 80 } }), 400, /api_port of type \[\]string/],
    ['an input without a path', service({ input: [{ storage_provider: 'minio.default', path: '/' }] }), 400, /path cannot be empty/],
    ['what is no JSON', '{', 400, /not valid/],
  ])('%s is refused', async (_what, body, status, text) => {
    const oscar = await start('4.1');
    expect(await oscar.ask('POST', '/system/services', body)).toMatchObject({ status, text: expect.stringMatching(text) });
    expect((await oscar.ask('GET', '/system/services')).json).toEqual([]);
    expect(oscar.cluster.world.state.buckets).toEqual([]);
  });

  test('a name that is there is 409 before 4.1 and 400 since; a bucket that is there is 500 and undone', async () => {
    for (const [dialect, status] of [
      ['3.6', 409],
      ['4.1', 400],
    ] as const) {
      const oscar = await start(dialect);
      await oscar.ask('POST', '/system/services', service());
      expect((await oscar.ask('POST', '/system/services', service())).status).toBe(status);
      const taken = service({ name: 'other' });
      expect(await oscar.ask('POST', '/system/services', taken)).toMatchObject({
        status: 500,
        text: expect.stringContaining('already exists'),
      });
      expect((await oscar.ask('GET', '/system/services/other')).status).toBe(404);
    }
  });

  test('keys are read whatever their case, as Go does, and a path without a folder gets the service’s bucket from 4.1 on', async () => {
    const oscar = await start('4.1');
    const { input: _input, ...rest } = service();
    await oscar.ask('POST', '/system/services', {
      ...rest,
      Input: [{ Storage_Provider: 'minio.default', PATH: 'in' }],
      environment: { Variables: { aB: 'c' } },
    });
    expect((await oscar.ask('GET', '/system/services/count')).json).toMatchObject({
      input: [{ path: 'count/in' }],
      environment: { variables: { aB: 'c' } },
    });
  });

  test('overlapping prefixes leave the second service deaf, without a word', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    const second = service({ name: 'second', input: [{ storage_provider: 'minio.default', path: 'count/in/deep' }], output: [] });
    await oscar.ask('PUT', '/system/services', second);
    expect(oscar.cluster.world.bucket('count')?.rules.map(({ arn }) => arn)).toEqual(['arn:minio:sqs:us-east-1:count:webhook']);
  });

  test('only images of the allowed places are taken', async () => {
    const oscar = await start('4.1');
    expect((await oscar.ask('PUT', '/system/config', { allowed_image_repositories: ['ghcr.io/grycap'] })).json).toEqual(['ghcr.io/grycap']);
    expect(await oscar.ask('POST', '/system/services', service())).toMatchObject({
      status: 500,
      text: expect.stringContaining('is not allowed'),
    });
  });
});

describe('who may', () => {
  const entitlement = (vo: string) => ({ eduperson_entitlement: [`urn:mace:egi.eu:group:${vo}:role=member#aai.egi.eu`] });
  const people = {
    ada: { sub: 'ada@egi.eu', ...entitlement('vo.sandbox.eu') },
    max: { sub: 'max@egi.eu', ...entitlement('vo.sandbox.eu') },
    noah: { sub: 'noah@egi.eu', ...entitlement('vo.other.eu') },
  };
  const as = (name: string) => ({ authorization: `Bearer ${name}` });

  test('a wrong password, an unknown token and a member of no VO get nothing', async () => {
    const oscar = await start('4.1', { people });
    for (const authorization of ['', 'Basic b3NjYXI6d3Jvbmc=', 'Bearer unknown', 'Bearer noah']) {
      expect((await oscar.ask('GET', '/system/info', undefined, { authorization })).status).toBe(401);
    }
    expect((await oscar.ask('GET', '/health', undefined, { authorization: '' })).text).toBe('Ok');
  });

  test('one’s private service is nobody else’s; a restricted one is for those who are named', async () => {
    const oscar = await start('4.1', { people });
    await oscar.ask('POST', '/system/services', service(), as('ada'));
    expect((await oscar.ask('GET', '/system/services/count', undefined, as('max'))).status).toBe(403);
    expect((await oscar.ask('GET', '/system/services', undefined, as('max'))).json).toEqual([]);
    expect((await oscar.ask('DELETE', '/system/services/count', undefined, as('max'))).status).toBe(403);
    await oscar.ask('PUT', '/system/services', service({ visibility: 'restricted', allowed_users: ['max@egi.eu'] }), as('ada'));
    expect((await oscar.ask('GET', '/system/services/count', undefined, as('max'))).status).toBe(200);
    expect((await oscar.ask('PUT', '/system/services', service(), as('max'))).status).toBe(403);
  });

  test('a job takes the service’s token, or that of somebody who has called the system before; never the password', async () => {
    const oscar = await start('4.1', { people });
    await oscar.ask('POST', '/system/services', service({ visibility: 'public' }));
    expect((await oscar.ask('POST', '/job/count', 'x')).status).toBe(401);
    expect(await oscar.ask('POST', '/job/count', 'x', as('ada'))).toMatchObject({
      status: 403,
      text: expect.stringContaining('not provisioned'),
    });
    await oscar.ask('GET', '/system/config', undefined, as('ada'));
    expect(await oscar.ask('POST', '/job/count', 'x', as('ada'))).toMatchObject({ status: 201, text: '' });
    const { token } = oscar.cluster.world.service('count') ?? { token: '' };
    expect((await oscar.ask('POST', '/job/count', 'x', as(token))).status).toBe(201);
    expect((await oscar.ask('POST', '/job/count', 'x', as('0'.repeat(64)))).status).toBe(401);
    expect(Object.keys(JSON.parse((await oscar.ask('GET', '/system/logs/count', undefined, as('ada'))).text).jobs)).toHaveLength(1);
  });

  test('of MinIO, a person gets keys of their own, which open their buckets only', async () => {
    const oscar = await start('4.1', { people });
    const root = JSON.parse((await oscar.ask('GET', '/system/config')).text).minio_provider;
    const own = JSON.parse((await oscar.ask('GET', '/system/config', undefined, as('ada'))).text).minio_provider;
    expect([root.access_key, own.access_key]).toEqual(['minio', 'ada@egi.eu']);
    expect(own.secret_key).not.toBe(root.secret_key);
    expect(own.endpoint).toBe(oscar.minioUrl);
  });
});

describe('jobs', () => {
  test('70 are a page, and `next_page` leads on', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    const token = { authorization: `Bearer ${oscar.cluster.world.service('count')?.token}` };
    for (let index = 0; index < 75; index++) await oscar.ask('POST', '/job/count', 'x', { ...token, 'x-delegated-job-id': `job-${index}` });
    const first = JSON.parse((await oscar.ask('GET', '/system/logs/count?page=')).text);
    expect([Object.keys(first.jobs).length, first.remaining_jobs]).toEqual([70, 5]);
    const second = JSON.parse((await oscar.ask('GET', `/system/logs/count?page=${first.next_page}`)).text);
    expect(Object.keys(second.jobs)).toEqual(['job-70', 'job-71', 'job-72', 'job-73', 'job-74']);
    expect(await oscar.ask('POST', '/job/count', 'x', { ...token, 'x-delegated-job-id': 'job-1' })).toMatchObject({ status: 500 });
  });

  test('a file that arrives is a job, which waits while there is no room, runs, and writes its results', async () => {
    const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
    const oscar = await start('4.1', { clock });
    await oscar.ask('POST', '/system/services', service({ cpu: '2' }));
    const { world } = oscar.cluster;
    const put = async (key: string) => {
      const answer = JSON.parse((await oscar.ask('POST', '/system/buckets/count/presign', { object_key: key, operation: 'upload' })).text);
      await fetch(answer.url, { method: answer.method, body: 'one two\n' });
    };
    await put('in/a.txt');
    await put('in/b.txt');
    await put('other/c.txt');
    await pass(clock, 1, oscar);
    expect(world.state.runs.map(({ status, node }) => [status, node !== null])).toEqual([
      ['Pending', true],
      ['Pending', false],
    ]);
    await pass(clock, 30, oscar);
    expect(world.state.runs.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded']);
    const name = world.state.runs[0]?.name ?? '';
    expect((await oscar.ask('GET', `/system/logs/count/${name}`)).text).toContain("Found 'MINIO' input provider");
    expect(Object.keys(world.bucket('count')?.objects ?? {})).toContain('out/a.txt.count.txt');
  });

  test('what people write is not run, and that is said', async () => {
    const clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
    const oscar = await start('4.1', { clock });
    await oscar.ask('POST', '/system/services', service({ image: 'ghcr.io/somebody/else:1', script: 'rm -rf /' }));
    const token = { authorization: `Bearer ${oscar.cluster.world.service('count')?.token}` };
    await oscar.ask('POST', '/job/count', 'x', token);
    await pass(clock, 10, oscar);
    const [run] = oscar.cluster.world.state.runs;
    expect(run).toMatchObject({ status: 'Failed', log: expect.arrayContaining([expect.stringContaining('nothing was run here')]) });
    expect((await oscar.ask('POST', '/run/count', '', token)).text).toContain('not one of them');
  });

  test('of a slash too many, one is sent to the right place', async () => {
    const oscar = await start('4.1');
    expect((await oscar.ask('GET', '/system/config/')).status).toBe(301);
    expect((await oscar.ask('POST', '/system/services/', {})).status).toBe(307);
  });
});
