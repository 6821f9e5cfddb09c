import type { MatchItem } from './types';

/** Detours that matter to nobody; sites within it of each other count as equally near. */
const NEAR_KM = 150;

/**
 * The order in which sites are offered: those that fit, those that are not down, the nearest, then the one that would have the most left.
 * Sites that have not answered yet come before those that said no.
 */
export function byRank(a: MatchItem, b: MatchItem): number {
  return (
    Number(b.fits) - Number(a.fits) ||
    Number(a.down) - Number(b.down) ||
    Number(b.project !== null) - Number(a.project !== null) ||
    Number(b.pending) - Number(a.pending) ||
    distance(a) - distance(b) ||
    b.score - a.score ||
    a.site.localeCompare(b.site, 'en')
  );
}

function distance({ distanceKm }: MatchItem): number {
  return distanceKm === null ? Number.MAX_SAFE_INTEGER : Math.round(distanceKm / NEAR_KM);
}
