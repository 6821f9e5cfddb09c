import { expect, it } from 'vitest';
import type { SiteFacts } from '@/lib/sites/types';
import { keptAlone, withKeptParts } from './kept-parts';

const facts = (zones: string[], types: string[], gaps: string[]): SiteFacts => ({
  flavors: [],
  images: [],
  networks: [],
  quotas: {},
  availabilityZones: zones,
  volumeTypes: types,
  asOf: '2026-11-21T12:00:00.000Z',
  gaps: gaps.map((part) => ({ part, problem: { code: 'deadline-passed', title: 'late', detail: 'late' } })),
});

it('fills a gap with what the site told before, again and again, and takes all else as it is now', () => {
  const first = facts(['nova'], ['ssd'], []);
  const second = withKeptParts(facts([], [], ['availability zones']), first);
  expect(second).toMatchObject({ availabilityZones: ['nova'], volumeTypes: [], gaps: [{ part: 'availability zones' }] });
  expect(withKeptParts(facts([], ['hdd'], ['availability zones']), second)).toMatchObject({
    availabilityZones: ['nova'],
    volumeTypes: ['hdd'],
  });
});

it('old quotas stand in the place of those that are not told, with their age, however often that happens', () => {
  const told = { ...facts([], [], []), quotas: { cores: { limit: 20, used: 4 }, networks: { limit: 3, used: 0 } } };
  const late = { ...facts([], [], ['compute quota']), quotas: { networks: { limit: 3, used: 1 } }, asOf: '2026-11-21T13:00:00.000Z' };
  const old = withKeptParts(late, told);
  expect(old.quotas).toEqual({ cores: { limit: 20, used: 4, since: '2026-11-21T12:00:00.000Z' }, networks: { limit: 3, used: 1 } });
  expect(withKeptParts(late, old).quotas.cores).toEqual(old.quotas.cores);
  expect(old.gaps).toMatchObject([{ part: 'compute quota', since: '2026-11-21T12:00:00.000Z' }]);
  expect(withKeptParts(late, old).gaps).toMatchObject([{ part: 'compute quota', since: '2026-11-21T12:00:00.000Z' }]);
  expect(keptAlone(old, late.gaps[0]?.problem ?? expect.fail()).gaps).toMatchObject([
    { part: 'compute quota', since: '2026-11-21T12:00:00.000Z' },
    { part: 'all', since: '2026-11-21T13:00:00.000Z' },
  ]);
});

it('what a site never told is not known: no number stands there, and no age', () => {
  const never = withKeptParts(facts([], [], ['volume quota']), facts([], [], ['volume quota']));
  expect(never.quotas).toEqual({});
  expect(never.gaps).toEqual([expect.objectContaining({ part: 'volume quota', since: undefined })]);
});
