import { describe, expect, it, test } from 'vitest';
import type { MatchItem } from '@/lib/api/contract/sites';
import { matchItem } from './testing/match-item';
import { askSitesAgain, searchOf } from './why-no-site';

const item = (site: string, over: Partial<MatchItem> = {}) =>
  matchItem(site, { fits: false, reasons: [{ good: false, text: `${site} is full`, remedy: 'Ask for more.' }], ...over });
const set = (items: MatchItem[] | undefined, chosen?: MatchItem, { failed = false, settled = true } = {}) => ({
  ranking: items && { items, settled },
  chosen,
  failed,
});

describe('why there is no plan', () => {
  it('is not asked where every set has its site', () => {
    expect(searchOf([set([], item('a'))])).toEqual({ state: 'found' });
    expect(searchOf([])).toEqual({ state: 'found' });
  });

  it('is not known while the sites are asked, or none of them has answered', () => {
    expect(searchOf([set(undefined)])).toEqual({ state: 'searching' });
    expect(searchOf([set([item('a', { project: null, pending: true }), item('b')], undefined, { settled: false })])).toEqual({
      state: 'searching',
    });
    expect(searchOf([set(undefined, undefined, { failed: true })])).toEqual({ state: 'failed' });
  });

  it('is what the sites lack that came closest, with how many are still asked', () => {
    const silent = item('z', { project: null, pending: true });
    expect(searchOf([set([], item('a')), set([item('a'), item('b'), item('c'), item('d'), silent])])).toEqual({
      state: 'none',
      pending: 1,
      reasons: ['a', 'b', 'c'].map((site) => ({ site, text: `${site} is full`, remedy: 'Ask for more.' })),
    });
  });

  it('is that there is no site, where there is none', () =>
    expect(searchOf([set([])])).toEqual({ state: 'none', pending: 0, reasons: [] }));
});

test.each([
  ['nobody has been asked', undefined, false],
  ['not all who are quick have told', { items: [item('a')], settled: false }, false],
  ['one fits', { items: [item('a'), item('b', { fits: true })], settled: true }, false],
  ['none fits', { items: [item('a')], settled: true }, 60_000],
])('sites are asked again by themselves or not where %s', (_what, ranking, after) => expect(askSitesAgain(ranking)).toBe(after));
