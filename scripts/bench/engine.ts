import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '@/lib/sandbox/testing/sign-in';
import { startTestPostgres } from '@/lib/store/test-postgres';
import { Api } from '../../e2e/lib/api';
import { isBuilt } from '../lib/build';
import { alone, twoWorkers } from '../lib/processes';
import type { Figure } from './figure';
import { percentile } from './time';

// its sandbox listens 100 further on: not on 5060, which fetch refuses
const port = 4970;
const sandbox = `http://127.0.0.1:${port + 100}`;
/** asked for at once: for more the sandbox has no addresses */
const crowd = 60;
const presses = 24;
/** of which the project may have without end */
const counted = [
  'cores',
  'ram',
  'instances',
  'key_pairs',
  'network',
  'subnet',
  'router',
  'port',
  'floatingip',
  'security_group',
  'security_group_rule',
];

/** How many deployments of three machines the built product makes in a minute on the embedded database, where the sites take no time; and how soon it begins. */
export async function measureEngine(): Promise<Figure[]> {
  return await withProduct({}, alone, (...apis) => measureBoth(apis, 'embedded', 60_000));
}

/** The same on PostgreSQL, with a web server that only serves and two workers. */
export async function measureWorkers(): Promise<Figure[]> {
  const postgres = await startTestPostgres();
  if (!postgres.url) throw new Error(postgres.missing);
  try {
    return await withProduct({ DATABASE_URL: postgres.url.reveal() }, twoWorkers, (...apis) =>
      measureBoth(apis, 'PostgreSQL and two workers', 20_000),
    );
  } finally {
    await postgres.stop();
  }
}

async function withProduct(
  more: Record<string, string>,
  start: typeof alone | typeof twoWorkers,
  measure: (api: Api, others: Api) => Promise<Figure[]>,
): Promise<Figure[]> {
  if (!isBuilt()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-engine-'));
  process.env.TRANSAT_SANDBOX_SPEED = '20'; // a machine is there after half a second, and says so at most every three; the sandbox runs in this process
  const env = {
    ...process.env,
    ...more,
    PORT: String(port),
    TRANSAT_DATA: folder,
    TRANSAT_CONFIG: 'e2e/sandbox.yaml',
    TRANSAT_URL: `http://127.0.0.1:${port}`,
  };
  const product = await start(env, folder);
  try {
    const limits = Object.fromEntries(counted.map((name) => [name, -1]));
    await fetch(`${sandbox}/europe/_quotas`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ project: 'vo.sandbox.eu', limits }),
    });
    // of whom nobody may ask for so many in a minute
    const apiOf = async (person: string) => new Api(`http://127.0.0.1:${port}`, (await signIn(sandbox, person)).access_token);
    return await measure(await apiOf('ada'), await apiOf('max'));
  } finally {
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// the crowd comes to processes that have worked before
async function measureBoth(apis: [Api, Api], how: string, limit: number): Promise<Figure[]> {
  await pressEach(apis[0], 6);
  const crowdFigures = await measureCrowd(apis, how, limit);
  const pressed = await pressEach(apis[0], presses);
  const name = `from the press to the first thing made, p95: ${how}`;
  return [{ about: 'engine', name, value: percentile(pressed, 95), unit: 'ms', limit: 150 }, ...crowdFigures];
}

async function measureCrowd(apis: Api[], how: string, limit: number): Promise<Figure[]> {
  const share = crowd / apis.length;
  const each = <T>(work: (api: Api) => Promise<T>) => Promise.all(apis.map(work));
  const began = performance.now();
  const made = await each((api) => Promise.all(Array.from({ length: share }, (_, index) => make(api, `Crowd ${index}`))));
  const untilAll = (state: string) => each((api) => until(api, made[apis.indexOf(api)] ?? [], state));
  await untilAll('ready');
  const madeMs = performance.now() - began;
  const ended = performance.now();
  await each((api) => Promise.all((made[apis.indexOf(api)] ?? []).map((id) => api.delete(id))));
  await untilAll('deleted');
  return [
    {
      about: 'engine',
      name: `three machines, of ${crowd} at once, time for 100: ${how}`,
      value: (100 / crowd) * madeMs,
      unit: 'ms',
      limit,
    },
    { about: 'engine', name: `the same, deleted: ${how}`, value: (100 / crowd) * (performance.now() - ended), unit: 'ms' },
  ];
}

async function make(api: Api, name: string): Promise<string> {
  const at = { site: 'sandbox-europe', credential: 'oidc:sandbox-europe' };
  const inputs = { machine_count: 3, allowed_cidr: '0.0.0.0/0', ports_cidr: '0.0.0.0/0' };
  const body = { recipe: 'virtual-machine', name, inputs, placement: { machine: at } };
  return (await api.call<{ id: string }>('POST', '/deployments', body)).id;
}

async function until(api: Api, ids: readonly string[], state: string): Promise<void> {
  const left = new Set(ids);
  for (const end = Date.now() + 900_000; Date.now() < end; await sleep(500)) {
    for (const id of left) {
      const { state: now, problem } = await api.deployment(id);
      if (now === state) left.delete(id);
      else if (now === 'failed' || now === 'degraded') throw new Error(`${id} is ${now}: ${JSON.stringify(problem)}`);
      else break;
    }
    if (left.size === 0) return;
  }
  throw new Error(`${left.size} of ${ids.length} did not come to be ${state}`);
}

/** One after the other, while nothing else goes on. */
async function pressEach(api: Api, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let press = 0; press < count; press++) {
    const began = Date.now();
    const id = await make(api, `Press ${press}`);
    await until(api, [id], 'ready');
    const { items } = await api.call<{ items: { at: string; stage: string }[] }>('GET', `/deployments/${id}/events?limit=200`);
    const first = Math.min(...items.filter(({ stage }) => stage === 'resource').map(({ at }) => Date.parse(at)));
    times.push(first - began);
    await api.delete(id);
    await until(api, [id], 'deleted');
  }
  return times;
}
