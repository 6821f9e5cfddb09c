import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFor } from '../wall-field';
import { readWish, windowsQuery, wishNow } from './wish';

const wish = (address: string) => {
  const query = new URLSearchParams(address);
  return readWish((name) => query.get(name) ?? '');
};
const asked = (address: string) =>
  Object.fromEntries(Object.entries(windowsQuery(wish(address), 'Europe/Madrid')).filter(([, value]) => value !== undefined));

describe('what is looked for', () => {
  it.each([
    ['', { count: 1, hours: 6, preset: 'next-slot', zone: 'Europe/Madrid' }],
    ['count=2&gpus=1&when=tomorrow', { count: 2, hours: 6, gpus: 1, preset: 'tomorrow', zone: 'Europe/Madrid' }],
    ['type=gpu_a100&hours=0.5', { count: 1, hours: 0.5, nodeType: 'gpu_a100', preset: 'next-slot', zone: 'Europe/Madrid' }],
    [
      'when=between&from=2026-11-28T08:00:00.000Z&to=2026-11-30T08:00:00.000Z&flavor=any',
      {
        count: 1,
        hours: 6,
        flavor: 'any',
        from: '2026-11-28T08:00:00.000Z',
        to: '2026-11-30T08:00:00.000Z',
        zone: 'Europe/Madrid',
      },
    ],
    // what is no number, or none that makes sense
    ['count=-3&hours=x&gpus=1e9&when=never&memory=', { count: 1, hours: 6, preset: 'next-slot', zone: 'Europe/Madrid' }],
  ])('“%s” asks for %j', (address, query) => {
    expect(asked(address)).toEqual(query);
  });
});

describe('what an address says of time', () => {
  it.each([
    ['from=x&to=2026-11-30', { from: '', to: '2026-11-30T00:00:00.000Z' }],
    ['from=%2B275760-09-13T00:00:00Z', { from: '' }],
    ['from=-000001-01-01T00:00:00Z', { from: '' }],
  ])('“%s” is read once, and what is no time is none', (address, times) => {
    expect(wish(`when=between&${address}`)).toMatchObject(times);
  });

  it('whatever stands in it, the wish can be asked for and shown', () => {
    const names = ['from', 'to', 'when', 'count', 'hours', 'gpus', 'memory', 'q'] as const;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (given) => {
        const read = readWish((name) => given[name as (typeof names)[number]] ?? '');
        for (const time of [read.from, read.to]) expect(() => textFor('', time, 'America/Chicago')).not.toThrow();
        expect(read.count * read.hours).toBeGreaterThan(0);
      }),
    );
  });

  it.each([
    ['2026-11-28T18:00:00Z', 'tonight'],
    ['2026-11-28T22:40:00Z', 'now'],
  ])('at %s in Madrid, tonight is %s', (now, when) => {
    expect(wishNow(wish('when=tonight'), Date.parse(now), 'Europe/Madrid').when).toBe(when);
  });
});
