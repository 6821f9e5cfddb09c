import { expect, test } from 'vitest';
import { Limit } from './limit';

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
