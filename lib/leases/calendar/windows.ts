import type { Moment, Span } from '../types';
import { assign } from './assign';
import type { Demand, Supply } from './demand';
import { runAround } from './free-runs';
import { soonestStart } from './moments';
import { openings } from './openings';
import { longestFirst } from './rank';

/** A time for which a lease can be had. */
export interface Window extends Span {
  /** from `start` on, any start up to this one will do as well, with other resources perhaps */
  latestStart: Moment;
  /** until when all that is picked stays free: the lease can be extended so far, if the site's rules let it; null: nothing is reserved after it */
  freeUntil: Moment | null;
  /** for each demand: how many units are free in this time */
  free: number[];
  /** for each demand: ids of what was picked, the best first; none where the site picks */
  picked: string[][];
}

export interface Search {
  /** in milliseconds */
  duration: number;
  /** the lease lies within these */
  from: Moment;
  to: Moment;
  now: Moment;
  /** how many windows at most; left out: 10 */
  limit?: number;
}

/**
 * When can all of this be had together? The earliest first, each with the resources that stay free longest.
 * @param demands whose supplies are in the order in which they are taken where nothing else decides
 */
export function findWindows(demands: readonly Demand[], { duration, from, to, now, limit = 10 }: Search): Window[] {
  const found: Window[] = [];
  const supplies = new Map(demands.filter(({ pick }) => pick).flatMap((demand) => demand.from.map((one) => [one.id, one] as const)));
  for (const opening of openings(demands, { duration, from: Math.max(from, soonestStart(now)), to })) {
    if (found.length >= limit) break;
    const span = { start: opening.start, end: opening.start + duration };
    const picked = pickFor(demands, span, supplies);
    if (!picked) continue;
    const ends = picked.flat().map((id) => untilOf(supplies.get(id), span));
    const freeUntil = Math.min(opening.freeUntil, ...ends);
    found.push({
      ...span,
      latestStart: opening.latestStart,
      freeUntil: Number.isFinite(freeUntil) ? freeUntil : null,
      free: demands.map((demand) => unitsIn(demand, span)),
      picked,
    });
  }
  return found;
}

/** Whether all of this can be had for a span, and what is picked then; null where not. The start may be any, also one in the past. */
export function pick(demands: readonly Demand[], span: Span): string[][] | null {
  const supplies = new Map(demands.flatMap((demand) => demand.from.map((one) => [one.id, one] as const)));
  const short = demands.some((demand) => !demand.pick && unitsIn(demand, span) < demand.min);
  return short ? null : pickFor(demands, span, supplies);
}

/** How many units are free in all of a span. */
export function unitsIn({ from }: Pick<Demand, 'from'>, span: Span): number {
  return from.reduce((sum, { runs, units }) => sum + (runAround(runs, span) ? units : 0), 0);
}

function pickFor(demands: readonly Demand[], span: Span, supplies: ReadonlyMap<string, Supply>): string[][] | null {
  const free = [...supplies.values()].flatMap((supply) => {
    const freeUntil = untilOf(supply, span);
    return freeUntil === Number.NEGATIVE_INFINITY ? [] : [{ id: supply.id, freeUntil }];
  });
  const wishes = demands.map(({ min, max, from, pick: picks }) =>
    picks ? { min, max, from: from.map(({ id }) => id) } : { min: 0, max: 0, from: [] },
  );
  return assign(
    wishes,
    longestFirst(free).map(({ id }) => id),
  );
}

const untilOf = (supply: Supply | undefined, span: Span): Moment => runAround(supply?.runs ?? [], span)?.end ?? Number.NEGATIVE_INFINITY;
