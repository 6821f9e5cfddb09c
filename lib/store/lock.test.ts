import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from './lock';
import { openStore } from './store';

const folder = () => mkdtempSync(join(tmpdir(), 'transat-lock-'));

function lockIn(path: string): Promise<{ output: string; child: ReturnType<typeof spawn> }> {
  const script = `import { takeLock } from '@/lib/store/lock';
    try { takeLock(${JSON.stringify(path)}); console.log('taken'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.code + ': ' + error.detail); }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => child.stdout?.once('data', (output: Buffer) => resolve({ output: output.toString(), child })));
}
const ended = (child: ReturnType<typeof spawn>) => new Promise((resolve) => child.once('exit', resolve));

test('a second process is refused, and told which process holds the database', async () => {
  const path = join(folder(), 'db.lock');
  const release = takeLock(path);
  const second = await lockIn(path);
  expect(second.output).toContain(`conflict: The embedded database at`);
  expect(second.output).toContain(`process ${process.pid}`);
  release();
  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that was killed is taken over', async () => {
  const path = join(folder(), 'db.lock');
  const first = await lockIn(path);
  expect(first.output.trim()).toBe('taken');
  expect(() => takeLock(path)).toThrow(/only one process/);
  first.child.kill('SIGKILL');
  await ended(first.child);
  const release = takeLock(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  release();
});

test('the lock of an earlier process with the same number is taken over', () => {
  const path = join(folder(), 'db.lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: '1', boot: '' }));
  const release = takeLock(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  release();
});

test('a lock file that holds nonsense is taken over', () => {
  const path = join(folder(), 'db.lock');
  writeFileSync(path, 'x');
  const release = takeLock(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  release();
});

test('the embedded database is kept over a close, and refused while it is open', async () => {
  const dataDir = folder();
  const store = await openStore({ dataDir });
  await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'conflict' });
  await store.db
    .insertInto('audit')
    .values({ at: new Date(0), action: 'tested', subject: 'store' })
    .execute();
  await store.close();
  const again = await openStore({ dataDir });
  expect(await again.db.selectFrom('audit').select(['id', 'action']).execute()).toEqual([{ id: 1, action: 'tested' }]);
  await again.close();
}, 90_000);
