import { expect, test, vi } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { markUnclear } from '@/lib/web/unclear';
import { inBulk } from './in-bulk';

const refused = (status: number) =>
  new AppError({ code: 'upstream-refused', title: `${status}`, upstream: { service: 'network', status, message: 'no' } });

function bulk(fails?: (bodies: number[]) => unknown) {
  const all = vi.fn(async (bodies: number[]) => {
    const error = fails?.(bodies);
    if (error) throw error;
    return bodies.map((body) => body * 10);
  });
  const one = vi.fn(async (body: number) => {
    if (body === 2) throw refused(409);
    return body * 10;
  });
  return { all, one, ask: inBulk(all, one) };
}
const outcomes = async (asked: Promise<number>[]) =>
  (await Promise.allSettled(asked)).map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message));

test('what is asked for at once goes out as one request, and each has its own answer', async () => {
  const { all, one, ask } = bulk();
  expect(await outcomes([ask(1), ask(3), ask(4)])).toEqual([10, 30, 40]);
  expect(all.mock.calls).toEqual([[[1, 3, 4]]]);
  expect(one).not.toHaveBeenCalled();
});

test('one alone is asked for as one, and what comes later goes by itself', async () => {
  const { all, one, ask } = bulk();
  expect([await ask(1), await ask(3)]).toEqual([10, 30]);
  expect(all).not.toHaveBeenCalled();
  expect(one).toHaveBeenCalledTimes(2);
});

test('very many go out in several requests, the first of which are small', async () => {
  const { all, ask } = bulk();
  await Promise.all(Array.from({ length: 61 }, (_, index) => ask(index)));
  expect(all.mock.calls.map(([bodies]) => bodies.length)).toEqual([3, 3, 3, 6, 6, 6, 8, 8, 8, 8, 2]);
});

test('three such requests are under way at once, and the next follows each that ends', async () => {
  const ends: (() => void)[] = [];
  const all = vi.fn((bodies: number[]) => new Promise<number[]>((done) => ends.push(() => done(bodies))));
  const ask = inBulk(all, async (body) => body);
  const asked = Promise.all(Array.from({ length: 21 }, (_, index) => ask(index)));
  await vi.waitFor(() => expect(all).toHaveBeenCalledTimes(3));
  ends.shift()?.();
  await vi.waitFor(() => expect(all).toHaveBeenCalledTimes(4));
  ends.shift()?.();
  await vi.waitFor(() => expect(all).toHaveBeenCalledTimes(5));
  for (const end of ends) end();
  expect(await asked).toHaveLength(21);
});

test.each([400, 404, 409, 413])('after a refusal by %i, which may be about one alone, each is asked for by itself', async (status) => {
  const { one, ask } = bulk(() => refused(status));
  expect(await outcomes([ask(1), ask(2), ask(3)])).toEqual([10, expect.stringContaining('409'), 30]);
  expect(one).toHaveBeenCalledTimes(3);
});

test.each<[string, unknown]>([
  ['a refusal of the person', refused(403)],
  ['too many requests', refused(429)],
  ['a fault of the site', refused(500)],
  ['no clear answer', markUnclear(refused(409))],
  ['a mistake of ours', new Error('oh')],
])('%s is told of all, and nothing is asked for again', async (_what, error) => {
  const { one, ask } = bulk(() => error);
  const [first, second] = await outcomes([ask(1), ask(3)]);
  expect([first, second]).toEqual([(error as Error).message, (error as Error).message]);
  expect(one).not.toHaveBeenCalled();
});
