import { expect, test } from 'vitest';
import { en } from '@/components/messages/en';
import { translator } from '@/components/messages/translate';
import { nodesSaid } from './nodes-said';

test.each([
  [{ count: 2, countInput: 'worker_count' }, 'you choose, 2 at first'],
  [{ count: 0, countInput: 'worker_count' }, 'you choose, 0 at first'],
  [{ count: 1 }, '1 node'],
  [{ count: 0 }, 'only where you ask for them'],
])('%j is told as %s', (group, said) => {
  expect(nodesSaid(translator('en', en), group)).toBe(said);
});
