import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '@/lib/core/ids';
import { openStore, type Store } from '@/lib/store/store';
import { startTestPostgres, type TestPostgres } from '@/lib/store/test-postgres';
import { dueDeliveries } from './deliver';
import { type MailServer, mailServer } from './testing/mail-server';
import { TellingWorld } from './testing/world';

let postgres: TestPostgres;
let store: Store | undefined;
let post: MailServer;
let world: TellingWorld;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  postgres = await startTestPostgres();
  if (postgres.url) store = await openStore({ dataDir: '', databaseUrl: postgres.url });
  post = await mailServer();
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await post.close();
  await store?.close();
  await postgres.stop();
});
beforeEach(async ({ skip }) => {
  if (!store) return skip(postgres.missing);
  post.letters.length = 0;
  world = new TellingWorld(store, newId('user'));
  await world.person();
  await world.lease(2);
});

/** A worker in a process of its own, which waits to be told to begin. */
async function worker(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/telling/testing/worker-process.ts'], {
    env: {
      ...process.env,
      DATABASE: postgres.url?.reveal(),
      PORT: String(post.port),
      NOW: world.clock.now().toISOString(),
      USER_ID: world.userId,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.add(child);
  let said = '';
  let look = () => {};
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    look();
  });
  const says = (word: string) =>
    new Promise<void>((resolve) => {
      look = () => said.split('\n').includes(word) && resolve();
      look();
    });
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  await says('up');
  return { begin: () => child.stdin.write('go\n'), says, kill };
}

test('two workers that look at the same moment tell once', async () => {
  const two = await Promise.all([worker(), worker()]);
  for (const { begin } of two) begin();
  await Promise.all(two.map(({ says }) => says('done')));
  expect(post.letters).toHaveLength(1);
  expect(await world.notices()).toHaveLength(1);
  expect(await world.deliveries()).toEqual({ mail: 'sent' });
  await Promise.all(two.map(({ kill }) => kill()));
}, 120_000);

test('what a worker sent before it was killed is sent by no other, at once or later; it is put down as unsure and stays on the screen', async () => {
  const first = await worker({ HANG: '1' });
  first.begin();
  await first.says('sent');
  await first.kill();
  const second = await worker();
  second.begin();
  await second.says('done');
  await second.kill();
  expect(await world.deliveries()).toEqual({ mail: 'sending' });
  world.clock.advance(3_600_000 / 2);
  await dueDeliveries(world.ports);
  const third = await worker();
  third.begin();
  await third.says('done');
  await third.kill();
  expect(post.letters).toHaveLength(1);
  expect(await world.deliveries()).toEqual({ mail: 'unsure' });
  expect(await world.notices()).toHaveLength(1);
}, 120_000);
