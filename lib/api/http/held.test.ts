import { expect, test } from 'vitest';
import { Holding } from './held';

const refused = expect.objectContaining({ code: 'rate-limited', retryAfter: 5 });

test('one person may have so many answers open, another as many again, and what is closed makes room', () => {
  const holding = new Holding();
  const open = Array.from({ length: 100 }, () => holding.take('ada', 'streams', 1));
  expect(() => holding.take('ada', 'streams', 1)).toThrow(refused);
  holding.take('noah', 'streams', 1);
  open[0]?.();
  open[0]?.();
  holding.take('ada', 'streams', 1);
  expect(() => holding.take('ada', 'streams', 1)).toThrow(refused);
});

test('bytes that are under way are counted together, and apart from streams', () => {
  const holding = new Holding();
  const giveBack = holding.take('ada', 'bytes', 8 * 1024 * 1024);
  expect(() => holding.take('ada', 'bytes', 1)).toThrow(refused);
  holding.take('ada', 'streams', 1);
  giveBack();
  holding.take('ada', 'bytes', 1);
});
