import { afterEach, describe, expect, test } from 'vitest';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { isUnclear } from '@/lib/web/unclear';
import { CloudSession } from '../keystone/session';
import { Service } from '../service';
import { type SmallCloud, smallCloud } from '../testing/small-cloud';
import { pkgcloudBlockStorage } from './block-storage';
import { pkgcloudCompute } from './compute';
import { pkgcloudNetwork } from './network';

const clouds: SmallCloud[] = [];
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
});

async function verbs(routes: Record<string, Reply | ((request: Seen) => Reply)>) {
  const cloud = await smallCloud(routes);
  clouds.push(cloud);
  const service = (type: string) => new Service(new CloudSession(cloud.endpoint, cloud.auth, 'p1'), type);
  return {
    cloud,
    compute: pkgcloudCompute(service('compute')),
    network: pkgcloudNetwork(service('network')),
    blockStorage: pkgcloudBlockStorage(service('block-storage')),
    calls: () =>
      cloud.seen
        .filter(({ url }) => !url.startsWith('/v3/') && !url.endsWith('/v2.1/') && !url.endsWith('/v3/'))
        .map(({ method, url, body }) => `${method} ${url} ${body}`.trim()),
  };
}
type Verbs = Awaited<ReturnType<typeof verbs>>;

const SERVER = '/compute/v2.1/servers/s1';
const all: [verb: string, route: string, call: (it: Verbs) => Promise<unknown>, sent: string][] = [
  ['getServer', `GET ${SERVER}`, (it) => it.compute.getServer('s1'), `GET ${SERVER}`],
  ['destroyServer', `DELETE ${SERVER}`, (it) => it.compute.destroyServer('s1'), `DELETE ${SERVER}`],
  ['startServer', `POST ${SERVER}/action`, (it) => it.compute.startServer('s1'), `POST ${SERVER}/action {"os-start":null}`],
  ['stopServer', `POST ${SERVER}/action`, (it) => it.compute.stopServer('s1'), `POST ${SERVER}/action {"os-stop":null}`],
  [
    'rebootServer',
    `POST ${SERVER}/action`,
    (it) => it.compute.rebootServer('s1', 'HARD'),
    `POST ${SERVER}/action {"reboot":{"type":"HARD"}}`,
  ],
  ['getLimits', 'GET /compute/v2.1/limits', (it) => it.compute.getLimits(), 'GET /compute/v2.1/limits'],
  ['destroyNetwork', 'DELETE /network/v2.0/networks/n', (it) => it.network.deleteNetwork('n'), 'DELETE /network/v2.0/networks/n'],
  ['destroySubnet', 'DELETE /network/v2.0/subnets/n', (it) => it.network.deleteSubnet('n'), 'DELETE /network/v2.0/subnets/n'],
  ['destroyPort', 'DELETE /network/v2.0/ports/n', (it) => it.network.deletePort('n'), 'DELETE /network/v2.0/ports/n'],
  [
    'destroySecurityGroup',
    'DELETE /network/v2.0/security-groups/n',
    (it) => it.network.deleteSecurityGroup('n'),
    'DELETE /network/v2.0/security-groups/n',
  ],
  ['deleteVolume', 'DELETE /volume/v3/p1/volumes/v', (it) => it.blockStorage.deleteVolume('v'), 'DELETE /volume/v3/p1/volumes/v'],
  ['getVolumeTypes', 'GET /volume/v3/p1/types', (it) => it.blockStorage.getVolumeTypes(), 'GET /volume/v3/p1/types'],
];

describe.each(all)('%s', (_verb, route, call, sent) => {
  test('sends what OpenStack expects, with the token and the id of our session', async () => {
    const it = await verbs({ [route]: { status: 200, json: { server: { id: 's1' }, limits: {}, volume_types: [] } } });
    await call(it);
    expect(it.calls()).toEqual([sent]);
    expect(it.cloud.seen.at(-1)?.headers).toMatchObject({
      'x-auth-token': 'token-2',
      'x-openstack-request-id': expect.stringMatching(/^req-/),
    });
  });

  test.each([
    [429, 'site-rate-limited'],
    [502, 'upstream-failed'],
    [504, 'upstream-failed'],
    [403, 'upstream-refused'],
    [409, 'conflict'],
  ])('takes %s for an error', async (status, code) => {
    const reply: Reply = { status, headers: { 'retry-after': '99' }, json: { fault: { message: 'no' } } };
    const it = await verbs({ [route]: reply });
    const error = await call(it).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, upstream: { status, message: 'no' } });
    expect(isUnclear(error)).toBe(status > 500 && !route.startsWith('GET'));
  });
});

test('a server comes whole, with what pkgcloud’s own model of it leaves out', async () => {
  const server = {
    id: 's1',
    status: 'ACTIVE',
    'OS-EXT-STS:task_state': null,
    fault: { code: 500, message: 'x' },
    addresses: { net: [{ addr: 'fd00::5' }, { addr: '10.0.0.5' }] },
  };
  const it = await verbs({ [`GET ${SERVER}`]: { json: { server } } });
  expect((await it.compute.getServer('s1'))?.body).toEqual(server);
});

test('a server that is gone is null; one that is deleted twice is an error that says gone', async () => {
  const it = await verbs({});
  expect(await it.compute.getServer('s1')).toBeNull();
  await expect(it.compute.destroyServer('s1')).rejects.toMatchObject({ code: 'not-found' });
  await it.network.deletePort('gone');
  await it.blockStorage.deleteVolume('gone');
});

test.each([
  ['nothing', { status: 200, text: '' }],
  ['a page', { status: 200, text: '<html>hello</html>' }],
  ['something else', { status: 200, json: { other: 1 } }],
  ['nothing named', { status: 200, json: null }],
])('getServer does not wait for ever when the answer holds %s', async (_name, reply: Reply) => {
  const it = await verbs({ [`GET ${SERVER}`]: reply });
  const error = await it.compute.getServer('s1').catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: expect.stringMatching(/^(upstream-failed|site-catalog-incomplete)$/) });
});

test('a verb ends when its caller gives up', async () => {
  const it = await verbs({ [`GET ${SERVER}`]: 'hang' });
  await expect(it.compute.getServer('s1', { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ code: 'deadline-passed' });
});

test('parallel calls of one verb do not mix', async () => {
  const it = await verbs(
    Object.fromEntries(['a', 'b', 'c'].map((id) => [`GET /compute/v2.1/servers/${id}`, { json: { server: { id } } }])),
  );
  const found = await Promise.all(['a', 'b', 'c'].map((id) => it.compute.getServer(id)));
  expect(found.map((one) => one?.body)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
});

test('an id is a part of a path, whatever is in it', async () => {
  const it = await verbs({});
  await it.network.deletePort('../networks/n?x#');
  expect(it.calls()).toEqual(['DELETE /network/v2.0/ports/..%2Fnetworks%2Fn%3Fx%23']);
});
