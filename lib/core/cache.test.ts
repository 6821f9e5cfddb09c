import { expect, test } from 'vitest';
import { cacheOf } from './cache';
import { ManualClock } from './clock';

test('what was used longest ago leaves first, and is told of', () => {
  const left: { n: number }[] = [];
  const cache = cacheOf<{ n: number }>(2, { onEvict: (value) => left.push(value) });
  cache.set('a', { n: 1 });
  cache.set('b', { n: 2 });
  cache.get('a');
  cache.set('c', { n: 3 });
  cache.set('c', { n: 4 });
  cache.delete('c');
  cache.set('c', { n: 5 });
  expect([...cache.keys()].toSorted()).toEqual(['a', 'c']);
  expect(left).toEqual([{ n: 2 }]);
});

test('a value is good for its time by the given clock, and one with a time of its own for that', () => {
  const clock = new ManualClock(new Date(0));
  const cache = cacheOf<{ n: number }>(10, { clock, lastsMs: 1000 });
  cache.set('usual', { n: 1 });
  cache.set('short', { n: 2 }, { ttl: 10 });
  clock.advance(500);
  expect([cache.get('usual'), cache.get('short')]).toEqual([{ n: 1 }, undefined]);
  clock.advance(501);
  expect(cache.get('usual')).toBeUndefined();
});
