import { afterEach, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import { type SmallCloud, smallCloud, token } from '@/lib/openstack/testing/small-cloud';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import type { Ranking, SiteSummary, SiteView } from '../contract/sites';
import { lab, openTestApi, type TestApi } from '../fixtures';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** Calls that are answered when they are released. */
function held(reply: Reply): { route: () => Promise<Reply>; release: () => void } {
  let release = () => {};
  const answer = new Promise<Reply>((resolve) => {
    release = () => resolve(reply);
  });
  return { route: () => answer, release: () => release() };
}

const flavors: Reply = { json: { flavors: [{ id: 'f', name: 'm1', vcpus: 1, ram: 2048, disk: 20, extra_specs: {} }] } };
const counts = { maxTotalCores: 9, totalCoresUsed: 4, maxTotalRAMSize: 9, totalRAMUsed: 1, maxTotalInstances: 9, totalInstancesUsed: 0 };
const limits: Reply = { json: { limits: { rate: [], absolute: { ...counts, maxTotalKeypairs: 9 } } } };
type Routes = Record<string, Reply | ((request: Seen) => Reply | Promise<Reply>)>;

/** A site each, with a password of the owner for it. What a site is not given to answer is a gap. */
async function open(...sites: Routes[]): Promise<TestApi> {
  const clouds = await Promise.all(
    sites.map(async (routes) => {
      const cloud: SmallCloud = await smallCloud({
        'GET /v3/auth/projects': { json: { projects: [{ id: 'p1', name: 'testbed', enabled: true }] } },
        'POST /v3/auth/tokens': (request) => token(cloud, request),
        'GET /compute/v2.1/flavors/detail': flavors,
        'GET /compute/v2.1/limits': limits,
        'GET /compute/v2.1/os-keypairs': { json: { keypairs: [] } },
        ...routes,
      });
      return cloud;
    }),
  );
  const configs = clouds.map(({ endpoint }, index) => ({
    ...lab,
    id: `site-${index}`,
    name: `Site ${index}`,
    authUrl: endpoint.authUrl,
    region: 'R1',
  }));
  const api = await openTestApi({ sites: configs, listProjects, connectCloud });
  opened.push(...clouds, api.store);
  const login = { kind: 'password' as const, user: { name: 'ann', domain: 'Default' }, password: new Secret('secret') };
  for (const { id } of configs) {
    await api.services.credentials.records.add('owner', { site: id, name: id, kind: 'password', login, shown: {}, project: null });
  }
  return api;
}

/** Reads a stream until `enough` of its lines have come; the rest goes on. */
function until<Line>(api: TestApi, [method, path, body]: [string, string, unknown?], enough: (lines: Line[]) => boolean) {
  const lines: Line[] = [];
  let end: Promise<void> = Promise.resolve();
  const first = new Promise<Line[]>((resolve, reject) => {
    end = api.lines(method, path, api.as.owner, body, (line) => {
      lines.push(line);
      if (enough(lines)) resolve([...lines]);
    });
    end.then(() => reject(new Error(`It ended with ${JSON.stringify(lines)}`)), reject);
  });
  return { first, whole: () => end.then(() => lines) };
}

test('sites: all at once with what is known, then each when it has answered, whoever hangs', async () => {
  const slow = held({ json: { projects: [{ id: 'p1', name: 'late', enabled: true }] } });
  const api = await open({}, { 'GET /v3/auth/projects': slow.route });
  const read = until<SiteView>(api, ['GET', '/sites'], (lines) => lines.length === 3);
  expect((await read.first).map(({ id, access }) => [id, access])).toEqual([
    ['site-0', 'unknown'],
    ['site-1', 'unknown'],
    ['site-0', 'ready'],
  ]);
  slow.release();
  expect((await read.whole()).at(-1)).toMatchObject({ id: 'site-1', access: 'ready', projects: [{ name: 'late' }] });
  const again = until<SiteView>(api, ['GET', '/sites'], (lines) => lines.length === 2);
  expect((await again.whole()).map(({ access }) => access)).toEqual(['ready', 'ready']);
});

test('facts: what a site tells first, then the rest; a site that hangs keeps nobody waiting', async () => {
  const late = held(flavors);
  const api = await open(
    { 'GET /compute/v2.1/flavors/detail': late.route },
    { 'GET /compute/v2.1/limits': 'hang', 'GET /compute/v2.1/os-keypairs': 'hang' },
  );
  const read = until<SiteSummary>(api, ['GET', '/facts'], (lines) => lines.length === 2);
  const first = new Map((await read.first).map((line) => [line.site, line]));
  expect(first.get('site-0')).toMatchObject({ quotas: { cores: { limit: 9, used: 4 } }, flavors: null, asOf: null, refreshing: true });
  expect(first.get('site-1')).toMatchObject({ quotas: null, flavors: 1, asOf: null, refreshing: true });
  late.release();
  const last = new Map((await read.whole()).map((line) => [line.site, line]));
  expect(last.get('site-0')).toMatchObject({ flavors: 1, images: null, asOf: expect.any(String), refreshing: false });
  expect(last.get('site-1')).toMatchObject({ quotas: null, flavors: 1, asOf: expect.any(String), refreshing: false });
});

test('facts: what was told before comes at once, and only to the person who was told', async () => {
  const api = await open({});
  const told = await api.call('GET', '/facts', api.as.owner);
  expect(told.json.items).toMatchObject([{ site: 'site-0', project: 'p1', flavors: 1, quotas: { cores: { used: 4 } } }]);
  api.clock.advance(6 * 60_000);
  const read = until<SiteSummary>(api, ['GET', '/facts'], (lines) => lines.length === 1);
  expect(await read.first).toMatchObject([{ flavors: 1, refreshing: true, asOf: told.json.items[0].asOf }]);
  expect((await read.whole()).at(-1)).toMatchObject({ flavors: 1, refreshing: false });
  expect((await api.call('GET', '/facts', api.as.stranger)).json).toEqual({ items: [] });
  expect((await api.call('GET', '/facts', api.as.nobody)).status).toBe(401);
});

test('facts: a site that can be entered no more says why, beside what it told before', async () => {
  let gone = false;
  const api = await open({
    'GET /v3/auth/projects': () => (gone ? { status: 503 } : { json: { projects: [{ id: 'p1', name: 'testbed', enabled: true }] } }),
  });
  await api.call('GET', '/facts', api.as.owner);
  gone = true;
  api.clock.advance(6 * 60_000);
  const { json } = await api.call('GET', '/facts', api.as.owner);
  expect(json.items).toMatchObject([{ site: 'site-0', flavors: 1, refreshing: false, problem: { code: expect.any(String) } }]);
});

test('a ranking grows, is settled when the quick sites have told, and ends when the slow one has', async () => {
  const slow = held(flavors);
  const api = await open({}, {}, { 'GET /compute/v2.1/flavors/detail': slow.route });
  const read = until<Ranking>(api, ['POST', '/sites/match', { recipe: 'virtual-machine' }], (lines) => lines.at(-1)?.settled === true);
  const settled = (await read.first).at(-1);
  expect(settled?.items.map(({ site, pending }) => [site, pending]).sort()).toEqual([
    ['site-0', false],
    ['site-1', false],
    ['site-2', true],
  ]);
  slow.release();
  const last = (await read.whole()).at(-1);
  expect(last?.settled).toBe(true);
  expect(last?.items.map(({ site, pending }) => [site, pending]).sort()).toEqual([
    ['site-0', false],
    ['site-1', false],
    ['site-2', false],
  ]);
});

test('what is asked wrongly is a problem with its status, and no stream', async () => {
  const api = await open({});
  const headers = { ...api.as.owner, accept: 'application/x-ndjson' };
  const answer = await api.call('POST', '/sites/match', headers, { recipe: 'no-such-recipe' });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('what fails on the way is the last line', async () => {
  const api = await open({});
  const list = api.services.credentials.records.list;
  api.services.credentials.records.list = async () => {
    throw new Error('the database went away');
  };
  const lines: { failed?: { code: string; requestId: string } }[] = [];
  await api.lines('GET', '/sites', api.as.owner, undefined, (line) => lines.push(line));
  api.services.credentials.records.list = list;
  expect(lines.at(-1)).toMatchObject({ failed: { code: 'internal', requestId: expect.stringMatching(/^req_/) } });
  expect(JSON.stringify(lines)).not.toContain('went away');
});

test('a reader who goes in the middle harms nobody: what is said after that is dropped', async () => {
  const [soon, never] = [held(flavors), held(flavors)];
  const late = (route: () => Promise<Reply>) => ({ 'GET /compute/v2.1/flavors/detail': route });
  const api = await open({}, late(soon.route), late(never.route));
  const faults: unknown[] = [];
  const note = (fault: unknown) => faults.push(fault);
  process.on('uncaughtException', note);
  try {
    const headers = { ...api.as.owner, accept: 'application/x-ndjson', 'content-type': 'application/json' };
    const body = JSON.stringify({ recipe: 'virtual-machine' });
    const match = await api.raw(new Request('http://transat.test/api/v1/sites/match', { method: 'POST', headers, body }));
    const facts = await api.raw(new Request('http://transat.test/api/v1/facts', { headers }));
    for (const { body } of [match, facts]) {
      const reader = body?.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    soon.release();
    await expect.poll(async () => (await api.call('GET', '/sites/site-1/facts', api.as.owner)).json.flavors).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300)); // longer than news of a ranking are gathered
    never.release();
    const kept = (await api.call('GET', '/sites/site-1/facts', api.as.owner)).json;
    expect(kept.gaps.map(({ part }: { part: string }) => part)).not.toContain('flavors');
  } finally {
    process.off('uncaughtException', note);
  }
  expect(faults).toEqual([]);
});
