import type { MatchItem, Ranking } from '@/lib/api/contract/sites';

/** A ranking on the screen, with the match that is taken where nobody chooses. */
export interface ShownRanking extends Ranking {
  best: MatchItem | undefined;
}

const isSame = (a: MatchItem, b: MatchItem) => a.site === b.site && a.project?.id === b.project?.id;

/**
 * What to show after more sites have told. Nothing is taken before those that are quick have all told; after that, what was taken stays
 * as long as it fits: a slow site that would have been nearer must not move a plan that is being read.
 */
export function grow(shown: ShownRanking | undefined, ranking: Ranking): ShownRanking {
  // while sites are asked anew for the same, the ranking that is there stays
  if (!ranking.settled) return shown?.settled ? shown : { ...ranking, best: undefined };
  const fitting = ranking.items.filter(({ fits }) => fits);
  const { best } = shown ?? {};
  return { ...ranking, best: fitting.find((item) => best && isSame(item, best)) ?? fitting[0] };
}
