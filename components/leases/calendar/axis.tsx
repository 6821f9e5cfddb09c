'use client';

import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { DAY } from '@/lib/leases/time/units';
import { useTimes } from '../zone';
import type { Grid } from './choice';
import { placeOf } from './scale';
import { type Line, linesOf } from './steps';

interface AxisProps {
  grid: Grid;
  lines: readonly Line[];
}

/** Pixels that a name takes. */
const nameWidth = 58;

/** The lines of a view that is so many pixels wide; clocks of a zone are slow to read, so they are read once for as long as it shows the same. */
export function useLines({ view, zone }: Pick<Grid, 'view' | 'zone'>, width: number): Line[] {
  const most = Math.max(2, Math.floor(width / nameWidth));
  return useMemo(() => linesOf(view, zone, most), [view, zone, most]);
}

/** The names of times, above the rows. */
export function Axis({ grid, lines }: AxisProps) {
  const times = useTimes();
  const [first, second] = lines;
  const hourly = first !== undefined && second !== undefined && second.at - first.at < DAY * 0.9;
  const weekly = first !== undefined && second !== undefined && second.at - first.at > DAY * 1.1;
  return (
    <div className="relative h-9 overflow-hidden text-2xs text-ink-3 tabular-nums">
      {lines.map(({ at, strong }) => (
        <span
          key={at}
          className={cn('absolute bottom-1.5 border-l border-transparent pl-1 whitespace-nowrap', strong && 'font-medium text-ink-2')}
          style={{ left: `${placeOf(at, grid.view) * 100}%` }}
        >
          {hourly && !strong ? times.clock(at) : weekly ? times.date(at) : times.day(at)}
        </span>
      ))}
      <Now grid={grid} />
    </div>
  );
}

/** The lines of the grid, behind all rows, and the present moment. */
export function GridLines({ grid, lines }: AxisProps) {
  return (
    <>
      {grid.now > grid.view.start && (
        <span className="absolute inset-y-0 left-0 bg-sunken" style={{ width: `${Math.min(1, placeOf(grid.now, grid.view)) * 100}%` }} />
      )}
      {lines.map(({ at, strong }) => (
        <span
          key={at}
          className={cn('absolute inset-y-0 w-px', strong ? 'bg-line' : 'bg-line/50')}
          style={{ left: `${placeOf(at, grid.view) * 100}%` }}
        />
      ))}
      <Now grid={grid} />
    </>
  );
}

function Now({ grid }: { grid: Grid }) {
  const place = placeOf(grid.now, grid.view);
  if (place < 0 || place > 1) return null;
  return <span className="absolute inset-y-0 z-[4] w-0.5 bg-accent" style={{ left: `${place * 100}%` }} />;
}
