import { setTimeout as sleep } from 'node:timers/promises';
import { openTestApi, type TestApi } from '@/lib/api/fixtures';
import { ManualClock } from '@/lib/core/clock';
import { machines } from '@/lib/sandbox/oscar/definition';
import { startTestOscar, type TestOscar } from '@/lib/sandbox/oscar/testing/start';
import { closeDoors } from '@/lib/web';
import { followJobs } from '@/lib/workloads/ledger/follow';
import type { Figure } from './figure';
import { percentile } from './time';

const perMinute = 1000;
const minutes = 1;
const arrivals = 30;
/** As often as the page of both shores asks. */
const pollMs = 700;

/** The jobs of a pair on two clusters, followed while very many come; and how soon a file's job is on the screen. */
export async function measureFollowing(): Promise<Figure[]> {
  return [...(await manyJobs()), await arrival()];
}

interface Shores {
  api: TestApi;
  europe: TestOscar;
  america: TestOscar;
  token: string;
  origin: string;
  end(): Promise<void>;
}

async function shores(clock: ManualClock, nodes: number): Promise<Shores> {
  const start = (id: string) =>
    startTestOscar('3.6', {
      clock,
      definition: { id, nodes: () => machines(id, nodes, 16, 64), timing: { minioRestart: 0, imagePull: 0, podStart: 0.1 } },
    });
  const [api, europe, america] = await Promise.all([
    openTestApi({ allowedRanges: ['127.0.0.0/8'], clock }),
    start('oscar-eu'),
    start('oscar-us'),
  ]);
  const register = async (name: string, region: string, { user, password, url: endpoint }: TestOscar): Promise<string> =>
    (await api.call('POST', '/clusters', api.as.owner, { name, region, endpoint, auth: { kind: 'basic', user, password } })).json.id;
  const origin = await register('Europe', 'eu', europe);
  const worker = await register('America', 'us', america);
  const service = {
    name: 'words',
    image: 'transat/word-count:1',
    script: 'wc',
    cpu: '0.1',
    memory: '16Mi',
    input: [{ path: 'words/in' }],
    output: [{ path: 'words/out' }],
  };
  const made = await api.call('POST', '/pairs', api.as.owner, { origin, worker, service, thresholdSeconds: 20 });
  if (made.status !== 201) throw new Error(`no pair: ${made.text}`);
  const end = async () => void (await Promise.all([api.store.close(), europe.end(), america.end(), closeDoors()]));
  return { api, europe, america, token: europe.cluster.world.service('words')?.token ?? '', origin, end };
}

async function manyJobs(): Promise<Figure[]> {
  const clock = new ManualClock(new Date());
  const { api, europe, america, token, end } = await shores(clock, 8);
  const lists: number[][] = [[], []];
  const counted = [europe, america].map(({ cluster: { world } }, index) => {
    const take = world.faults.take.bind(world.faults);
    world.faults.take = (service, method, path) => {
      const beat = lists[index];
      if (method === 'GET' && /^\/system\/logs\/[^/]+$/.test(path) && beat && beat.length > 0) beat.push((beat.pop() ?? 0) + 1);
      return take(service, method, path);
    };
    return lists[index] ?? [];
  });
  const times: number[] = [];
  try {
    let sent = 0;
    for (let second = 0; second < minutes * 60 + 60; second++) {
      const due = Math.min(perMinute * minutes, Math.floor(((second + 1) * perMinute) / 60));
      for (; sent < due; sent++) await europe.ask('POST', '/job/words', `job ${sent}`, { authorization: `Bearer ${token}` });
      for (let half = 0; half < 2; half++) {
        clock.advance(500);
        for (const { cluster } of [europe, america]) await cluster.tick();
      }
      for (const beat of counted) beat.push(0);
      const began = performance.now();
      await followJobs(api.services, 'owner');
      times.push(performance.now() - began);
    }
    const known = await api.store.db
      .selectFrom('jobs')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(known.count) !== perMinute * minutes) throw new Error(`${known.count} of ${perMinute * minutes} jobs were followed`);
    return [
      {
        about: 'following',
        name: '1,000 jobs a minute on two clusters: list calls a cluster a beat, most',
        value: Math.max(...counted.flat()),
        unit: '×',
        limit: 1,
      },
      { about: 'following', name: 'the same: a beat, p95', value: percentile(times, 95), unit: 'ms' },
    ];
  } finally {
    await end();
  }
}

/** From the end of an upload to the list in which its job is, asked for as the page of both shores does. */
async function arrival(): Promise<Figure> {
  const clock = new ManualClock(new Date());
  const onTime = () => clock.advance(Math.max(0, Date.now() - clock.now().getTime()));
  const { api, europe, america, origin, end } = await shores(clock, 8);
  const times: number[] = [];
  const ticking = setInterval(() => {
    onTime();
    void Promise.all([europe.cluster.tick(), america.cluster.tick()]);
  }, 100);
  const newest = async (): Promise<string | null> => {
    onTime();
    const { json } = await api.call('GET', '/jobs?limit=25&watch=true', api.as.owner);
    return json.items[0]?.id ?? null;
  };
  try {
    for (let index = 0; index < arrivals; index++) {
      const before = await newest();
      // it comes at any moment between two looks
      const next = performance.now() + pollMs;
      await sleep((index * pollMs) / arrivals);
      const path = `http://transat.test/api/v1/clusters/${origin}/buckets/words/objects?key=in/f${index}.txt`;
      await api.raw(new Request(path, { method: 'POST', body: 'one two', headers: { ...api.as.owner, 'content-length': '7' } }));
      const arrived = performance.now();
      for (let look = next; ; look += pollMs) {
        await sleep(Math.max(0, look - performance.now()));
        if ((await newest()) !== before) break;
        if (performance.now() - arrived > 20_000) throw new Error(`the job of file ${index} never came`);
      }
      times.push(performance.now() - arrived);
    }
    return {
      about: 'following',
      name: 'a file’s arrival → its job on the screen, p95',
      value: percentile(times, 95),
      unit: 'ms',
      limit: 1000,
    };
  } finally {
    clearInterval(ticking);
    await end();
  }
}
