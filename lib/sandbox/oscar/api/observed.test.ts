import { afterEach, describe, expect, test } from 'vitest';
import type { OscarDialect } from '../definition';
import { startTestOscar, type TestOscar } from '../testing/start';

// Facts observed of OSCAR's own program (docs/testing.md says how), in the form of the sandbox's tests.
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
const path = (text: string) => ({ storage_provider: 'minio.default', path: text });

describe('as OSCAR 4.1.2 itself was seen to answer', () => {
  const people = { ada: { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member'] } };
  const ada = { authorization: 'Bearer ada' };
  const notYours = 'You do not have permission to access this service';

  test.each([
    ['GET', '/system/services/none', 404, ''],
    ['GET', '/system/services/none/deployment', 403, notYours],
    ['GET', '/system/services/none/deployment/logs', 403, notYours],
    ['GET', '/system/logs/none', 404, ''],
    ['DELETE', '/system/logs/none/none', 403, notYours],
    ['GET', '/system/logs/count/none', 500, ''],
    ['DELETE', '/system/logs/count/none', 404, ''],
    ['POST', '/system/services/count/stop', 400, 'service "count" is not exposed'],
  ])('%s %s is %i %j', async (method, path, status, text) => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    expect(await oscar.ask(method, path)).toMatchObject({ status, text });
  });

  test('a service that is changed with the password belongs to whom the definition says, which may be nobody', async () => {
    const oscar = await start('4.1', { people });
    await oscar.ask('POST', '/system/services', service(), ada);
    await oscar.ask('PUT', '/system/services', service({ owner: 'ada@egi.eu' }));
    expect((await oscar.ask('PUT', '/system/services', service(), ada)).status).toBe(204);
    await oscar.ask('PUT', '/system/services', service());
    expect((await oscar.ask('GET', '/system/services/count')).json).toMatchObject({ owner: '' });
    expect(await oscar.ask('PUT', '/system/services', service(), ada)).toMatchObject({ status: 403 });
  });

  test.each<[OscarDialect, string, Record<string, unknown>, boolean]>([
    ['3.5', 'as it was', {}, true],
    ['3.6', 'as it was', {}, false],
    ['3.6', 'with an input twice', { input: [path('count/in'), path('count/in')] }, true],
    ['3.6', 'with another folder of its bucket', { input: [path('count/in'), path('count/more')] }, true],
    ['3.6', 'with an output in a new bucket', { output: [path('results/out')] }, true],
    ['3.6', 'without its output', { output: [] }, false],
    ['4.0', 'as it was', {}, true],
    ['4.1', 'as it was', {}, true],
  ])('in %s, a change of a service to one that is %s has MinIO know its token: see the source', async (dialect, _, more, hears) => {
    const oscar = await start(dialect);
    await oscar.ask('POST', '/system/services', service());
    const before = oscar.cluster.world.service('count')?.token;
    await oscar.ask('PUT', '/system/services', service(more));
    const { token, webhookToken } = oscar.cluster.world.service('count') ?? {};
    expect([token === before, webhookToken === token]).toEqual([dialect.startsWith('4'), hears]);
  });

  test('a bucket is watched by one input of a new service, and by no other folder after a change', async () => {
    const oscar = await start('4.1');
    oscar.cluster.world.state.settings.upstreamBugs = true;
    const two = service({ input: [path('count/in'), path('count/more')] });
    expect(await oscar.ask('POST', '/system/services', two)).toMatchObject({
      status: 500,
      text: expect.stringContaining('already exists'),
    });
    oscar.cluster.world.state.buckets = [];
    await oscar.ask('POST', '/system/services', service());
    await oscar.ask('PUT', '/system/services', service({ input: [path('count/more')] }));
    expect(oscar.cluster.world.bucket('count')?.rules.map(({ prefix }) => prefix)).toEqual(['in/']);
  });

  test('an exposed service that is changed has an empty program', async () => {
    const oscar = await start('4.1');
    oscar.cluster.world.state.settings.upstreamBugs = true;
    const exposed = service({ expose: { api_port: [80] } });
    await oscar.ask('POST', '/system/services', exposed);
    await oscar.ask('PUT', '/system/services', exposed);
    expect((await oscar.ask('GET', '/system/services/count')).json).toMatchObject({ script: '' });
  });

  test('of rights that MinIO does not set, OSCAR complains though it did what was asked; an owner who is MinIO’s user gets them', async () => {
    for (const dialect of ['3.6', '4.1'] as const) {
      const oscar = await start(dialect, { people });
      const owned = service({ owner: 'cluster_admin' });
      await oscar.ask('POST', '/system/services', owned);
      const moved = { ...owned, input: [path('other/in')], output: [path('count/out')] };
      expect(await oscar.ask('PUT', '/system/services', moved)).toMatchObject({
        status: 500,
        text: 'Error creating the service: error setting MinIO policy for user/group cluster_admin: The specified user does not exist. (Specified user does not exist)',
      });
      expect(oscar.cluster.world.service('count')?.input).toMatchObject([{ path: 'other/in' }]);
      await oscar.ask('POST', '/system/services', service({ name: 'hers', input: [], output: [] }), ada);
      const wider = service({ name: 'hers', input: [path('hers/in')], output: [] });
      expect(await oscar.ask('PUT', '/system/services', wider, ada)).toMatchObject({ status: 204 });
    }
  });

  test('of what is made with the password, OSCAR tells no visibility, whatever was asked for', async () => {
    const oscar = await start('4.1', { people });
    await oscar.ask('POST', '/system/buckets', { bucket_name: 'pictures', visibility: 'public' });
    expect((await oscar.ask('PUT', '/system/buckets', { bucket_name: 'pictures', visibility: 'restricted' })).status).toBe(204);
    expect((await oscar.ask('GET', '/system/buckets')).json).toMatchObject([{ visibility: '', owner: 'oscar', allowed_users: null }]);
    expect((await oscar.ask('PUT', '/system/buckets', { bucket_name: 'pictures', visibility: 'public' }, ada)).status).toBe(204);
    expect((await oscar.ask('GET', '/system/buckets', undefined, ada)).json).toBeNull();
  });

  test('a member that is added twice is there twice; both are changed and taken out', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service({ environment: { secrets: { refresh_token: 'r' } } }));
    const member = { type: 'oscar', cluster_id: 'us', service_name: 'count', priority: 1 };
    const change = (method: string, more = {}) => oscar.ask(method, '/system/federation/count', { members: [member], ...more });
    await change('POST');
    await change('POST');
    await change('PUT', { update: [{ ...member, priority: 7 }] });
    const { members } = JSON.parse((await oscar.ask('GET', '/system/federation/count')).text);
    expect(members).toMatchObject([
      { priority: 7, ssl_verify: false },
      { priority: 7, ssl_verify: false },
    ]);
    await change('DELETE');
    expect((await oscar.ask('GET', '/system/federation/count')).json).toMatchObject({ members: null });
  });

  test('an address to fetch a file is given also where there is no file; what is asked is read with a tolerant eye', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    const presign = (body: unknown) => oscar.ask('POST', '/system/buckets/count/presign', body);
    expect((await presign({ object_key: '/none', operation: 'DOWNLOAD' })).json).toMatchObject({ object_key: 'none', method: 'GET' });
    expect(await presign({ object_key: 'x', operation: 'peek' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('Unsupported'),
    });
    expect(await presign('{')).toMatchObject({ status: 400, text: 'Invalid presign request: unexpected EOF' });
  });

  test('a service that is nobody’s goes, and its buckets stay; our client names its owner before', async () => {
    const oscar = await start('4.1');
    const remove = async () => await oscar.ask('DELETE', '/system/services/count');
    await oscar.ask('POST', '/system/services', service());
    await oscar.ask('PUT', '/system/services', service());
    expect(await remove()).toMatchObject({ status: 500, text: expect.stringContaining('error removing resource') });
    expect([(await oscar.ask('GET', '/system/services/count')).status, oscar.cluster.world.state.buckets.length]).toEqual([404, 1]);
  });

  test('of a service that runs in jobs, the log of its deployment is what those have printed', async () => {
    const oscar = await start('4.1');
    await oscar.ask('POST', '/system/services', service());
    const log = async () => (await oscar.ask('GET', '/system/services/count/deployment/logs')).json;
    expect(await log()).toMatchObject({ available: false, entries: [] });
    const { runs } = oscar.cluster.world.state;
    await oscar.ask('POST', '/job/count', '', { authorization: `Bearer ${oscar.cluster.world.service('count')?.token}` });
    if (runs[0]) runs[0].log = ['1 3 14 words.txt'];
    expect(await log()).toMatchObject({ available: true, entries: [{ message: '1 3 14 words.txt' }] });
  });
});
