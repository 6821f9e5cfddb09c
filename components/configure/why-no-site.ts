import type { MatchItem } from '@/lib/api/contract/sites';

/** How the search for sites stands: for each set of groups there is one, it is still looked for, or none fits and why. */
export type Search =
  | { state: 'found' | 'searching' | 'failed' }
  /** `reasons`: of the sites that came closest; `pending`: how many have not answered yet */
  | { state: 'none'; pending: number; reasons: { site: string; text: string; remedy?: string }[] };

interface Ranking {
  /** undefined while nothing was answered */
  items: MatchItem[] | undefined;
  failed: boolean;
  chosen: MatchItem | undefined;
}

const mostReasons = 3;

/** Says why there is no plan: what the sites that came closest lack. The first set without a site counts. */
export function searchOf(rankings: readonly Ranking[]): Search {
  const open = rankings.find(({ chosen }) => chosen === undefined);
  if (!open) return { state: 'found' };
  if (open.items === undefined) return { state: open.failed ? 'failed' : 'searching' };
  const told = open.items.filter(({ pending }) => !pending);
  const pending = open.items.length - told.length;
  if (told.every(({ project }) => project === null) && pending > 0) return { state: 'searching' };
  const reasons = told.flatMap(({ site, reasons }) => {
    const against = reasons.find(({ good }) => !good);
    return against ? [{ site, text: against.text, remedy: against.remedy }] : [];
  });
  return { state: 'none', pending, reasons: reasons.slice(0, mostReasons) };
}
