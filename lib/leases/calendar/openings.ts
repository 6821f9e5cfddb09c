import type { Moment } from '../types';
import { type Demand, type Need, needsOf } from './demand';
import { ceilMinute, floorMinute, HOUR, MINUTE } from './moments';
import { TopRuns } from './top-runs';

/** A start at which all demands can be met. */
export interface Opening {
  start: Moment;
  /** from `start` on, any start up to this one will do as well */
  latestStart: Moment;
  /** until when all of it stays free, with the best choice of resources; may be infinite */
  freeUntil: Moment;
}

/** A later start in the same opening is told where it can last so much longer. */
const WORTH_WAITING_MS = HOUR;

/**
 * The times at which demands can be met together, the earliest first. In a time in which any start will do, the first is told, and later
 * ones with which the lease can be extended further.
 *
 * One sweep over the beginnings of free runs, in their order; each run enters and leaves one heap a need: n log n.
 * @param duration in milliseconds
 * @param from, to the lease lies within these
 */
export function openings(demands: readonly Demand[], { duration, from, to }: { duration: number; from: Moment; to: Moment }): Opening[] {
  const lanes = needsOf(demands).map((need) => laneOf(need, duration, from));
  const last = floorMinute(to - duration);
  const starts = [...new Set(lanes.flatMap(({ runs }) => runs.map(({ start }) => start)))].filter((start) => start <= last);
  // openings of one stretch share its end, which is known when it is over
  const found: { start: Moment; freeUntil: Moment; stretch: { latest: Moment } }[] = [];
  let best: (typeof found)[number] | undefined;
  for (const start of starts.sort((a, b) => a - b)) {
    const freeUntil = Math.min(...lanes.map((lane) => advance(lane, start, duration)));
    if (freeUntil < start + duration) continue;
    const latest = Math.min(floorMinute(freeUntil - duration), last);
    const before = best && start <= best.stretch.latest + MINUTE ? best : undefined;
    if (before) before.stretch.latest = Math.max(before.stretch.latest, latest);
    // not by `<`: both may be infinite
    if (before && !(freeUntil - before.freeUntil >= WORTH_WAITING_MS)) continue;
    best = { start, freeUntil, stretch: before?.stretch ?? { latest } };
    found.push(best);
  }
  return found.map(({ start, freeUntil, stretch }) => ({ start, freeUntil, latestStart: stretch.latest }));
}

interface Lane {
  runs: { start: Moment; end: Moment; units: number }[];
  next: number;
  top: TopRuns;
}

function laneOf({ units, from: supplies }: Need, duration: number, from: Moment): Lane {
  const runs = supplies.flatMap((supply) =>
    supply.runs
      .map(({ start, end }) => ({ start: ceilMinute(Math.max(start, from)), end, units: supply.units }))
      .filter((run) => run.units > 0 && run.end - run.start >= duration),
  );
  return { runs: runs.sort((a, b) => a.start - b.start), next: 0, top: new TopRuns(units) };
}

/** Moves a lane on to a start. @returns until when its need is met then; before `start` where it is not */
function advance(lane: Lane, start: Moment, duration: number): Moment {
  for (let run = lane.runs[lane.next]; run && run.start <= start; run = lane.runs[lane.next]) {
    lane.top.add(run);
    lane.next += 1;
  }
  lane.top.dropUntil(start + duration);
  return lane.top.until ?? Number.NEGATIVE_INFINITY;
}
