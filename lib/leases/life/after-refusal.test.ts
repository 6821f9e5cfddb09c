import { expect, it } from 'vitest';
import type { ErrorCode } from '@/lib/core/errors';
import { HOUR, MINUTE } from '../calendar/moments';
import { inHours, NOW } from '../testing/site';
import { afterRefusal } from './after-refusal';

it.each<[string, ErrorCode, number, number, number | null]>([
  ['by the site’s rules, is asked for again soon', 'upstream-refused', 1, 10, NOW + MINUTE],
  ['… then later', 'upstream-refused', 3, 10, NOW + 4 * MINUTE],
  ['… and no more', 'upstream-refused', 4, 10, null],
  ['for want of units is asked for no more', 'quota-exceeded', 4, 10, null],
  ['since others have the hosts is asked for as long as it lasts', 'no-host-available', 30, 10, NOW + HOUR],
  ['since the site does not answer is asked for as long as it lasts', 'site-unreachable', 30, 10, NOW + HOUR],
  ['while the site is busy with it is asked for again', 'conflict', 2, 10, NOW + 2 * MINUTE],
  ['is asked for a last time ten minutes before its end', 'site-unreachable', 30, 0.5, NOW + 20 * MINUTE],
  ['is asked for each minute at last', 'site-unreachable', 30, 0.1, NOW + MINUTE],
  ['of a lease that is over is asked for no more', 'site-unreachable', 1, 0, null],
])('an extension that was refused %s', (_name, code, tries, end, at) => {
  expect(afterRefusal(code, tries, inHours(end), NOW)).toEqual(at === null ? { do: 'stop' } : { do: 'again', at });
});
