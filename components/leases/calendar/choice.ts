import type { Moment, Span } from '@/lib/leases/types';
import { dayFrom, snap, stepFrom } from './steps';

/** A point of the calendar: a time, and a row. */
export interface Point {
  at: Moment;
  row: number;
}

/** What is chosen by drag or keyboard: from where it was begun to where one is. */
export interface Choice {
  from: Point;
  to: Point;
}

/** What the calendar shows, and how finely a time is chosen in it. */
export interface Grid {
  view: Span;
  step: number;
  zone: string;
  /** how many rows there are */
  rows: number;
  /** nothing is chosen before it */
  now: Moment;
}

/** The time and the rows of a choice, whichever way it was made; it is one step long at least. */
export function chosenOf({ from, to }: Choice, { step, zone }: Grid): { span: Span; rows: [first: number, last: number] } {
  const [start, last] = from.at <= to.at ? [from.at, to.at] : [to.at, from.at];
  return {
    span: { start, end: last > start ? last : stepFrom(start, 1, step, zone) },
    rows: [Math.min(from.row, to.row), Math.max(from.row, to.row)],
  };
}

/** A choice that a pointer begins: at the nearest round time that has not passed. */
export function begin(point: Point, grid: Grid): Choice {
  const here = within(point, grid);
  return { from: here, to: here };
}

/** The same, drawn on to another point. */
export function drawTo(choice: Choice, point: Point, grid: Grid): Choice {
  return { from: choice.from, to: within(point, grid) };
}

function within({ at, row }: Point, { view, step, zone, rows, now }: Grid): Point {
  const least = firstAfter(Math.max(now, view.start), step, zone);
  return { at: Math.max(least, snap(Math.min(at, view.end), step, zone)), row: Math.min(Math.max(0, row), Math.max(0, rows - 1)) };
}

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
  const to = goneTo(now.to, key, far, grid);
  if (!to) return undefined;
  if (!choice) return now;
  return shift ? { from: now.from, to: within(to, grid) } : moved(now, within(to, grid), grid);
}

/** Where a key leads from a point. */
function goneTo({ at, row }: Point, key: string, far: boolean, { view, step, zone, rows }: Grid): Point | undefined {
  const on = (direction: 1 | -1) => (far ? dayFrom(at, direction, zone) : stepFrom(at, direction, step, zone));
  switch (key) {
    case 'ArrowRight':
      return { at: on(1), row };
    case 'ArrowLeft':
      return { at: on(-1), row };
    case 'ArrowDown':
      return { at, row: far ? rows - 1 : row + 1 };
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
function moved({ from, to: before }: Choice, to: Point, grid: Grid): Choice {
  const start = within({ at: from.at + (to.at - before.at), row: from.row + (to.row - before.row) }, grid);
  const isCut = start.row - from.row !== to.row - before.row || (start.at === from.at && to.at !== before.at);
  return isCut ? { from, to: before } : { from: start, to };
}
