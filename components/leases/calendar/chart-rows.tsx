'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';
import { ToneIcon } from '@/components/ui/tone';
import type { Span } from '@/lib/leases/types';
import { useTimes } from '../zone';
import type { Grid } from './choice';
import { freeOverTime, type Step, standingAt } from './free-over-time';
import type { CalendarEntry } from './lines';
import { isReadAt, readOf, unreadOf } from './read-times';
import type { Row } from './rows';
import { barsOf, placeOf } from './scale';

interface HeadRowProps {
  row: Extract<Row<CalendarEntry>, { head: true }>;
  grid: Grid;
  open: boolean;
  onToggle: (kind: string) => void;
  siteName: string;
}

/** The name of a kind, and how many of it are free over time. */
export const HeadRow = memo(function HeadRow({ row, grid, open, onToggle, siteName }: HeadRowProps) {
  const { t } = useLanguage();
  const Icon = open ? ChevronDown : ChevronRight;
  const able = row.lines.filter(({ reservable }) => reservable);
  const free = able.filter(({ busy }) => standingAt(busy, grid.now).free).length;
  const knownNow = row.lines.every((line) => isReadAt(line, grid.now));
  const read = readOf(row.lines, grid.view);
  const flavors = row.lines[0]?.flavor ?? false;
  const name = row.kind === '' ? (flavors ? t('calendar.flavors') : t('calendar.noKind')) : row.kind;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => onToggle(row.key)}
        className="flex min-w-0 cursor-pointer items-center gap-1 bg-sunken px-1.5 text-left text-xs -outline-offset-2 hover:bg-hover sm:px-2.5"
      >
        <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <span className="min-w-0 truncate">
          <span className="font-medium text-ink">{name}</span> <span className="text-ink-3">{siteName}</span>
        </span>
        {!flavors && (
          <span
            className="ml-auto shrink-0 text-2xs text-ink-3 tabular-nums max-sm:hidden"
            title={knownNow ? t('calendar.freeNow', { count: free }) : undefined}
          >
            {knownNow && `${free}/`}
            {row.lines.length}
          </span>
        )}
      </button>
      <div className="relative" aria-hidden>
        {!flavors && read && (
          <Capacity
            steps={freeOverTime(
              able.map(({ busy }) => busy),
              read,
            )}
            total={row.lines.length}
            until={read.end}
            grid={grid}
          />
        )}
        <Unread spans={unreadOf(read, grid.view)} grid={grid} />
      </div>
    </>
  );
});

/** An area as high as what is free, from the first step until a moment. */
function Capacity({ steps, total, until, grid }: { steps: readonly Step[]; total: number; until: number; grid: Grid }) {
  const high = (free: number) => (100 - (total === 0 ? 0 : Math.max(0, free / total) * 86)).toFixed(1);
  const place = (at: number) => (placeOf(at, grid.view) * 1000).toFixed(1);
  const [first] = steps;
  if (!first) return null;
  const line = steps
    .slice(1)
    .map(({ at, free }) => `H${place(at)}V${high(free)}`)
    .join('');
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden="true">
      <path d={`M${place(first.at)} 100V${high(first.free)}${line}H${place(until)}V100Z`} className="fill-ok/25" />
    </svg>
  );
}

/** Times of which is not known yet what is taken: neither free nor taken. */
function Unread({ spans, grid }: { spans: readonly Span[]; grid: Grid }) {
  return spans.map(({ start, end }) => (
    <span
      key={start}
      className="absolute inset-y-0 bg-unread"
      style={{ left: `${placeOf(start, grid.view) * 100}%`, right: `${(1 - placeOf(end, grid.view)) * 100}%` }}
    />
  ));
}

/** A host, or a flavor: its name, and when it is taken. */
export const HostRow = memo(function HostRow({ entry, grid, least }: { entry: CalendarEntry; grid: Grid; least: number }) {
  const { t, format } = useLanguage();
  const times = useTimes();
  const others = entry.busy.filter(({ lease }) => lease === undefined);
  const own = entry.busy.filter(({ lease, start, end }) => lease !== undefined && end > grid.view.start && start < grid.view.end);
  const read = readOf([entry], grid.view);
  const most = Math.max(1, ...(entry.room ?? []).map(({ free }) => free));
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5 pl-4 text-xs sm:pl-7">
        {!entry.reservable && <ToneIcon tone="bad" className="size-3.5" />}
        <span className="truncate text-ink-2" title={entry.id}>
          {entry.name}
          {!entry.reservable && <span className="sr-only"> {t('hardware.out')}</span>}
        </span>
        <span className="ml-auto shrink-0 pr-2 text-2xs text-ink-3 max-sm:hidden">
          {[...entry.about, entry.memoryGiB !== null && `${format.number(entry.memoryGiB)} GiB`].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="relative">
        <Unread spans={unreadOf(read, grid.view)} grid={grid} />
        {entry.room && read ? (
          <Capacity steps={fromStart(entry.room, read)} total={most} until={read.end} grid={grid} />
        ) : (
          barsOf(others, grid.view, least).map(({ from, to }) => (
            <span
              key={from}
              className="absolute inset-y-[5px] rounded-[3px] bg-line-strong/55"
              style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
            />
          ))
        )}
        {own.map((span) => (
          <Link
            key={span.start}
            href={`/leases/${span.lease}`}
            title={times.span(span)}
            className="absolute inset-y-[3px] z-[3] truncate rounded-[3px] border-2 border-accent bg-accent px-1 text-2xs leading-5 font-medium text-accent-ink"
            style={{
              left: `${Math.max(0, placeOf(span.start, grid.view)) * 100}%`,
              right: `${Math.max(0, 1 - placeOf(span.end, grid.view)) * 100}%`,
            }}
          >
            <span className="sr-only">{entry.name}: </span>
            {t('calendar.mine')}
          </Link>
        ))}
      </span>
    </>
  );
});

/** Steps as a span shows them: what held before it holds at its beginning. */
function fromStart(steps: readonly Step[], { start, end }: Span): Step[] {
  const before = steps.findLast(({ at }) => at <= start);
  return [{ at: start, free: before?.free ?? steps[0]?.free ?? 0 }, ...steps.filter(({ at }) => at > start && at < end)];
}
