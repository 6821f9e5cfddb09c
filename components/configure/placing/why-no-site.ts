import type { MatchItem, Ranking } from '@/lib/api/contract/sites';

/** How the search for sites stands: for each set of groups there is one, it is still looked for, or none fits and why. */
export type Search =
  | { state: 'found' | 'searching' | 'failed' }
  /** `reasons`: of the sites that came closest; `pending`: how many have not answered yet */
  | { state: 'none'; pending: number; reasons: { site: string; text: string; remedy?: string }[] };

interface SetSearch {
  /** undefined while nothing was answered */
  ranking: Ranking | undefined;
  failed: boolean;
  chosen: MatchItem | undefined;
}

const mostReasons = 3;
const AGAIN_MS = 60_000;

/**
 * After how many milliseconds the sites are asked again though nothing was typed; false: not at all. Where none fits, room may become free, and nothing on the
 * page would tell.
 */
export function askSitesAgain(ranking: Ranking | undefined): number | false {
  return ranking?.settled && !ranking.items.some(({ fits }) => fits) ? AGAIN_MS : false;
}

/** Says why there is no plan: what the sites that came closest lack. The first set without a site counts. */
export function searchOf(sets: readonly SetSearch[]): Search {
  const open = sets.find(({ chosen }) => chosen === undefined);
  if (!open) return { state: 'found' };
  if (open.ranking === undefined) return { state: open.failed ? 'failed' : 'searching' };
  const { items, settled } = open.ranking;
  if (!settled) return { state: 'searching' };
  const told = items.filter(({ pending }) => !pending);
  const pending = items.length - told.length;
  const reasons = told.flatMap(({ site, reasons }) => {
    const against = reasons.find(({ good }) => !good);
    return against ? [{ site, text: against.text, remedy: against.remedy }] : [];
  });
  return { state: 'none', pending, reasons: reasons.slice(0, mostReasons) };
}
