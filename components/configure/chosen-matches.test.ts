import { describe, expect, it } from 'vitest';
import { matchItem } from './placing/testing/match-item';
import { chosenMatches } from './request';

const items = (...sites: string[]) => sites.map((site) => matchItem(site));
const ranking = (...sites: string[]) => {
  const all = items(...sites);
  return { items: all, settled: true, best: all[0] };
};
const sitesOf = (sets: Parameters<typeof chosenMatches>[0], choices: Parameters<typeof chosenMatches>[1] = {}) =>
  [...chosenMatches(sets, choices)].map(([set, { site }]) => `${set}: ${site}`).toSorted();
const at = (site: string) => ({ site, project: null, credential: null });

describe('what each part goes to where nobody has chosen', () => {
  it('is the best site for the first, and the best of the others for the next', () => {
    const same = ranking('a', 'b', 'c');
    expect(
      sitesOf([
        { set: 'eu', ranking: same },
        { set: 'us', ranking: same },
      ]),
    ).toEqual(['eu: a', 'us: b']);
  });

  it('leaves the site alone that a person has chosen for another part', () => {
    const same = ranking('a', 'b');
    expect(
      sitesOf(
        [
          { set: 'eu', ranking: same },
          { set: 'us', ranking: same },
        ],
        { us: at('a') },
      ),
    ).toEqual(['eu: b', 'us: a']);
  });

  it('is shared where a person says so, or nothing else fits', () => {
    const same = ranking('a', 'b');
    expect(
      sitesOf(
        [
          { set: 'eu', ranking: same },
          { set: 'us', ranking: same },
        ],
        { eu: at('a'), us: at('a') },
      ),
    ).toEqual(['eu: a', 'us: a']);
    const one = ranking('a');
    expect(
      sitesOf([
        { set: 'eu', ranking: one },
        { set: 'us', ranking: one },
      ]),
    ).toEqual(['eu: a', 'us: a']);
  });

  it('is nothing while the sites are still asked', () => {
    expect(
      sitesOf([
        { set: 'eu', ranking: { items: items('a'), settled: false, best: undefined } },
        { set: 'us', ranking: undefined },
      ]),
    ).toEqual([]);
  });
});
