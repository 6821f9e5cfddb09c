import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { isUnclear } from '@/lib/web/unclear';
import { CloudSession } from './keystone/session';
import { Service } from './service';
import { type SmallCloud, smallCloud } from './testing/small-cloud';

const clouds: SmallCloud[] = [];
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
});

async function service(type: string, routes: Record<string, Reply | ((request: Seen) => Reply)>) {
  const cloud = await smallCloud(routes);
  clouds.push(cloud);
  const session = new CloudSession(cloud.endpoint, cloud.auth, 'p1');
  const calls = () => cloud.seen.filter(({ url }) => !url.startsWith('/v3/')).map(({ method, url }) => `${method} ${url}`);
  return { cloud, service: new Service(session, type), calls };
}

const named = z.object({ id: z.string() });
const GET = (path: string) => ({ method: 'GET', path });

describe('lists', () => {
  /** Pages of two, with links to a host that is not reachable from outside, as sites behind proxies write them. */
  const paged = (request: Seen): Reply => {
    const marker = Number(new URL(request.url, 'http://x').searchParams.get('marker') ?? 0);
    const ports = [marker + 1, marker + 2].filter((n) => n <= 5).map((n) => ({ id: String(n) }));
    const next = marker + 2 < 5 ? [{ rel: 'next', href: `http://inside.invalid:9696/v2.0/ports?marker=${marker + 2}` }] : [];
    return { json: { ports, ports_links: next } };
  };

  test('are read to their end, from the same host and with the same filter', async () => {
    const it = await service('network', { 'GET /network/v2.0/ports': paged });
    const found = await it.service.list(named, '/ports', 'ports', { device_id: 'd' });
    expect(found.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(it.calls()).toEqual([
      'GET /network/v2.0/ports?device_id=d&limit=500',
      'GET /network/v2.0/ports?device_id=d&limit=500&marker=2',
      'GET /network/v2.0/ports?device_id=d&limit=500&marker=4',
    ]);
  });

  test('that point to themselves end', async () => {
    const it = await service('network', {
      'GET /network/v2.0/ports': { json: { ports: [{ id: '1' }], ports_links: [{ rel: 'next', href: '/v2.0/ports?marker=1' }] } },
    });
    expect(await it.service.list(named, '/ports', 'ports')).toEqual([{ id: '1' }]);
    expect(it.calls()).toHaveLength(2);
  });

  test('that go round in a circle end, with each thing once', async () => {
    const next: Record<string, string> = { '': 'a', a: 'b', b: 'a' };
    const it = await service('network', {
      'GET /network/v2.0/ports': ({ url }) => {
        const marker = new URL(url, 'http://x').searchParams.get('marker') ?? '';
        const link = { rel: 'next', href: `/ports?marker=${next[marker]}` };
        return { json: { ports: [{ id: `of ${marker}` }, { id: 'shared' }], ports_links: [link] } };
      },
    });
    const found = await it.service.list(named, '/ports', 'ports');
    expect(found.map(({ id }) => id)).toEqual(['of ', 'shared', 'of a', 'of b']);
  });

  test.each([
    ['ever new things', (page: number) => Array.from({ length: 500 }, (_, index) => ({ id: `${page}-${index}` }))],
    ['ever the same thing', () => [{ id: 'same' }]],
    ['things of megabytes', (page: number) => [{ id: String(page), name: 'x'.repeat(7_000_000) }]],
  ])('without an end (%s) are refused, for half a list is none', async (_name, things) => {
    let page = 0;
    const it = await service('network', {
      'GET /network/v2.0/ports': () => ({
        json: { ports: things(++page), ports_links: [{ rel: 'next', href: `/ports?marker=${page}` }] },
      }),
    });
    await expect(it.service.list(named, '/ports', 'ports')).rejects.toMatchObject({
      code: 'upstream-failed',
      detail: expect.stringContaining('far beyond'),
    });
    expect(page).toBeLessThan(1100);
  });

  test('a page that fails fails the list: half a list is none', async () => {
    let page = 0;
    const it = await service('network', {
      'GET /network/v2.0/ports': (request) => (page++ === 0 ? paged(request) : { status: 403, json: {} }),
    });
    await expect(it.service.list(named, '/ports', 'ports')).rejects.toMatchObject({ code: 'upstream-refused' });
  });
});

describe('a token that is refused', () => {
  test('is replaced once, and the request is made again', async () => {
    const it = await service('network', { 'GET /network/v2.0/ports': { json: { id: 'x' } } });
    await it.service.ask(named, GET('/ports'));
    it.cloud.revoked.add('token-2');
    await it.service.ask(named, GET('/ports'));
    expect(it.calls()).toHaveLength(3);
    expect(it.cloud.seen.at(-1)?.headers['x-auth-token']).toBe('token-3');
  });

  test('by twenty requests at once is replaced once', async () => {
    const it = await service('network', { 'GET /network/v2.0/ports': { json: { id: 'x' } } });
    await it.service.ask(named, GET('/ports'));
    it.cloud.revoked.add('token-2');
    await Promise.all(Array.from({ length: 20 }, () => it.service.ask(named, GET('/ports'))));
    expect(it.cloud.tokens).toBe(3);
  });

  test('again and again is an error, not a loop', async () => {
    const it = await service('network', { 'GET /network/v2.0/ports': { status: 401, json: {} } });
    await expect(it.service.ask(named, GET('/ports'))).rejects.toMatchObject({ code: 'credential-expired' });
    expect(it.calls()).toHaveLength(2);
  });
});

describe('microversions', () => {
  const servers = { 'GET /compute/v2.1/servers/a': { json: { id: 'a' } } };

  test('are found out once', async () => {
    const it = await service('compute', servers);
    await it.service.ask(named, GET('/servers/a'));
    await it.service.ask(named, GET('/servers/a'));
    expect(it.calls()).toEqual(['GET /compute/v2.1/', 'GET /compute/v2.1/servers/a', 'GET /compute/v2.1/servers/a']);
    expect(it.cloud.seen.at(-1)?.headers['openstack-api-version']).toBe('compute 2.79');
  });

  test('of an older site are its newest', async () => {
    const old = { json: { version: { id: 'v2.1', version: '2.53', min_version: '2.1' } } };
    const it = await service('compute', { ...servers, 'GET /compute/v2.1/': old });
    await it.service.ask(named, GET('/servers/a'));
    expect(it.cloud.seen.at(-1)?.headers['openstack-api-version']).toBe('compute 2.53');
  });

  test.each([['2.79\r\nx-evil: 1'], ['newest'], ['2'], ['']])('that make no sense (%j) are as good as none', async (version) => {
    const it = await service('compute', { ...servers, 'GET /compute/v2.1/': { json: { version: { id: 'v2.1', version } } } });
    await it.service.ask(named, GET('/servers/a'));
    expect(it.cloud.seen.at(-1)?.headers['openstack-api-version']).toBeUndefined();
  });

  test('that can’t be found out now are not taken for none', async () => {
    let tries = 0;
    const it = await service('compute', { ...servers, 'GET /compute/v2.1/': () => (tries++ === 0 ? { status: 500 } : { status: 404 }) });
    await expect(it.service.ask(named, GET('/servers/a'))).rejects.toMatchObject({ code: 'upstream-failed' });
    await it.service.ask(named, GET('/servers/a'));
    expect(it.cloud.seen.at(-1)?.headers['openstack-api-version']).toBeUndefined();
  });

  test('are not waited for by what means the same in all of them', async () => {
    const it = await service('compute', { ...servers, 'GET /compute/v2.1/': 'hang' });
    expect(await it.service.ask(named, { ...GET('/servers/a'), anyVersion: true })).toEqual({ id: 'a' });
    expect(it.calls()).toEqual(['GET /compute/v2.1/servers/a']);
    expect(it.cloud.seen.at(-1)?.headers['openstack-api-version']).toBeUndefined();
  });

  test('behind a token that was refused are asked for with the new one', async () => {
    const it = await service('compute', { ...servers, 'GET /compute/v2.1/': { json: { version: { id: 'v2.1', version: '2.79' } } } });
    it.cloud.revoked.add('token-2');
    expect(await it.service.ask(named, GET('/servers/a'))).toEqual({ id: 'a' });
  });
});

describe('answers', () => {
  test('that are not as they should be say where, and are unclear after a change', async () => {
    const it = await service('network', { 'POST /network/v2.0/ports': { status: 201, json: { port: {} } } });
    const error = await it.service
      .ask(z.object({ port: named }), { method: 'POST', path: '/ports', body: {} })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'upstream-failed', detail: expect.stringContaining('port.id') });
    expect(isUnclear(error)).toBe(true);
  });

  test('of a portal are not taken for the service’s', async () => {
    const it = await service('network', { 'GET /network/v2.0/ports': { text: '<html>Please log in</html>' } });
    await expect(it.service.list(named, '/ports', 'ports')).rejects.toMatchObject({ code: 'site-catalog-incomplete' });
  });

  test('what is gone is null to a look and fine to a delete; other refusals are neither', async () => {
    const it = await service('network', {
      'GET /network/v2.0/ports/locked': { status: 403, json: {} },
      'DELETE /network/v2.0/ports/busy': { status: 409, json: {} },
    });
    expect(await it.service.find(named, '/ports/gone')).toBeNull();
    await it.service.remove('/ports/gone');
    await expect(it.service.find(named, '/ports/locked')).rejects.toMatchObject({ code: 'upstream-refused' });
    await expect(it.service.remove('/ports/busy')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('that do not come in the caller’s time are waited for no longer, also while signing in', async () => {
    for (const hung of ['GET /network/v2.0/ports', 'POST /v3/auth/tokens']) {
      const it = await service('network', { [hung]: 'hang' });
      const asked = it.service.ask(named, { ...GET('/ports'), signal: AbortSignal.timeout(30) });
      await expect(asked).rejects.toMatchObject({ code: 'deadline-passed' });
    }
  });
});

test('what goes wrong is told of the site by its name, not its id', async () => {
  const cloud = await smallCloud({ 'GET /network/v2.0/ports': { status: 500, json: {} }, 'GET /network/v2.0/routers': { text: '<html>' } });
  clouds.push(cloud);
  const named = { ...cloud.endpoint, name: 'Cloud of Toledo' };
  const at = (endpoint: typeof named, type = 'network') => new Service(new CloudSession(endpoint, cloud.auth, 'p1'), type);
  const failures = [
    () => at(named).send(GET('/ports')),
    () => at(named).list(z.unknown(), '/routers', 'routers'),
    () => at(named).send({ ...GET('/ports'), signal: AbortSignal.abort() }),
    () => at(named, 'dns').send(GET('/zones')),
    () => at({ ...named, region: 'R9' }).send(GET('/ports')),
    () => at({ ...named, allowPrivate: false }).send(GET('/ports')),
    () => at({ ...named, authUrl: 'http://127.0.0.1:9/v3' }).send(GET('/ports')),
    () => at({ ...named, authUrl: `${cloud.url}/elsewhere` }).send(GET('/ports')),
    () => new CloudSession(named, { ...cloud.auth, kind: 'applicationCredential', id: 'x', secret: new Secret('x') }, 'other').token(),
  ];
  for (const failure of failures) {
    const {
      title,
      detail,
      cause = '',
    } = await failure().then(
      () => expect.unreachable(),
      (error: unknown) => AppError.from(error),
    );
    expect(`${title} ${detail} ${cause}`).toContain('Cloud of Toledo');
    expect(`${title} ${detail} ${cause}`).not.toContain(cloud.endpoint.site);
  }
});

test('a catalogue that leads to the machine’s metadata is not followed', async () => {
  const it = await service('network', {
    'POST /v3/auth/tokens': {
      status: 201,
      headers: { 'x-subject-token': 't' },
      json: {
        token: {
          expires_at: '2099-01-01T00:00:00Z',
          user: { id: 'u', name: 'u' },
          project: { id: 'p1', name: 'p' },
          catalog: [{ type: 'network', endpoints: [{ interface: 'public', region: 'R1', url: 'http://169.254.169.254/latest' }] }],
        },
      },
    },
  });
  await expect(it.service.ask(named, GET('/ports'))).rejects.toMatchObject({ code: 'site-address-refused' });
});
