import { describe, expect, it } from 'vitest';
import { readWish, windowsQuery } from './wish';

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
