import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeToken } from '@/lib/auth/tokens';
import { systemClock } from '@/lib/core/clock';
import { builtIn, planningInput } from '@/lib/planning/fixtures/plan';
import { planDeployment } from '@/lib/planning/plan';
import { openStore } from '@/lib/store/store';
import { isBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';

const port = 4990;
const deployments = 5000;
const limit = 400 * 1024;

/**
 * What the web process takes of memory on the embedded database with 5,000 deployments: once it has started, after 200 reads of lists, and after
 * some minutes of pages, lists, plans and deployments' heads by turns.
 */
export async function measureMemory(): Promise<Figure[]> {
  if (!isBuilt()) throw new Error('There is no build to measure: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  const token = await fill(folder);
  const env = { ...process.env, PORT: String(port), TRANSAT_DATA: folder, TRANSAT_SANDBOX: '1', DATABASE_URL: '' };
  const product = await startProduct(env, 'start', join(folder, 'web.log'));
  const take = (name: string): Figure => ({ about: 'memory', name, value: residentKiB(product.pid ?? 0), unit: 'KiB', limit });
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  };
  try {
    // the database is tidied half a minute after the start
    await sleep(40_000);
    const figures = [take('the web process, once started')];
    for (let count = 0; count < 200; count++) await ask('/api/v1/deployments?limit=50');
    figures.push(take('after 200 reads of the list'));
    for (let count = 0; count < 1500; count++) await ask(ways[count % ways.length]?.(count) ?? '/');
    figures.push(take('after 1,500 pages, lists, heads and searches'));
    return figures;
  } finally {
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const ways: ((count: number) => string)[] = [
  () => '/',
  () => '/deployments',
  (count) => `/deployments/${idOf(count)}`,
  (count) => `/api/v1/deployments/${idOf(count)}`,
  () => '/recipes/slurm',
  (count) => `/api/v1/deployments?limit=200&q=${count}`,
  () => '/api/v1/sites?wait=1',
  () => '/deploy/slurm',
];

const idOf = (index: number) => `dep_bench${String(index).padStart(11, '0')}`;

/** A data folder with a person who has 5,000 deployments with plans of their real size. @returns a token of theirs */
async function fill(folder: string): Promise<string> {
  const store = await openStore({ dataDir: folder });
  try {
    const now = new Date();
    const person = { id: 'usr_bench', issuer: 'bench', subject: 'bench', provider: 'sandbox', name: 'Bench', email: null, locale: null };
    await store.db
      .insertInto('users')
      .values({ ...person, created_at: now })
      .execute();
    const plan = planDeployment(planningInput(builtIn.recipe('slurm'), { worker_count: 4 }));
    const text = JSON.stringify(plan);
    const row = (index: number) => ({
      id: idOf(index),
      user_id: person.id,
      name: `Cluster ${index}`,
      state: 'ready' as const,
      recipe: plan.recipe.id,
      request: JSON.stringify({ recipe: plan.recipe.id, addOns: [], inputs: { worker_count: 4 }, placement: {} }),
      plan: text,
      sites: ['sandbox-europe'],
      created_at: new Date(now.getTime() - index * 60_000),
    });
    for (let from = 0; from < deployments; from += 100) {
      await store.db
        .insertInto('deployments')
        .values(Array.from({ length: 100 }, (_, index) => row(from + index)))
        .execute();
    }
    const expiresAt = new Date(now.getTime() + 86_400_000);
    return (await makeToken(store.db, systemClock, person.id, { name: 'bench', scope: 'read', expiresAt })).token.reveal();
  } finally {
    await store.close();
  }
}

/** What of a process is in memory now (proc(5), VmRSS). */
function residentKiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
