import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../e2e/lib/api';
import { labChoices } from '../../e2e/lib/journey';
import { leftovers, tokenOf } from '../../e2e/lib/lab';
import { isBuilt } from '../lib/build';
import { bringUpLab } from '../lib/lab';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';
import { bareServers, makeRoom } from './lab-bare';
import { percentile } from './time';

const port = 4991;
const servers = 50;
const where = { credential: 'oidc:lab' };

/**
 * A cluster of 50 servers of Nova's fake driver on the lab, from the request to the last that is active, and from the end to the last trace, beside a bare loop of
 * calls that does the same; what Transat asks the cloud for it; and how long its own API takes meanwhile. By name only (`npm run bench -- lab`): it needs the lab.
 */
export async function measureLab(): Promise<Figure[]> {
  if (!isBuilt()) throw new Error('There is no build to measure: npm run build');
  if (!(await bringUpLab())) throw new Error('There is no lab to measure on.');
  const data = mkdtempSync(join(tmpdir(), 'transat-bench-lab-'));
  const env = { ...process.env, TRANSAT_CONFIG: 'e2e/lab.yaml', TRANSAT_DATA: data, PORT: String(port), DATABASE_URL: '' };
  const endRoom = await makeRoom(servers);
  const product = await startProduct(env, 'start', join(data, 'web.log'));
  try {
    return await measure(new Api(`http://127.0.0.1:${port}`, tokenOf('alice')));
  } finally {
    await product.close();
    await endRoom();
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(api: Api): Promise<Figure[]> {
  const { flavor, image } = await labChoices(api, where);
  const [small, debian] = [flavor('fake.small'), image('debian-12')];
  const at = { site: 'lab', ...where, flavor: small, image: debian };
  const body = {
    recipe: 'slurm',
    name: 'bench',
    inputs: { worker_count: servers - 1, shared_home: 'none' },
    placement: { controller: at, workers: at },
  };
  const before = await callsOf();
  const began = performance.now();
  const { id } = await api.deploy(body);
  const reads = readWhile(api, `/deployments/${id}`);
  const active = async () => (await api.resources(id)).filter(({ kind, phase }) => kind === 'server' && phase === 'ready').length;
  while ((await active()) < servers) await sleep(1000);
  const madeMs = performance.now() - began;
  const asked = (await callsOf()) - before;
  const readMs = await reads.end();
  const ended = performance.now();
  await api.delete(id);
  const answeredMs = performance.now() - ended;
  await api.until(id, ['deleted'], 900);
  const goneMs = performance.now() - ended;
  const left = await leftovers(id);
  if (left.length > 0) throw new Error(`left over: ${left.join(', ')}`);
  const bare = await bareServers(servers, small, debian);
  const beside = (value: number) => ({ name: 'a bare loop', value });
  return [
    {
      about: 'lab',
      name: `${servers} servers, from the request to the last that is active`,
      value: madeMs,
      unit: 'ms',
      baseline: beside(bare.madeMs),
      ratio: madeMs / bare.madeMs,
      limit: 1.1,
    },
    {
      about: 'lab',
      name: 'the same, from the end to the last trace',
      value: goneMs,
      unit: 'ms',
      baseline: beside(bare.goneMs),
      ratio: goneMs / bare.goneMs,
      limit: 1.25,
    },
    { about: 'lab', name: 'requests to the cloud until all were active', value: asked, unit: 'calls' },
    { about: 'lab', name: 'reads of its head meanwhile (p99)', value: percentile(readMs, 99), unit: 'ms', limit: 50 },
    { about: 'lab', name: 'the answer to its end', value: answeredMs, unit: 'ms', limit: 200 },
  ];
}

/** Reads a path again and again until it is ended. */
function readWhile(api: Api, path: string): { end(): Promise<number[]> } {
  const times: number[] = [];
  let goes = true;
  const reading = (async () => {
    while (goes) {
      const began = performance.now();
      await api.call('GET', path);
      times.push(performance.now() - began);
      await sleep(100);
    }
  })();
  return {
    end: async () => {
      goes = false;
      await reading;
      return times;
    },
  };
}

/** Requests to clouds so far, as /metrics counts them. */
async function callsOf(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const counts = [...text.matchAll(/^transat_cloud_call_seconds_count\{[^}]*\} (\d+)/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
