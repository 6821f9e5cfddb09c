import type { MatchItem } from './types';

/** Detours that matter to nobody; sites within it of each other count as equally near. */
const NEAR_KM = 150;

/**
 * The order in which sites are offered: those that fit, those that are not down, the nearest, then the one that would have the most left. Of those that don't fit
 * the ones come first where other choices may help, then those that have not answered yet, then those to which the person can get access.
 */
export function byRank(a: MatchItem, b: MatchItem): number {
  return (
    Number(b.fits) - Number(a.fits) ||
    Number(a.down) - Number(b.down) ||
    far(a) - far(b) ||
    distance(a) - distance(b) ||
    b.score - a.score ||
    a.site.localeCompare(b.site, 'en')
  );
}

/** How far a site is from being used, in steps. */
function far({ fits, project, pending, mendable }: MatchItem): number {
  if (fits) return 0;
  if (project !== null && mendable) return 1;
  if (pending) return 2;
  return mendable ? 3 : 4;
}

function distance({ distanceKm }: MatchItem): number {
  return distanceKm === null ? Number.MAX_SAFE_INTEGER : Math.round(distanceKm / NEAR_KM);
}
