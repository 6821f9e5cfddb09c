import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { type Config, readConfig } from '@/lib/core/config';
import { providerWith } from '@/lib/core/config/provider';
import type { Store } from '@/lib/store';
import { openTestStore } from '@/lib/store/test-store';
import { type Reply, type Seen, serve, type TestServer } from '@/lib/web/testing/http-server';
import { createDirectory } from '../directory';
import { listedEgi } from './builtin';
import { readSources, refreshSource, sourcesOf } from './sources';

const HOUR = 3_600_000;
let store: Store;
let clock: ManualClock;
let server: TestServer;
let answer: (request: Seen) => Reply;
let config: Config;

beforeEach(async () => {
  store = await openTestStore();
  clock = new ManualClock(new Date('2026-11-22T10:00:00Z'));
  server = await serve((request) => answer(request));
  const here = { url: server.url, named: true };
  config = {
    ...readConfig({ TRANSAT_SANDBOX: '0', TRANSAT_DIRECTORY: '1' }, '/nowhere'),
    directoryRefresh: { egi: here, chameleon: null, gocdb: null },
    providers: [providerWith({ id: 'egi', name: 'EGI', issuer: 'https://aai.egi.eu/auth/realms/egi', clientId: 'c' })],
  };
});
afterEach(async () => {
  await server.close();
  await store.close();
});

const snapshot = listedEgi();
const listOf = (names: string[], etag = '"1"'): Reply => ({
  headers: { etag },
  json: names.map((name) => ({
    id: '1G0',
    name,
    url: snapshot.find((site) => site.name === name)?.authUrl ?? `https://keystone.${name.toLowerCase()}.example.org:5000/v3`,
    state: '',
    projects: [{ id: 'abc', name: 'vo.access.egi.eu' }],
  })),
});
const all = snapshot.map(({ name }) => name);
const refresh = async () =>
  (await Promise.all(sourcesOf(config, clock.now()).map((source) => refreshSource(store.db, clock, source)))).some(Boolean);
const egi = async () => (await readSources(store.db)).egi;

describe('EGI’s directory', () => {
  test('is read once a day, by one of several processes, and brings sites up to date', async () => {
    answer = () => listOf([...all, 'NEW-SITE']);
    expect((await Promise.all([refresh(), refresh(), refresh()])).filter(Boolean)).toHaveLength(1);
    expect(server.seen.map(({ url }) => url)).toEqual(['/sites/?include_projects=true']);
    const directory = createDirectory(config, config.providers, store.db, clock);
    expect(await directory.find(null, 'new-site')).toMatchObject({ name: 'NEW-SITE', provider: 'egi', methods: ['applicationCredential'] });
    expect(await directory.find(null, 'bifi')).toMatchObject({
      projects: { 'vo.access.egi.eu': 'abc' },
      city: 'Zaragoza',
      oidcProvider: 'egi',
      asOf: '2026-11-22T10:00:00.000Z',
    });
    clock.advance(23 * HOUR);
    expect(await refresh()).toBe(false);
    clock.advance(HOUR);
    expect(await refresh()).toBe(true);
  });

  test('may list a site by a name that every object knows', async () => {
    answer = () => listOf([...all, 'constructor', 'toString']);
    await refresh();
    await store.db
      .insertInto('directory_sources')
      .values({ source: 'gocdb', tried_at: clock.now(), read_at: clock.now(), content: JSON.stringify({}) })
      .execute();
    const directory = createDirectory(config, config.providers, store.db, clock);
    expect(await directory.find(null, 'constructor')).toMatchObject({ name: 'constructor', downtimes: [] });
  });

  test('says that it has not changed, and is believed', async () => {
    answer = ({ headers }) => (headers['if-none-match'] === '"1"' ? { status: 304 } : listOf(all));
    await refresh();
    clock.advance(24 * HOUR);
    await refresh();
    expect(await egi()).toMatchObject({
      readAt: clock.now(),
      problem: null,
      content: expect.arrayContaining([expect.objectContaining({ name: 'BIFI' })]),
    });
  });

  test.each<[string, Reply]>([
    ['an error', { status: 500, text: 'Internal Server Error' }],
    ['a page', { text: '<html>Maintenance</html>' }],
    ['an empty list', listOf([])],
    ['a list that lost most sites', listOf(all.slice(0, 5))],
    ['a redirection', { status: 302, headers: { location: 'http://169.254.169.254/' } }],
    ['an answer without end', { text: `["${'x'.repeat(9 * 1024 * 1024)}"]` }],
    ['not changed, when nothing is kept that it could mean', { status: 304, headers: { etag: '"1"' } }],
  ])('that answers with %s never replaces what is kept, and is asked again sooner', async (_, bad) => {
    answer = () => bad;
    await refresh();
    expect(await egi()).toMatchObject({ content: null, problem: { code: expect.any(String) } });
    expect(await createDirectory(config, config.providers, store.db, clock).of(null)).toHaveLength(31);
    clock.advance(HOUR / 4);
    answer = () => listOf(all);
    await refresh();
    const good = await egi();
    expect(good.problem).toBeNull();
    if (bad !== 'cut' && bad !== 'hang' && bad.status === 304) return;
    clock.advance(24 * HOUR);
    answer = () => bad;
    await refresh();
    expect(await egi()).toMatchObject({ content: good.content, readAt: good.readAt, problem: { code: expect.any(String) } });
  });

  test('may lose a site: it is marked, leaves the lists after some days, and stays for those who depend on it', async () => {
    answer = () => listOf(all.filter((name) => name !== 'BIFI'));
    await refresh();
    const directory = createDirectory(config, config.providers, store.db, clock);
    const has = async (user: string | null) => (await directory.of(user)).some(({ id }) => id === 'bifi');
    await store.db
      .insertInto('users')
      .values({ id: 'ann', issuer: 'i', subject: 'ann', provider: 'egi', name: 'Ann', email: null, locale: null, created_at: clock.now() })
      .execute();
    await store.db
      .insertInto('credentials')
      .values({
        id: 'c',
        user_id: 'ann',
        site: 'bifi',
        name: 'x',
        kind: 'password',
        shown: '{}',
        secret: Buffer.of(1),
        project_id: null,
        project_name: null,
        created_at: clock.now(),
      })
      .execute();
    expect((await directory.find(null, 'bifi'))?.goneSince).toBe('2026-11-22T10:00:00.000Z');
    expect([await has(null), await has('ann')]).toEqual([true, true]);
    clock.advance(73 * HOUR);
    expect([await has(null), await has('ann'), await has('bob')]).toEqual([false, true, false]);
    expect(await directory.find('bob', 'bifi')).toBeDefined(); // what stands there is still looked after
  });
});

test('GOCDB’s downtimes are at the sites they are announced for, until they end', async () => {
  config.directoryRefresh = { egi: null, chameleon: null, gocdb: { url: `${server.url}/gocdbpi/public`, named: true } };
  const seconds = (time: string) => new Date(time).getTime() / 1000;
  answer = () => ({
    headers: { 'content-type': 'application/xml' },
    text: `<results><DOWNTIME ID="7"><HOSTED_BY>fedcloud.srce.hr</HOSTED_BY><SERVICE_TYPE>org.openstack.nova</SERVICE_TYPE><SEVERITY>OUTAGE</SEVERITY>
      <DESCRIPTION>Move</DESCRIPTION><START_DATE>${seconds('2026-11-22T09:00:00Z')}</START_DATE><END_DATE>${seconds('2026-11-22T12:00:00Z')}</END_DATE></DOWNTIME></results>`,
  });
  await refresh();
  expect(server.seen.map(({ url }) => url)).toEqual(['/gocdbpi/public/?method=get_downtime&windowstart=2026-11-22&windowend=2026-12-22']);
  const directory = createDirectory(config, config.providers, store.db, clock);
  const down = async () => (await directory.of(null)).filter(({ downtimes = [] }) => downtimes.length > 0).map(({ id }) => id);
  expect(await down()).toEqual(['fedcloud-srce-hr', 'fedcloud-srce-hr-2']);
  clock.advance(3 * HOUR);
  expect(await down()).toEqual([]);
});

test('an operator turns it off, for all or for one, and names another address', () => {
  const on = (given: Partial<Config>) => sourcesOf({ ...config, ...given }, clock.now()).map(({ id, url }) => `${id} ${url.split('?')[0]}`);
  const { directoryRefresh } = readConfig({ TRANSAT_SANDBOX: '0' }, '/nowhere');
  expect(on({ directoryRefresh })).toEqual([
    'egi https://is.cloud.egi.eu/sites/',
    'chameleon https://api.chameleoncloud.org/sites',
    'gocdb https://goc.egi.eu/gocdbpi/public/',
  ]);
  expect(on({ directory: false, directoryRefresh })).toEqual([]);
  expect(on({ directoryRefresh: readConfig({ TRANSAT_DIRECTORY_REFRESH: '0' }, '/nowhere').directoryRefresh })).toEqual([]);
});
