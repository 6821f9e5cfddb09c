import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { lab, openTestApi, type TestApi } from '@/lib/api/fixtures';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { Figure } from './figure';
import { factPaths, type Mood } from './mock-answers';
import { percentile } from './time';

const request = { recipe: 'virtual-machine', addOns: [], inputs: {} };

/** What somebody with a credential for each of 40 sites meets: one site hangs, two are slow, two are broken. */
export async function measureSites(): Promise<Figure[]> {
  const moods: Mood[] = Array.from({ length: 40 }, (_, index) => (index < 1 ? 'hung' : index < 3 ? 'slow' : index < 5 ? 'broken' : 'well'));
  await withSites(['well'], (api) => match(api)); // what a process does once: reading recipes, loading clients
  const alone = await withSites(['well'], async (api) => ({
    match: await timeOnce(() => match(api)),
    plan: await timeOnce(() => plan(api, 0)),
  }));
  const facts = await withSites(moods, (api) => factsOfAll(api, moods));
  const bare = await withSites(moods, (_api, urls) => bareFanOut(urls, moods));
  const ranking = await withSites(moods, async (api) => {
    const cold = await timeOnce(() => match(api));
    await match(api); // by now the slow ones have told, too
    const again = await timeOnce(() => match(api));
    return { cold, again };
  });
  const healthy = moods.filter((mood) => mood === 'well').slice(0, 24);
  const [allWell, oneHung] = [
    await withSites([...healthy, 'well'], (api) => timeOnce(() => match(api))),
    await withSites([...healthy, 'hung'], (api) => timeOnce(() => match(api, { partial: true }))),
  ];
  const planned = await withSites(moods, async (api) => {
    const ranking = match(api); // goes on beside it
    const ms = await timeOnce(() => plan(api, moods.length - 1));
    await ranking;
    return ms;
  });
  const of = (name: string, value: number, limit?: number, baseline?: Figure['baseline']): Figure => ({
    about: '40 sites',
    name,
    value,
    unit: 'ms',
    baseline,
    ratio: baseline && value / baseline.value,
    limit,
  });
  const withLimit = (figure: Figure, limit: number): Figure => ({ ...figure, limit });
  return [
    withLimit(of('first facts of a site', facts.first, undefined, { name: 'bare requests', value: bare.first }), 4),
    withLimit(of('facts of 90 of 100 healthy sites', facts.most, undefined, { name: 'bare requests', value: bare.most }), 4),
    of('the last of all, the one that hangs included', facts.all),
    withLimit(of('event loop held up meanwhile (p99)', facts.loop, undefined, { name: 'bare requests', value: bare.loop }), 6),
    of('all ranked, first time', ranking.cold, undefined, { name: '1 site', value: alone.match }),
    withLimit(of('all ranked, once all are known', ranking.again, undefined, { name: 'first time', value: ranking.cold }), 0.5),
    withLimit(of('24 of 25 ranked, while one hangs', oneHung, undefined, { name: 'all 25 healthy', value: allWell }), 2),
    withLimit(of('a plan at one of them while all are asked', planned, undefined, { name: 'all bare requests', value: bare.most }), 2),
  ];
}

async function factsOfAll(api: TestApi, moods: readonly Mood[]) {
  return fanOut(moods, async (index) => {
    const response = await get(api, `/sites/site-${index}/facts`);
    const text = await response.text();
    if (moods[index] === 'well' && response.status !== 200) throw new Error(`A healthy site answered ${response.status}: ${text}`);
  });
}

// The same requests without the product: an unscoped and a scoped token, the version, then all lists at once.
async function bareFanOut(urls: readonly string[], moods: readonly Mood[]) {
  const ask = async (url: string, init: RequestInit = {}) => (await fetch(url, { ...init, signal: AbortSignal.timeout(5000) })).json();
  return fanOut(moods, async (index) => {
    const keystone = urls[index] ?? '';
    const root = keystone.slice(0, -'/v3'.length);
    const sequence = async () => {
      await ask(`${keystone}/auth/tokens`, { method: 'POST', body: '{}' });
      await ask(`${keystone}/auth/projects`);
      await ask(`${keystone}/auth/tokens`, { method: 'POST', body: '{"project"}' });
      await ask(`${root}/compute/v2.1/`);
      await Promise.all(factPaths.map((path) => ask(root + path)));
    };
    await sequence().catch((error: unknown) => {
      if (moods[index] === 'well') throw error;
    });
  });
}

async function fanOut(moods: readonly Mood[], work: (index: number) => Promise<void>) {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const began = performance.now();
  const times = await Promise.all(
    moods.map(async (mood, index) => {
      await work(index);
      return { mood, ms: performance.now() - began };
    }),
  );
  loop.disable();
  const healthy = times.filter(({ mood }) => mood === 'well').map(({ ms }) => ms);
  return {
    first: Math.min(...healthy),
    most: percentile(healthy, 90),
    all: Math.max(...times.map(({ ms }) => ms)),
    // the monitor counts its own interval of 5 ms in
    loop: loop.percentile(99) / 1e6 - 5,
  };
}

async function match(api: TestApi, more: object = {}): Promise<void> {
  const { items } = await post(api, '/sites/match', { ...request, ...more });
  if (!items?.some(({ fits }) => fits)) throw new Error(`No site fits: ${JSON.stringify(items?.[0])}`);
}

async function plan(api: TestApi, index: number): Promise<void> {
  const { problems } = await post(api, '/plans', { ...request, placement: { machine: { site: `site-${index}` } } });
  if (!problems || problems.length > 0) throw new Error(`The plan has problems: ${JSON.stringify(problems)}`);
}

async function post(api: TestApi, path: string, body: unknown): Promise<{ items?: { fits: boolean }[]; problems?: unknown[] }> {
  const headers = { ...api.as.owner, 'content-type': 'application/json' };
  const response = await api.raw(new Request(`http://transat.test/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
  // the contract of the two paths, which tests hold them to
  return (await response.json()) as { items?: { fits: boolean }[]; problems?: unknown[] };
}

function get(api: TestApi, path: string): Promise<Response> {
  return api.raw(new Request(`http://transat.test/api/v1${path}`, { headers: api.as.owner }));
}

async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

// New sites each time, so that nothing that is kept of them serves twice.
async function withSites<T>(moods: readonly Mood[], work: (api: TestApi, urls: string[]) => Promise<T>): Promise<T> {
  const thread = new Worker(new URL('./mock-sites.ts', import.meta.url), { workerData: moods });
  const urls = await new Promise<string[]>((resolve, reject) => thread.once('message', resolve).once('error', reject));
  const sites = urls.map((authUrl, index) => ({ ...lab, id: `site-${index}`, name: `Site ${index}`, authUrl, region: 'R1' }));
  const api = await openTestApi({ sites, connectCloud, listProjects });
  try {
    const login = { kind: 'password' as const, user: { name: 'ann', domain: 'Default' }, password: new Secret('secret') };
    for (const { id } of sites) {
      const record = { site: id, name: id, kind: 'password' as const, login, shown: {}, project: null };
      await api.services.credentials.records.add('owner', record);
    }
    return await work(api, urls);
  } finally {
    await thread.terminate();
    await api.store.close();
  }
}
