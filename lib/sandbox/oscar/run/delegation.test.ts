import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { machines, type OscarDefinition, type OscarDialect } from '../definition';
import { writePng } from '../programs/png';
import { pass, startTestOscar, type TestOscar } from '../testing/start';

// Two clusters that know of each other, as two people on both sides of the ocean set them up by hand.
let clock: ManualClock;
const open: TestOscar[] = [];
beforeEach(() => {
  clock = new ManualClock(new Date('2026-11-21T12:00:00Z'));
});
afterEach(async () => {
  for (const oscar of open.splice(0)) await oscar.end();
});

const ada = { sub: 'ada@egi.eu', eduperson_entitlement: ['urn:mace:egi.eu:group:vo.sandbox.eu:role=member#aai.egi.eu'] };
async function cluster(id: string, dialect: OscarDialect, more: Partial<OscarDefinition> = {}): Promise<TestOscar> {
  const oscar = await startTestOscar(dialect, { clock, definition: { id, ...more }, people: { ada } });
  open.push(oscar);
  return oscar;
}

const picture = writePng({ width: 4, height: 4, pixels: new Uint8Array(64) });
const fish = {
  name: 'fish',
  image: 'transat/fish-detection:1',
  script: '#!/bin/sh\ndetect',
  cpu: '1.0',
  memory: '1Gi',
  input: [{ storage_provider: 'minio.default', path: 'fish/input' }],
  output: [{ storage_provider: 'minio.default', path: 'fish/output' }],
};
const member = { type: 'oscar', cluster_id: 'oscar-us', service_name: 'fish', priority: 0 };

async function put(oscar: TestOscar, key: string, headers: Record<string, string> = {}) {
  const wish = { object_key: key, operation: 'upload' };
  const signed = JSON.parse((await oscar.ask('POST', '/system/buckets/fish/presign', wish, headers)).text);
  await fetch(signed.url, { method: 'PUT', body: new Uint8Array(picture) });
}
const keysOf = (oscar: TestOscar) => Object.keys(oscar.cluster.world.bucket('fish')?.objects ?? {}).filter((key) => !key.endsWith('/'));
const runsOf = (oscar: TestOscar) => oscar.cluster.world.state.runs.filter(({ service }) => service === 'fish');
const accepted = async (answer: Promise<{ status: number; text: string }>, ...statuses: number[]) => {
  const { status, text } = await answer;
  expect({ status, text: statuses.includes(status) ? '' : text }).toEqual({
    status: expect.toSatisfy((one) => statuses.includes(one)),
    text: '',
  });
};

/** A job that fills a cluster of two cores for as long. */
async function fill(oscar: TestOscar, seconds: number) {
  const filler = {
    name: 'filler',
    image: 'transat/wait:1',
    script: 'sleep',
    cpu: '1.5',
    environment: { variables: { SECONDS: String(seconds) } },
  };
  await accepted(oscar.ask('POST', '/system/services', filler), 201);
  const token = oscar.cluster.world.service('filler')?.token;
  await accepted(oscar.ask('POST', '/job/filler', 'x', { authorization: `Bearer ${token}` }), 201);
}

/** The files and passwords of 3.x, in the order that works: Europe first. */
async function pairOf3x(eu: TestOscar, us: TestOscar, more: Record<string, unknown> = {}) {
  const access = { endpoint: us.url, auth_user: us.user, auth_password: us.password };
  const European = {
    ...fish,
    cluster_id: 'oscar-eu',
    replicas: [member],
    delegation: 'static',
    rescheduler_threshold: 60,
    clusters: { 'oscar-us': access },
    ...more,
  };
  await accepted(eu.ask('POST', '/system/services', European), 201);
  const minio = { endpoint: eu.minioUrl, region: 'us-east-1', access_key: eu.minio.accessKey, secret_key: eu.minio.secretKey };
  const American = {
    ...fish,
    cluster_id: 'oscar-us',
    output: [...fish.output, { storage_provider: 'minio.oscar-eu', path: 'fish/output' }],
    storage_providers: { minio: { 'oscar-eu': minio } },
  };
  await accepted(us.ask('POST', '/system/services', American), 201);
}

describe('a pair of 3.x', () => {
  test.each(['3.6', '4.1'] as const)(
    'a job that waits too long in Europe runs in America (%s), and its results are in both buckets',
    async (american) => {
      const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', american)];
      await pairOf3x(eu, us);
      await put(eu, 'input/a.png');
      // there was room a moment ago, so that it is taken here, and then waits for it
      await fill(eu, 600);
      eu.cluster.world.state.snapshot = [];
      await pass(clock, 10, eu, us);
      expect([keysOf(eu), keysOf(us)]).toEqual([['input/a.png', 'output/a.png', 'output/a.json'], []]);
      eu.cluster.world.state.snapshot = machines('oscar-eu', 1, 9, 9);
      await put(eu, 'input/b.png');
      await pass(clock, 50, eu, us);
      expect([runsOf(eu).at(-1)?.status, runsOf(us)]).toEqual(['Pending', []]);
      await pass(clock, 60, eu, us);
      expect(runsOf(eu).map(({ status }) => status)).toEqual(['Succeeded']);
      expect(runsOf(us).map(({ status }) => status)).toEqual(['Succeeded']);
      expect(keysOf(us)).toEqual(['output/b.png', 'output/b.json']);
      expect(keysOf(eu)).toEqual(expect.arrayContaining(['output/b.png', 'output/b.json']));
    },
  );

  test('when Europe is seen to be full, a job leaves at once, and Europe has no record of it', async () => {
    const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', '3.6')];
    await pairOf3x(eu, us);
    await fill(eu, 600);
    await pass(clock, 20, eu, us);
    await put(eu, 'input/a.png');
    await pass(clock, 10, eu, us);
    expect([runsOf(eu), runsOf(us).length]).toEqual([[], 1]);
    expect(keysOf(eu)).toEqual(expect.arrayContaining(['output/a.png']));
  });

  test('a wrong password of the peer keeps a job where it is, until there is room', async () => {
    const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', '3.6')];
    await pairOf3x(eu, us, { clusters: { 'oscar-us': { endpoint: us.url, auth_user: 'oscar', auth_password: 'old' } } });
    await fill(eu, 100);
    await pass(clock, 20, eu, us);
    await put(eu, 'input/a.png');
    await pass(clock, 120, eu, us);
    expect([runsOf(eu).map(({ status }) => status), runsOf(us)]).toEqual([['Succeeded'], []]);
  });

  test('a peer whose MinIO says an address that only it can reach gets no result back', async () => {
    const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', '3.6')];
    await pairOf3x(eu, us);
    const foreign = us.cluster.world.service('fish')?.storage_providers?.minio?.['oscar-eu'];
    if (foreign) foreign.endpoint = 'http://minio.minio:9000';
    await fill(eu, 600);
    await pass(clock, 20, eu, us);
    await put(eu, 'input/a.png');
    await pass(clock, 10, eu, us);
    expect(runsOf(us).map(({ status }) => status)).toEqual(['Failed']);
    expect(keysOf(eu)).toEqual(['input/a.png']);
  });

  test('a supervisor before 1.6 does not know where `minio.default` of another cluster is, and has the program read the event in the place of the file', async () => {
    const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', '3.6', { supervisor: '1.5.8' })];
    await pairOf3x(eu, us);
    const token = us.cluster.world.service('fish')?.token;
    const event = JSON.stringify({ Records: [{ s3: { bucket: { name: 'fish' }, object: { key: 'input%2Fa.png' } } }] });
    const body = { storage_provider: 'minio.default', event };
    await accepted(us.ask('POST', '/job/fish', body, { authorization: `Bearer ${token}` }), 201);
    await pass(clock, 10, eu, us);
    expect(runsOf(us)[0]).toMatchObject({
      status: 'Succeeded',
      log: expect.arrayContaining([expect.stringContaining("Found 'LOCAL' input provider")]),
    });
  });
});

describe('upstream’s own bugs, where they are switched on', () => {
  async function full(more: Record<string, unknown>) {
    const [eu, us] = [await cluster('oscar-eu', '3.6'), await cluster('oscar-us', '3.6')];
    await pairOf3x(eu, us, more);
    eu.cluster.world.state.settings.upstreamBugs = true;
    await fill(eu, 600);
    await pass(clock, 20, eu, us);
    return [eu, us] as const;
  }

  test.each([
    ['nothing said', {}],
    ['random', { delegation: 'random' }],
    ['load-based', { delegation: 'load-based' }],
  ])('a service with %s for its delegation never delegates', async (_what, more) => {
    const [eu, us] = await full({ delegation: undefined, ...more });
    await put(eu, 'input/a.png');
    await pass(clock, 100, eu, us);
    expect([runsOf(eu).map(({ status }) => status), runsOf(us)]).toEqual([['Pending'], []]);
  });

  test('a peer that is gone makes the manager crash: in a webhook the event is lost, in the rescheduler again and again', async () => {
    const [eu, us] = await full({});
    us.cluster.world.state.settings.unreachable = true;
    await put(eu, 'input/a.png');
    await pass(clock, 1, eu);
    expect([runsOf(eu), eu.cluster.world.state.crashes]).toEqual([[], 0]);
    eu.cluster.world.state.snapshot = machines('oscar-eu', 1, 9, 9);
    await put(eu, 'input/b.png');
    await pass(clock, 100, eu);
    expect(eu.cluster.world.state.crashes).toBeGreaterThan(1);
    // without the member it goes on
    await pass(clock, 6, eu);
    await accepted(eu.ask('PUT', '/system/services', { ...fish, cluster_id: 'oscar-eu', replicas: [] }), 204);
    const { crashes } = eu.cluster.world.state;
    for (const run of runsOf(eu)) run.threshold = null;
    await pass(clock, 60, eu);
    expect(eu.cluster.world.state.crashes).toBe(crashes);
  });
});

describe('a pair of 4.1', () => {
  const bearer = { authorization: 'Bearer ada' };
  async function pair() {
    const [eu, us] = [await cluster('oscar-eu', '4.1'), await cluster('oscar-us', '4.1')];
    for (const one of [eu, us]) await one.ask('GET', '/system/config', undefined, bearer);
    await accepted(us.ask('POST', '/system/services', fish, bearer), 201);
    const clusters = { 'oscar-eu': { endpoint: eu.url }, 'oscar-us': { endpoint: us.url } };
    const federation = { topology: 'star', delegation: 'static', rescheduler_threshold: 30, members: [] };
    const European = { ...fish, cluster_id: 'oscar-eu', federation, clusters, environment: { secrets: { refresh_token: 'refresh-ada' } } };
    await accepted(eu.ask('POST', '/system/services', European, bearer), 201);
    await accepted(eu.ask('POST', '/system/federation/fish', { members: [member], clusters }, bearer), 200);
    return [eu, us] as const;
  }

  test('a worker is given the definition of its origin, and a job keeps its name on the other side; results go to the origin', async () => {
    const [eu, us] = await pair();
    expect(us.cluster.world.service('fish')?.annotations).toEqual({ 'oscar.grycap/origin-cluster': 'oscar-eu' });
    eu.cluster.world.state.snapshot = machines('oscar-eu', 1, 9, 9);
    await fill(eu, 600);
    await put(eu, 'input/a.png', bearer);
    const [waiting] = runsOf(eu);
    await pass(clock, 60, eu, us);
    expect([runsOf(eu), runsOf(us).map(({ name, status }) => ({ name, status }))]).toEqual([
      [],
      [{ name: waiting?.name, status: 'Succeeded' }],
    ]);
    expect([keysOf(eu), keysOf(us)]).toEqual([['input/a.png', 'output/a.png', 'output/a.json'], []]);
  });

  test('a file put straight into a worker’s bucket is lost: its token opens nothing at the origin', async () => {
    const [eu, us] = await pair();
    const token = us.cluster.world.service('fish')?.token;
    expect((await us.ask('POST', '/job/fish', 'x', { authorization: `Bearer ${token}` })).status).toBe(500);
    expect(runsOf(eu)).toEqual([]);
  });

  test('members are changed and taken out; a peer that does not answer is a warning, in words', async () => {
    const [eu, us] = await pair();
    const change = { members: [member], update: [{ ...member, priority: 10 }] };
    await accepted(eu.ask('PUT', '/system/federation/fish', change, bearer), 200);
    expect(JSON.parse((await eu.ask('GET', '/system/federation/fish')).text).members).toMatchObject([{ priority: 10 }]);
    us.cluster.world.state.settings.unreachable = true;
    const answer = await eu.ask('PUT', '/system/services', JSON.stringify({ ...shown(eu) }), bearer);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('federation warnings: [oscar-us: unreachable]') });
    await accepted(eu.ask('DELETE', '/system/federation/fish', { members: [member], delete: false }, bearer), 200);
    expect((await eu.ask('GET', '/system/federation/fish')).json).toEqual({ topology: 'star', members: null });
  });

  const shown = (oscar: TestOscar) => {
    const {
      token: _token,
      owner: _owner,
      createdAt: _made,
      ...rest
    } = oscar.cluster.world.service('fish') ?? { token: '', owner: '', createdAt: 0 };
    return rest;
  };

  test('without a refresh token there are no members', async () => {
    const eu = await cluster('oscar-eu', '4.1');
    await accepted(eu.ask('POST', '/system/services', fish), 201);
    expect(await eu.ask('POST', '/system/federation/fish', { members: [member] })).toMatchObject({
      status: 400,
      text: expect.stringContaining('refresh_token'),
    });
  });
});

test('a peer outside this machine is never asked', async () => {
  const eu = await cluster('oscar-eu', '3.6');
  const clusters = { 'oscar-us': { endpoint: 'http://10.0.0.1', auth_user: 'a', auth_password: 'b' } };
  await accepted(eu.ask('POST', '/system/services', { ...fish, replicas: [member], delegation: 'static', clusters }), 201);
  await fill(eu, 600);
  await pass(clock, 20, eu);
  await put(eu, 'input/a.png');
  await pass(clock, 5, eu);
  expect(runsOf(eu).map(({ status }) => status)).toEqual(['Pending']);
});
