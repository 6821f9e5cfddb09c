import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from './store';
import { startTestPostgres } from './test-postgres';

// A worker in a process of its own, which takes one deployment and never ends with it.
function hangingWorker(env: Record<string, string>): Promise<ChildProcess> {
  const script = `import { openStore } from '@/lib/store/store';
    import { Secret } from '@/lib/core/secret';
    const databaseUrl = process.env.TEST_URL ? new Secret(process.env.TEST_URL) : undefined;
    const store = await openStore({ dataDir: process.env.TEST_DIR ?? '', databaseUrl });
    await store.queue.work(async (id) => { console.log('taken ' + id); await new Promise(() => {}); }, { any: 1 });
    await store.enqueuePass('dep_1');`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => child.stdout?.once('data', () => resolve(child)));
}

async function killed(child: ChildProcess): Promise<void> {
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await end;
}

test('on PostgreSQL, a deployment whose worker was killed goes to another worker', async ({ skip }) => {
  const postgres = await startTestPostgres();
  if (!postgres.url) return skip(postgres.missing);
  const child = await hangingWorker({ TEST_URL: postgres.url.reveal() });
  const store = await openStore({ dataDir: '', databaseUrl: postgres.url });
  const taken = Promise.withResolvers<string>();
  await store.queue.work(async (id) => taken.resolve(id), { any: 1 });
  await killed(child);
  const began = Date.now();
  expect(await taken.promise).toBe('dep_1');
  expect((Date.now() - began) / 1000).toBeLessThan(40);
  await store.close();
  await postgres.stop();
}, 90_000);

test('on the embedded database, the next process takes the deployment of a killed one at once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'transat-takeover-'));
  await killed(await hangingWorker({ TEST_DIR: dataDir }));
  const store = await openStore({ dataDir });
  const taken = Promise.withResolvers<string>();
  await store.queue.releaseOrphans();
  const began = Date.now();
  await store.queue.work(async (id) => taken.resolve(id), { any: 1 });
  expect(await taken.promise).toBe('dep_1');
  expect((Date.now() - began) / 1000).toBeLessThan(8);
  await store.close();
}, 90_000);
