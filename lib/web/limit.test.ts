import { expect, test } from 'vitest';
import { Limit, Limits } from './limit';

/** A task that ends when it is told to. */
function task() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = false;
  const run = () => {
    started = true;
    return promise;
  };
  return { run, finish: resolve, started: () => started };
}

test('no more run at once than allowed, and the next starts when one ends', async () => {
  const limit = new Limit(2);
  const tasks = [task(), task(), task()];
  const runs = tasks.map(({ run }) => limit.run(run));
  await Promise.resolve();
  expect(tasks.map(({ started }) => started())).toEqual([true, true, false]);
  tasks[1]?.finish();
  await runs[1];
  await Promise.resolve();
  expect(tasks[2]?.started()).toBe(true);
  tasks[0]?.finish();
  tasks[2]?.finish();
  await Promise.all(runs);
});

test('a task that fails gives its place up', async () => {
  const limit = new Limit(1);
  await expect(limit.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limit.run(async () => 'yes')).toBe('yes');
});

test('who gives up waiting never starts, and holds up nobody', async () => {
  const limit = new Limit(1);
  const [first, second] = [task(), task()];
  const running = limit.run(first.run);
  const controller = new AbortController();
  const waiting = limit.run(second.run, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  first.finish();
  await running;
  expect(second.started()).toBe(false);
  expect(await limit.run(async () => 'next')).toBe('next');
});

test('who asked for many holds up nobody: each that waits has a turn, in the order in which they came', async () => {
  const limit = new Limit(1);
  const ran: string[] = [];
  const asked = (name: string, turn: string) => limit.run(async () => void ran.push(name), undefined, turn);
  await Promise.all([
    asked('a1', 'a'),
    asked('a2', 'a'),
    asked('a3', 'a'),
    asked('b1', 'b'),
    asked('a4', 'a'),
    asked('c1', 'c'),
    asked('b2', 'b'),
  ]);
  expect(ran).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('who gives up among several of one turn takes nobody’s place', async () => {
  const limit = new Limit(1);
  const first = task();
  const controller = new AbortController();
  const running = limit.run(first.run);
  const given = limit.run(async () => 'given up', controller.signal, 'a');
  const other = limit.run(async () => 'other', undefined, 'a');
  controller.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  first.finish();
  await running;
  expect(await other).toBe('other');
});

test('room that grows is filled when a task ends, and room that shrinks is left', async () => {
  let most = 1;
  const limit = new Limit(() => most);
  const tasks = [task(), task(), task(), task()];
  const started = () => tasks.map((each) => each.started());
  const runs = tasks.map(({ run }) => limit.run(run));
  await Promise.resolve();
  expect(started()).toEqual([true, false, false, false]);
  most = 2;
  tasks[0]?.finish();
  await runs[0];
  expect(started()).toEqual([true, true, true, false]);
  most = 1;
  tasks[1]?.finish();
  await runs[1];
  expect(started()).toEqual([true, true, true, false]);
  for (const { finish } of tasks) finish();
  await Promise.all(runs);
});

test('alike limits hold nobody up of another key, and are kept only while somebody uses them', async () => {
  const limits = new Limits(() => 1);
  const [first, second, other] = [task(), task(), task()];
  const runs = [limits.run('a', first.run), limits.run('a', second.run), limits.run('b', other.run)];
  await Promise.resolve();
  expect([first.started(), second.started(), other.started(), limits.size]).toEqual([true, false, true, 2]);
  for (const { finish } of [first, second, other]) finish();
  await Promise.all(runs);
  expect(limits.size).toBe(0);
  const away = AbortSignal.abort(new Error('away'));
  await expect(limits.run('a', first.run, away)).rejects.toThrow('away');
  expect(limits.size).toBe(0);
});
