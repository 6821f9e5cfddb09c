import type { Moment, Span } from '@/lib/leases/types';
import { dayFrom, snap, stepFrom } from './steps';

/** Where somebody points: a time, and so many rows down as rows stand now. */
export interface Spot {
  at: Moment;
  row: number;
}

/** A point of the calendar: a time, and a row by its key. Rows come, go and move while sites tell; what is chosen stays. */
interface Point {
  at: Moment;
  row: string;
}

/** What is chosen by drag or keyboard: from where it was begun to where one is. */
export interface Choice {
  from: Point;
  to: Point;
  /** keys of all rows that lay between the two when it was drawn */
  rows: readonly string[];
}

/** What the calendar shows, and how finely a time is chosen in it. */
export interface Grid {
  view: Span;
  step: number;
  zone: string;
  /** keys of the rows, in the order in which they stand */
  rows: readonly string[];
  /** nothing is chosen before it */
  now: Moment;
}

/** The time and the rows of a choice, whichever way it was made; it is one step long at least. */
export function chosenOf({ from, to, rows }: Choice, { view, step, zone, rows: all }: Grid): { span: Span; rows: number[] } {
  const [first, last] = from.at <= to.at ? [from.at, to.at] : [to.at, from.at];
  // what is pointed at on the view's last line is the step before it
  const start = first === last && first >= view.end ? stepFrom(first, -1, step, zone) : first;
  const chosen = new Set(rows);
  return {
    span: { start, end: last > start ? last : stepFrom(start, 1, step, zone) },
    // those that are still there, where they stand now
    rows: all.flatMap((key, index) => (chosen.has(key) ? [index] : [])),
  };
}

/** Rows that follow each other, as the blocks that they make: the first and the last of each. */
export function blocksOf(rows: readonly number[]): [first: number, last: number][] {
  const blocks: [number, number][] = [];
  for (const row of rows) {
    const block = blocks.at(-1);
    if (block && row === block[1] + 1) block[1] = row;
    else blocks.push([row, row]);
  }
  return blocks;
}

/** A choice that a pointer begins: at the nearest round time that has not passed. */
export function begin(place: Spot, grid: Grid): Choice {
  const here = within(place, grid);
  return between(here, here, grid);
}

/** The same, drawn on to another place. */
export function drawTo({ from }: Choice, place: Spot, grid: Grid): Choice {
  return between(from, within(place, grid), grid);
}

function between(from: Point, to: Point, { rows }: Grid): Choice {
  const [first, last] = [rows.indexOf(from.row), rows.indexOf(to.row)].sort((a, b) => a - b);
  // a row that has gone holds nothing any more
  return { from, to, rows: first === undefined || first < 0 ? [to.row] : rows.slice(first, (last ?? first) + 1) };
}

function within({ at, row }: Spot, { view, step, zone, rows, now }: Grid): Point {
  const least = firstAfter(Math.max(now, view.start), step, zone);
  return {
    at: Math.max(least, snap(Math.min(at, view.end), step, zone)),
    row: rows[Math.min(Math.max(0, row), rows.length - 1)] ?? '',
  };
}

/** Where a point stands now. */
const spotOf = ({ at, row }: Point, { rows }: Grid): Spot => ({ at, row: Math.max(0, rows.indexOf(row)) });

/** The first round time that is not before a moment. */
function firstAfter(moment: Moment, step: number, zone: string): Moment {
  const near = snap(moment, step, zone);
  return near >= moment ? near : stepFrom(near, 1, step, zone);
}

export interface Key {
  key: string;
  /** the choice is drawn on, rather than moved */
  shift: boolean;
  /** by a day, or to the first or last row */
  far: boolean;
}

const PAGE = 10;

/**
 * What a key does to a choice: arrows move it, with Shift they draw it on; Home and End go to the edges of the view, Page up and Page down
 * ten rows on.
 * @returns undefined for a key that means nothing here
 */
export function pressKey(choice: Choice | null, { key, shift, far }: Key, grid: Grid): Choice | undefined {
  const now = choice ?? begin({ at: Math.max(grid.view.start, grid.now), row: 0 }, grid);
  const to = goneTo(spotOf(now.to, grid), key, far, grid);
  if (!to) return undefined;
  if (!choice) return now;
  return shift ? drawTo(now, to, grid) : moved(now, to, grid);
}

/** Where a key leads from a place. */
function goneTo({ at, row }: Spot, key: string, far: boolean, { view, step, zone, rows }: Grid): Spot | undefined {
  const on = (direction: 1 | -1) => (far ? dayFrom(at, direction, zone) : stepFrom(at, direction, step, zone));
  switch (key) {
    case 'ArrowRight':
      return { at: on(1), row };
    case 'ArrowLeft':
      return { at: on(-1), row };
    case 'ArrowDown':
      return { at, row: far ? rows.length - 1 : row + 1 };
    case 'ArrowUp':
      return { at, row: far ? 0 : row - 1 };
    case 'PageDown':
      return { at, row: row + PAGE };
    case 'PageUp':
      return { at, row: row - PAGE };
    case 'Home':
      return { at: view.start, row };
    case 'End':
      return { at: view.end, row };
    default:
      return undefined;
  }
}

/** The whole choice, moved so that its end is where one went; what would go over an edge stays. */
function moved({ from, to: before }: Choice, place: Spot, grid: Grid): Choice {
  const to = within(place, grid);
  const [then, next, first] = [spotOf(before, grid), spotOf(to, grid), spotOf(from, grid)];
  const wished = { at: from.at + (to.at - before.at), row: first.row + (next.row - then.row) };
  const start = within(wished, grid);
  const isCut = spotOf(start, grid).row !== wished.row || (start.at === from.at && to.at !== before.at);
  return isCut ? between(from, before, grid) : between(start, to, grid);
}
