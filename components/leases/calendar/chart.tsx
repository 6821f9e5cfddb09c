'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Axis, GridLines, useLines } from './axis';
import { HeadRow, HostRow } from './chart-rows';
import { begin, blocksOf, type Choice, chosenOf, drawTo, type Grid, pressKey } from './choice';
import { Legend } from './legend';
import { momentAt, placeOf } from './scale';
import type { CalendarRows } from './use-rows';

interface ChartProps {
  rows: CalendarRows;
  grid: Grid;
  choice: Choice | null;
  onChoose: (choice: Choice | null) => void;
  closed: ReadonlySet<string>;
  onToggle: (kind: string) => void;
  names: (site: string) => string;
}

const rowHeight = 30;
/** Pixels, where none can be measured. */
const usualWidth = 900;
/** Pixels that a finger moves sideways before it draws. */
const leastDrag = 8;
/** Pixels that the page's head and the names of times cover, and the bar of what is chosen. */
const [stickyAbove, stickyBelow] = [56 + 36 + 4, 140];
/** Beside the names; the same for the axis and all rows. */
const columns = 'grid grid-cols-[8.5rem_minmax(0,1fr)] sm:grid-cols-[15rem_minmax(0,1fr)]';

/**
 * Rows against time, of which only those on the screen are drawn. A time is chosen by drag, or by keys: arrows move it, with Shift they draw it on.
 */
export function Chart({ rows, grid, choice, onChoose, closed, onToggle, names }: ChartProps) {
  const t = useT();
  const helpId = useId();
  const body = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  // nothing is drawn before it is measured: by other measures all rows would be drawn twice
  const [box, setBox] = useState<{ top: number; width: number } | null>(null);
  const { top, width } = box ?? { top: 0, width: usualWidth };
  /** what a pointer does: it draws a choice, or a finger lies there that may want to scroll */
  const pointer = useRef<{ x: number; drawing: boolean } | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const found = {
        top: (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY,
        width: area.current?.clientWidth || usualWidth,
      };
      setBox((known) => (known?.top === found.top && known.width === found.width ? known : found));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (area.current) observer.observe(area.current);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => grid.rows[index] ?? index,
    overscan: 6,
    scrollMargin: top,
    // a row that is gone to lies below what sticks above, and above what sticks below
    scrollPaddingStart: stickyAbove,
    scrollPaddingEnd: stickyBelow,
  });
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = area.current?.getBoundingClientRect();
    const place = box ? (clientX - box.left) / box.width : 0;
    return { at: momentAt(place, grid.view), row: Math.floor((clientY - (box?.top ?? 0)) / rowHeight) };
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('a, button'))) return;
    const box = area.current?.getBoundingClientRect();
    if (box && event.clientX < box.left) return;
    const touch = event.pointerType === 'touch';
    pointer.current = { x: event.clientX, drawing: !touch };
    if (touch) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    onChoose(begin(pointOf(event), grid));
  };
  const draw = (event: PointerEvent) => {
    const now = pointer.current;
    if (!now) return;
    if (now.drawing) return choice && onChoose(drawTo(choice, pointOf(event), grid));
    if (Math.abs(event.clientX - now.x) < leastDrag) return;
    pointer.current = { ...now, drawing: true };
    onChoose(drawTo(begin(pointOf({ clientX: now.x, clientY: event.clientY }), grid), pointOf(event), grid));
  };
  const lift = (event: PointerEvent) => {
    // a tap; where the finger scrolled, the browser has taken the pointer away before
    if (pointer.current && !pointer.current.drawing) onChoose(begin(pointOf(event), grid));
    pointer.current = null;
  };
  const key = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Escape') return onChoose(null);
    const next = pressKey(choice, { key: event.key, shift: event.shiftKey, far: event.ctrlKey || event.metaKey }, grid);
    if (!next) return;
    event.preventDefault();
    onChoose(next);
    virtual.scrollToIndex(Math.max(0, grid.rows.indexOf(next.to.row)));
  };
  const lines = useLines(grid, width);
  const chosen = choice && chosenOf(choice, grid);
  const least = ((grid.view.end - grid.view.start) / width) * 2;
  return (
    <div>
      <div className={`${columns} sticky top-14 z-10 border-b border-line bg-surface`}>
        <p className="self-end truncate px-3 pb-1.5 text-xs text-ink-3 sm:px-4">
          {t('calendar.rows', { count: rows.filter((row) => !row.head).length })}
        </p>
        <Axis grid={grid} lines={lines} />
      </div>
      <div
        ref={body}
        role="application"
        aria-label={t('calendar.chart')}
        aria-describedby={helpId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys of its own, which it describes
        tabIndex={0}
        onPointerDown={press}
        onPointerMove={draw}
        onPointerUp={lift}
        onPointerCancel={() => {
          pointer.current = null;
        }}
        onKeyDown={key}
        style={{ height: virtual.getTotalSize() }}
        className="relative cursor-crosshair touch-pan-y select-none -outline-offset-2"
      >
        <div className={`${columns} pointer-events-none absolute inset-0`} aria-hidden>
          <span />
          <div ref={area} className="relative">
            <GridLines grid={grid} lines={lines} />
            {chosen &&
              chosen.span.end > grid.view.start &&
              chosen.span.start < grid.view.end &&
              blocksOf(chosen.rows).map(([first, last]) => (
                <span
                  key={first}
                  className="absolute z-[5] rounded-md border-2 border-accent bg-accent/15"
                  style={{
                    left: `${Math.max(0, placeOf(chosen.span.start, grid.view)) * 100}%`,
                    right: `${Math.max(0, 1 - placeOf(chosen.span.end, grid.view)) * 100}%`,
                    top: first * rowHeight + 1,
                    height: (last - first + 1) * rowHeight - 2,
                  }}
                />
              ))}
          </div>
        </div>
        {(box === null ? [] : virtual.getVirtualItems()).map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                data-row={item.index}
                style={{ height: rowHeight, transform: `translateY(${item.start - top}px)` }}
                className={`${columns} absolute inset-x-0 top-0 items-stretch border-b border-line/60`}
              >
                {row.head ? (
                  <HeadRow row={row} grid={grid} open={!closed.has(row.key)} onToggle={onToggle} siteName={names(row.site)} />
                ) : (
                  <HostRow entry={row.line} grid={grid} least={least} />
                )}
              </div>
            )
          );
        })}
      </div>
      <p id={helpId} className="border-t border-line px-4 py-2.5 text-xs text-ink-3">
        {t('calendar.help')}
      </p>
      <Legend />
    </div>
  );
}
