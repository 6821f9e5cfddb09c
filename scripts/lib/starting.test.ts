import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '@/lib/store/store';
import { root } from './shell';

const { TRANSAT_KEY: _key, TRANSAT_KEY_PREVIOUS: _previous, DATABASE_URL: _database, TRANSAT_CONFIG: _config, ...bare } = process.env;

/** Runs a task as npm would, to its end. */
function task(name: string, env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', `scripts/tasks/${name}.ts`], {
    cwd: root,
    env: { ...bare, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}
const folder = () => mkdtempSync(join(tmpdir(), 'transat-start-'));
// only what is asked before anything is started is looked at here: no build is needed
const start = (env: Record<string, string>) =>
  new Promise<string>((resolve) => {
    const code = `import('./scripts/lib/product.ts').then((product) => product.startProduct(process.env)).then(() => console.log('STARTED'), (error) => console.log(error.message))`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
      cwd: root,
      env: { ...bare, PORT: '0', ...env },
    });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.on('close', () => resolve(said));
  });

test('without a key for a database server nothing starts', async () => {
  const data = folder();
  expect(await start({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', TRANSAT_DATA: data })).toContain('TRANSAT_KEY is not set');
  expect(readdirSync(data)).toEqual([]);
});

test('with a key file that others may read nothing starts', async () => {
  const data = folder();
  writeFileSync(join(data, 'key'), Buffer.alloc(32, 1).toString('base64'));
  chmodSync(join(data, 'key'), 0o644);
  expect(await start({ TRANSAT_DATA: data })).toMatch(/Others than its owner may read .*chmod 600/);
});

test('with a secrets store whose login is not said nothing starts', async () => {
  const data = folder();
  writeFileSync(join(data, 't.yaml'), 'vault:\n  address: https://vault.example.org\n  transit: {key: transat}\n');
  expect(await start({ TRANSAT_DATA: data, TRANSAT_CONFIG: join(data, 't.yaml') })).toMatch(/t\.yaml:\d+: vault\.auth/);
});

test('the key is rotated by the command, and not while another process has the embedded database', { timeout: 240_000 }, async () => {
  const data = folder();
  const running = await openStore({ dataDir: data, databaseUrl: undefined });
  const refused = await task('rotate-key', { TRANSAT_DATA: data });
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining(`open in process ${process.pid}`) });
  await running.close();
  const done = await task('rotate-key', { TRANSAT_DATA: data });
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('rules from now on') });
  expect(readdirSync(data)).not.toContain('key.next');
});
