import type { MatchItem } from '@/lib/api/contract/sites';

/** A site that fits, for tests. */
export const matchItem = (site: string, over: Partial<MatchItem> = {}): MatchItem => ({
  site,
  project: { id: 'p', name: 'p' },
  credential: 'c',
  fits: true,
  pending: false,
  down: false,
  mendable: true,
  score: 0,
  reasons: [],
  flavor: null,
  image: null,
  choices: {},
  headroom: {},
  distanceKm: null,
  ...over,
});
