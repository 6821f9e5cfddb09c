import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResourceView } from '@/lib/api/contract/deployments';
import { Api } from '../../e2e/lib/api';
import { labChoices } from '../../e2e/lib/journey';
import { leftovers, tokenOf } from '../../e2e/lib/lab';
import { simulateAgents } from '../chaos/lab/simulated-agents';
import { isBuilt } from '../lib/build';
import { bringUpLab } from '../lib/lab';
import { labConfig } from '../lib/lab-builds';
import { startProduct } from '../lib/product';
import { root } from '../lib/shell';
import type { Figure } from './figure';
import { bareServers, makeRoom, serversOf } from './lab-bare';
import { percentile } from './time';

const port = 4991;
// as nodes reach it
const at = `http://172.24.4.1:${port}`;
const servers = Number(process.env.TRANSAT_BENCH_SERVERS ?? 50);
const metricsToken = randomBytes(32).toString('hex');
const where = { credential: 'oidc:lab' };

/**
 * 50 servers of Nova's fake driver on the lab, from the request to the last that is active, as many again, and from the end to the last trace, beside a bare loop of
 * calls that does the same; what Transat asks the cloud for it; and how long its own API takes meanwhile. By name only (`npm run bench -- lab`): it needs the lab.
 */
export async function measureLab(): Promise<Figure[]> {
  if (!isBuilt()) throw new Error('There is no build to measure: npm run build');
  if (!(await bringUpLab())) throw new Error('There is no lab to measure on.');
  const data = mkdtempSync(join(tmpdir(), 'transat-bench-lab-'));
  const config = await labConfig(data, [resolve(root, 'scripts/recipes')]);
  // where it is served to nodes, its figures are for who has the token
  appendFileSync(config, 'metrics: { token: { env: TRANSAT_BENCH_TOKEN } }\n');
  const env = {
    ...process.env,
    TRANSAT_BENCH_TOKEN: metricsToken,
    TRANSAT_CONFIG: config,
    TRANSAT_DATA: data,
    HOST: '0.0.0.0',
    PORT: String(port),
    DATABASE_URL: '',
    TRANSAT_URL: at,
    TRANSAT_CALLBACK_URL: at,
  };
  const endRoom = await makeRoom(2 * servers);
  try {
    const product = await startProduct(env, 'start', join(data, 'web.log'));
    try {
      return await measure(new Api(at, tokenOf('alice')));
    } finally {
      await product.close();
    }
  } finally {
    await endRoom();
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(api: Api): Promise<Figure[]> {
  const { flavor, image } = await labChoices(api, where);
  const small = flavor('fake.small');
  const there = { site: 'lab', ...where, flavor: small, image };
  const deploy = (count: number) =>
    api.deploy({ recipe: 'many', name: `bench ${count}`, inputs: { machine_count: count }, placement: { machine: there } });

  const calls = await callsOf();
  const one = await deploy(1);
  await active(api, one.id, 1);
  const askedForOne = (await callsOf()) - calls;
  await api.delete(one.id);
  await api.until(one.id, ['deleted'], 900);

  const before = await callsOf();
  const began = performance.now();
  const { id } = await deploy(servers);
  const head = `/deployments/${id}`;
  const beside = await answersAtOnce(JSON.stringify(await api.call('GET', head)));
  const reads = readWhile(() => api.call('GET', head));
  const bareReads = readWhile(() => fetch(beside.url).then((answer) => answer.json()));
  await active(api, id, servers);
  const madeMs = performance.now() - began;
  const asked = (await callsOf()) - before;
  say(`${servers} servers`, madeMs, `${asked} calls`);

  const userData = (await serversOf(id)).map((server) => server.userData);
  const agents = simulateAgents(userData);
  await api.until(id, ['ready'], 300);
  await agents.end();
  const grown = performance.now();
  await api.call('PATCH', `/deployments/${id}`, { inputs: { machine_count: 2 * servers } });
  await active(api, id, 2 * servers);
  const grownMs = performance.now() - grown;
  const readMs = percentile(await reads.end(), 99);
  const bareReadMs = percentile(await bareReads.end(), 99);
  beside.end();
  say(`${servers} more`, grownMs);

  const besideEnd = readWhile(() => api.call('GET', head));
  const ended = performance.now();
  await api.delete(id);
  const answeredMs = performance.now() - ended;
  await api.until(id, ['deleted'], 1200);
  const goneMs = performance.now() - ended;
  await besideEnd.end();
  say('gone', goneMs);
  const left = await leftovers(id);
  if (left.length > 0) throw new Error(`left over: ${left.join(', ')}`);

  // as much is read beside the loop
  const besideLoop = readWhile(() => api.call('GET', head));
  const bare = await bareServers(servers, small, image, userData[0]?.length ?? 0);
  await besideLoop.end();
  say('a bare loop: made', bare.madeMs);
  say('as many more', bare.grownMs);
  say('gone', bare.goneMs);
  const compared = (name: string, value: number, loop: number, limit: number): Figure => ({
    about: 'lab',
    name,
    value,
    unit: 'ms',
    baseline: { name: 'a bare loop', value: loop },
    ratio: value / loop,
    limit,
  });
  return [
    compared(`${servers} servers, from the request to the last that is active`, madeMs, bare.madeMs, 1.1),
    compared(`${servers} more of the same, likewise`, grownMs, bare.grownMs, 1.1),
    compared('all of them, from the end to the last trace', goneMs, bare.goneMs, 1.25),
    { about: 'lab', name: 'requests to the cloud for one server', value: askedForOne, unit: 'calls', limit: 30 },
    { about: 'lab', name: `requests to the cloud until all ${servers} were active`, value: asked, unit: 'calls' },
    { about: 'lab', name: 'reads of its head meanwhile (p99)', value: readMs, unit: 'ms', limit: 50 },
    {
      about: 'lab',
      name: 'which the machine itself keeps waiting',
      value: readMs,
      unit: 'ms',
      baseline: { name: 'a server that answers at once', value: bareReadMs },
      ratio: readMs / bareReadMs,
    },
    { about: 'lab', name: 'the answer to its end', value: answeredMs, unit: 'ms', limit: 200 },
  ];
}

function say(what: string, ms: number, more = ''): void {
  console.log(`  ${what} ${(ms / 1000).toFixed(1)} s ${more}`);
}

/** Until so many of its servers are. */
async function active(api: Api, id: string, count: number): Promise<void> {
  for (const end = Date.now() + 1_200_000; Date.now() < end; await sleep(500)) {
    let there = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: ResourceView[]; next: string | null } = await api.call(
        'GET',
        `/deployments/${id}/resources?limit=200${cursor && `&cursor=${cursor}`}`,
      );
      there += page.items.filter(({ kind, phase }) => kind === 'server' && phase === 'ready').length;
      cursor = page.next;
    }
    if (there >= count) return;
  }
  throw new Error(`There are not ${count} servers.`);
}

/** Reads again and again until it is ended. @returns how long each took, in milliseconds */
function readWhile(read: () => Promise<unknown>): { end(): Promise<number[]> } {
  const times: number[] = [];
  let goes = true;
  const reading = (async () => {
    while (goes) {
      const began = performance.now();
      await read();
      times.push(performance.now() - began);
      await sleep(100);
    }
  })();
  // what went wrong beside it is the news, not that nobody answers any more
  reading.catch(() => {});
  return {
    end: async () => {
      goes = false;
      await reading;
      return times;
    },
  };
}

/** A process that does nothing but give this answer: how long a machine that is full keeps any process waiting. */
async function answersAtOnce(text: string): Promise<{ url: string; end(): void }> {
  const serve = `const server = require('node:http').createServer((_, answer) => answer.end(process.argv[1]));
    server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ['-e', serve, text], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${said}/`, end: () => child.kill() };
}

/** Requests to clouds so far, as /metrics counts them. */
async function callsOf(): Promise<number> {
  const answer = await fetch(`${at}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  if (!answer.ok) throw new Error(`The product does not tell its calls: ${answer.status}`);
  const counts = [...(await answer.text()).matchAll(/^transat_cloud_call_seconds_count\{[^}]*\} (\d+)/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
