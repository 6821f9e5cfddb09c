import { afterEach, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { NOW_MS, siteFacts } from '@/lib/desk/site-facts';
import { connectCloud, listProjects } from '@/lib/openstack';
import { type SmallCloud, smallCloud, token } from '@/lib/openstack/testing/small-cloud';
import type { Reply, TestServer } from '@/lib/web/testing/http-server';
import { lab, openTestApi, type TestApi } from '../fixtures';

let api: TestApi;
let at: TestServer;
afterEach(async () => {
  await at.close();
  await api.store.close();
});

const MINUTE = 60_000;
let flavors: () => Reply | Promise<Reply>;
const named = (name: string): Reply => ({ json: { flavors: [{ id: name, name, vcpus: 1, ram: 1024, disk: 10, extra_specs: {} }] } });

async function open(): Promise<void> {
  const cloud: SmallCloud = await smallCloud({
    'GET /v3/auth/projects': { json: { projects: [{ id: 'p1', name: 'testbed', enabled: true }] } },
    'POST /v3/auth/tokens': (request) => token(cloud, request),
    'GET /compute/v2.1/flavors/detail': () => flavors(),
    'GET /image/v2/images': { json: { images: [] } },
    'GET /network/v2.0/networks': { json: { networks: [] } },
    'GET /network/v2.0/subnets': { json: { subnets: [] } },
    'GET /network/v2.0/quotas/p1/details.json': {
      json: {
        quota: Object.fromEntries(
          ['network', 'router', 'port', 'floatingip', 'security_group'].map((name) => [name, { limit: 9, used: 0, reserved: 0 }]),
        ),
      },
    },
    'GET /compute/v2.1/os-availability-zone': { json: { availabilityZoneInfo: [] } },
    'GET /compute/v2.1/limits': {
      json: {
        limits: {
          rate: [],
          absolute: {
            maxTotalCores: 9,
            totalCoresUsed: 0,
            maxTotalRAMSize: 9,
            totalRAMUsed: 0,
            maxTotalInstances: 9,
            totalInstancesUsed: 0,
            maxTotalKeypairs: 9,
          },
        },
      },
    },
    'GET /volume/v3/p1/limits': {
      json: {
        limits: { rate: [], absolute: { maxTotalVolumes: 9, totalVolumesUsed: 0, maxTotalVolumeGigabytes: 9, totalGigabytesUsed: 0 } },
      },
    },
    'GET /compute/v2.1/os-keypairs': { json: { keypairs: [] } },
    'GET /volume/v3/p1/types': { json: { volume_types: [] } },
  });
  at = cloud;
  api = await openTestApi({ sites: [{ ...lab, authUrl: `${cloud.url}/v3`, region: 'R1' }], listProjects, connectCloud });
  const login = { kind: 'password' as const, user: { name: 'ann', domain: 'Default' }, password: new Secret('secret') };
  await api.services.credentials.records.add('owner', { site: 'lab', name: 'x', kind: 'password', login, shown: {}, project: null });
}
const page = async (query = '') => {
  const { json } = await api.call('GET', `/sites/lab/facts${query}`, api.as.owner);
  return { names: json.flavors.map(({ name }: { name: string }) => name), refreshing: json.refreshing, gaps: json.gaps };
};

test('a page shows what is kept at once, while newer facts are read behind it', async () => {
  flavors = () => named('old');
  await open();
  expect(await page()).toEqual({ names: ['old'], refreshing: false, gaps: [] });
  let release = () => {};
  const held = new Promise<Reply>((resolve) => {
    release = () => resolve(named('new'));
  });
  flavors = () => held;
  api.clock.advance(6 * MINUTE);
  expect(await page()).toMatchObject({ names: ['old'], refreshing: true });
  expect(await page()).toMatchObject({ names: ['old'], refreshing: true });
  release();
  await expect.poll(() => page()).toEqual({ names: ['new'], refreshing: false, gaps: [] });
  expect(at.seen.filter(({ url }) => url.startsWith('/compute/v2.1/flavors'))).toHaveLength(2);
});

test('a person who asks for newer facts waits for them, and is told what stands against them', async () => {
  flavors = () => named('old');
  await open();
  await page();
  flavors = () => ({ status: 500, text: 'no' });
  const { names, gaps } = await page('?refresh=true');
  expect(names).toEqual(['old']);
  // what is shown is old, and says since when
  const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  expect(gaps).toEqual([{ part: 'flavors', since, problem: expect.objectContaining({ code: 'upstream-failed' }) }]);
});

test('where something is to be made, what stands at a site is asked for anew, and what it offers once that is half a minute old', async () => {
  flavors = () => named('small');
  await open();
  const person = { id: 'owner', provider: 'sandbox', groups: [] };
  const site = await api.services.sites.find('owner', 'lab');
  if (!site) throw new Error('no such site');
  const asked = async () => {
    const before = at.seen.length;
    const entry = await api.services.desk.entry(person, site, {});
    const facts = await siteFacts(api.services, person, entry, { maxAgeMs: NOW_MS });
    expect([facts.flavors.map(({ name }) => name), facts.quotas.cores?.limit, facts.gaps]).toEqual([['small'], 9, []]);
    const ofParts = at.seen
      .slice(before)
      .flatMap(({ url }) => url.match(/flavors|images|availability-zone|types|networks|subnets|limits|details/) ?? []);
    return ofParts.sort();
  };
  const offer = ['availability-zone', 'flavors', 'images', 'types'];
  const stands = ['details', 'limits', 'limits', 'networks', 'subnets'];
  const all = [...offer, ...stands].sort();
  expect(await asked()).toEqual(all);
  expect(await asked()).toEqual(stands);
  api.clock.advance(20_000);
  expect(await asked()).toEqual(stands);
  // however often it was asked meanwhile
  api.clock.advance(20_000);
  expect(await asked()).toEqual(all);
});

test('what a site did not tell is not taken for what it offers: where something is to be made, it is asked again', async () => {
  flavors = () => ({ status: 500, text: 'no' });
  await open();
  expect(await page()).toMatchObject({ names: [], gaps: [expect.objectContaining({ part: 'flavors' })] });
  flavors = () => named('small');
  const person = { id: 'owner', provider: 'sandbox', groups: [] };
  const site = await api.services.sites.find('owner', 'lab');
  if (!site) throw new Error('no such site');
  const entry = await api.services.desk.entry(person, site, {});
  const facts = await siteFacts(api.services, person, entry, { maxAgeMs: NOW_MS });
  expect([facts.flavors.map(({ name }) => name), facts.gaps]).toEqual([['small'], []]);
});
