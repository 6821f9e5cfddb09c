import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { HOUR, MINUTE } from '../calendar/moments';
import { type Extension, extensionLimit, type Limit } from '../rules/extension';
import { hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import type { Lease } from '../types';
import { autoExtension } from './auto-extend';

const limits = (now: Limit | null, opensAt: number | null = null): Extension => ({ now, later: now, opensAt, certain: true });
const max = (at: number): Limit => ({ rule: 'max-length', at: inHours(at) });

describe('a lease that is to last longer by itself', () => {
  // it ends in 12 hours
  it.each<[string, number, Extension, Partial<Lease>, object]>([
    ['is extended as far as is wanted', 40, limits(null), {}, { do: 'extend', to: inHours(40) }],
    ['… where the limit is just there', 40, limits(max(40)), {}, { do: 'extend', to: inHours(40) }],
    ['as far as it can be, and says which rule binds', 40, limits(max(39)), {}, { do: 'extend', to: inHours(39), rule: 'max-length' }],
    [
      'waits for its window',
      40,
      limits({ rule: 'extension-window', at: inHours(12) }, inHours(5)),
      {},
      { do: 'wait', at: inHours(5) + MINUTE },
    ],
    ['waits a minute more: clocks differ', 40, limits(null, NOW), {}, { do: 'wait', at: NOW + MINUTE }],
    ['… and no longer', 40, limits(null, NOW - MINUTE), {}, { do: 'extend', to: inHours(40) }],
    [
      'is stuck where a rule stands against it, and looked at again',
      40,
      limits({ rule: 'next-reservation', at: inHours(12) }),
      {},
      { do: 'stuck', rule: 'next-reservation', lookAt: inHours(1) },
    ],
    [
      '… in time before its end',
      40,
      limits({ rule: 'balance', at: inHours(1) }),
      { end: inHours(1) },
      { do: 'stuck', rule: 'balance', lookAt: inHours(0.5) },
    ],
    [
      '… every minute at last',
      40,
      limits({ rule: 'balance', at: inHours(0.25) }),
      { end: inHours(0.25) },
      { do: 'stuck', rule: 'balance', lookAt: NOW + MINUTE },
    ],
    ['lasts long enough already', 12, limits(null), {}, { do: 'nothing', why: 'reached' }],
    ['lasts longer', 2, limits(null), {}, { do: 'nothing', why: 'reached' }],
    ['is over', 40, limits(null), { end: NOW }, { do: 'nothing', why: 'over' }],
    ['was ended', 40, limits(null), { status: 'TERMINATED' }, { do: 'nothing', why: 'over' }],
    ['is being ended', 40, limits(null), { status: 'TERMINATING' }, { do: 'nothing', why: 'over' }],
  ])('%s', (_name, until, extension, of, decision) => {
    expect(autoExtension(lease(of), inHours(until), extension, NOW)).toEqual(decision);
  });

  it('gets there in steps at a site that gives seven days at a time, never too early and never too late', () => {
    const start = hours(-1, 100);
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1500 }), (goal) => {
        const site = leaseSite({ hosts: hosts(1, 1), rules: chameleonMetal });
        let [now, one, steps] = [NOW, lease({ ...start, hosts: ['1'] }), 0];
        for (; steps < 50; steps += 1) {
          const decision = autoExtension(one, inHours(goal), extensionLimit(one, site, { now }), now);
          if (decision.do === 'nothing') break;
          if (decision.do === 'wait') {
            expect(decision.at).toBeGreaterThan(now);
            expect(decision.at).toBeLessThan(one.end);
            now = decision.at;
          } else {
            expect(decision.do).toBe('extend');
            if (decision.do !== 'extend') return;
            // Chameleon's own checks
            expect(one.end - now).toBeLessThanOrEqual(48 * HOUR);
            expect(decision.to - one.end).toBeLessThanOrEqual(168 * HOUR);
            one = { ...one, end: decision.to };
          }
        }
        expect(one.end).toBe(inHours(goal));
        expect(steps).toBeLessThan(50);
      }),
    );
  });
});
