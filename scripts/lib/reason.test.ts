import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { reasonOf } from './reason';

test('a port that is taken is told with what to do', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => first.once('listening', resolve));
  const error = await new Promise<unknown>((resolve) => createServer().once('error', resolve).listen(first.address()));
  expect(reasonOf(error)).toMatch(/address already in use .*\n.*choose another port, such as PORT=/);
  first.close();
});

test('a refusal of ours is told whole, another error by its message', () => {
  expect(reasonOf(new AppError({ code: 'not-ready', title: 'Not yet', detail: 'It waits.', remedy: 'Wait, too.' }))).toBe(
    'Not yet.\nIt waits.\nWait, too.',
  );
  expect(reasonOf(new Error('just so'))).toBe('just so');
});
