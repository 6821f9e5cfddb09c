import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Ranking } from '@/lib/api/contract/sites';
import { lab, openTestApi, type TestApi } from '@/lib/api/fixtures';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import type { Figure } from './figure';
import { factPaths, type Mood } from './mock-answers';
import { fortySites, openSites } from './open-sites';
import { percentile } from './time';

const request = { recipe: 'virtual-machine', addOns: [], inputs: {} };

/** How soon forty sites have told what is there, at the API. */
export async function measureSites(): Promise<Figure[]> {
  const moods = fortySites;
  await withSites(['well'], (api) => match(api)); // what a process does once: reading recipes, loading clients
  const facts = await withSites(moods, (api) => factsOfAll(api, moods));
  const bare = await withSites(moods, (_api, urls) => bareFanOut(urls, moods));
  const ranking = await withSites(moods, async (api) => ({ cold: await match(api), again: await match(api) }));
  const many: Mood[] = Array.from({ length: 25 }, (_, index) => (index < 1 ? 'hung' : index < 2 ? 'slow' : 'well'));
  const slowest = await withSites(['slow'], (api) => match(api));
  const beside = await withSites(many, (api) => match(api));
  const planned = await withSites(moods, async (api) => {
    const ranking = match(api); // goes on beside it
    const ms = await timeOnce(() => plan(api, moods.length - 1));
    await ranking;
    return ms;
  });
  const of = (name: string, value: number, limit?: number): Figure => ({ about: '40 sites', name, value, unit: 'ms', limit });
  const besides = (name: string, value: number, baseline: number, what: string, limit?: number): Figure => ({
    ...of(name, value, limit),
    baseline: { name: what, value: baseline },
    ratio: value / baseline,
  });
  return [
    besides('first facts of a site', facts.first, bare.first, 'bare requests', 1.25),
    besides('facts of 90 of 100 healthy sites', facts.most, bare.most, 'bare requests', 2),
    of('the last of all, the one that hangs included', facts.all),
    besides('event loop held up meanwhile (p99)', facts.loop, bare.loop, 'bare requests', 6),
    of('ranking: the first site', ranking.cold.first),
    besides('ranking: all that are quick', ranking.cold.settled, facts.most, 'their facts', 3),
    besides('ranking: once all are known', ranking.again.settled, ranking.cold.settled, 'first time', 0.5),
    besides('ranking of 25: all that are healthy, while one hangs', beside.last, slowest.last, 'the slowest alone', 1.1),
    besides('a plan at one of them while all are asked', planned, bare.most, 'all bare requests', 2),
  ];
}

/** Milliseconds from the question on. */
async function factsOfAll(api: TestApi, moods: readonly Mood[]) {
  const firsts: number[] = [];
  const wholes: number[] = [];
  const watch = watchLoop();
  const began = performance.now();
  await api.lines('GET', '/facts', api.as.owner, undefined, ({ site, refreshing, problem, ...line }) => {
    if (moods[Number(site.slice('site-'.length))] !== 'well') return;
    if (problem) throw new Error(`A healthy site was not read: ${problem.detail}`);
    if (line.quotas ?? line.flavors ?? line.images) firsts.push(performance.now() - began);
    if (!refreshing) wholes.push(performance.now() - began);
  });
  const all = performance.now() - began;
  const loop = watch();
  if (wholes.length !== moods.filter((mood) => mood === 'well').length) throw new Error(`Only ${wholes.length} sites told all`);
  return { first: Math.min(...firsts), most: percentile(wholes, 90), all, loop };
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
  const watch = watchLoop();
  const began = performance.now();
  const times = await Promise.all(
    moods.map(async (mood, index) => {
      await work(index);
      return { mood, ms: performance.now() - began };
    }),
  );
  const loop = watch();
  const healthy = times.filter(({ mood }) => mood === 'well').map(({ ms }) => ms);
  return { first: Math.min(...healthy), most: percentile(healthy, 90), loop };
}

/** @returns what ends the watch, and tells for how many milliseconds the event loop was held up (p99) */
function watchLoop(): () => number {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  return () => {
    loop.disable();
    // the monitor counts its own interval of 5 ms in
    return loop.percentile(99) / 1e6 - 5;
  };
}

/** When a ranking has its first site, when it is settled, and when the last healthy site is in it; milliseconds from the question on. */
async function match(api: TestApi): Promise<{ first: number; settled: number; last: number }> {
  const times: { ms: number; settled: boolean; told: number }[] = [];
  const began = performance.now();
  let last: Ranking | undefined;
  await api.lines('POST', '/sites/match', api.as.owner, request, (ranking: Ranking) => {
    last = ranking;
    const told = ranking.items.filter(({ fits }) => fits).length;
    times.push({ ms: performance.now() - began, settled: ranking.settled, told });
  });
  const most = times.at(-1)?.told ?? 0;
  if (most === 0) throw new Error(`No site fits: ${JSON.stringify(last?.items[0])}`);
  const when = (is: (time: (typeof times)[number]) => boolean) => times.find(is)?.ms ?? Number.NaN;
  return { first: when(({ told }) => told > 0), settled: when(({ settled }) => settled), last: when(({ told }) => told === most) };
}

async function plan(api: TestApi, index: number): Promise<void> {
  const { json } = await api.call('POST', '/plans', api.as.owner, { ...request, placement: { machine: { site: `site-${index}` } } });
  if (json.problems.length > 0) throw new Error(`The plan has problems: ${JSON.stringify(json.problems)}`);
}

async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

// New sites each time, so that nothing that is kept of them serves twice.
async function withSites<T>(moods: readonly Mood[], work: (api: TestApi, urls: string[]) => Promise<T>): Promise<T> {
  const mock = await openSites(moods);
  const { urls } = mock;
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
    await mock.close();
    await api.store.close();
  }
}
