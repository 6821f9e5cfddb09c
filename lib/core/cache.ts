import { LRUCache } from 'lru-cache';
import type { Clock } from './clock';

export type Cache<V extends NonNullable<unknown>> = LRUCache<string, V>;

interface CacheOptions<V> {
  /** by which values grow old; left out: they stay as long as there is room */
  clock?: Clock;
  /** milliseconds that a value is good for, where `set` is not given its own `ttl`; it is dropped then, not only no longer given */
  lastsMs?: number;
  /** how much of the room a value takes; left out: each one */
  sizeOf?: (value: V) => number;
  /** told of a value that had to leave for want of room */
  onEvict?: (value: V) => void;
}

/**
 * What a process remembers for a while, by a text: at most so many values, or of so much size, and those that were used longest ago leave first.
 * The one place that knows lru-cache.
 */
export function cacheOf<V extends NonNullable<unknown>>(most: number, { clock, lastsMs, sizeOf, onEvict }: CacheOptions<V> = {}): Cache<V> {
  return new LRUCache<string, V>({
    ...(sizeOf ? { maxSize: most, sizeCalculation: sizeOf } : { max: most }),
    dispose: (value, _key, reason) => reason === 'evict' && onEvict?.(value),
    // a value that was set at the moment 0 would never grow old: to the library that is no moment
    ...(clock
      ? { ttl: lastsMs ?? 0, ttlAutopurge: lastsMs !== undefined, ttlResolution: 0, perf: { now: () => clock.now().getTime() + 1 } }
      : {}),
  });
}
