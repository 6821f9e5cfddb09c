'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/tone';
import { useTimes } from '../zone';
import type { Grid } from './choice';
import { freeOverTime, standingAt } from './free-over-time';
import type { CalendarEntry } from './lines';
import { isReadAt, readOf, unreadOf } from './read-times';
import type { CalendarRows } from './use-rows';

const usualHeight = 56;

/** The calendar in words: the same rows, each with whether it is free now and the times in which it is taken. */
export function TableTwin({ rows, grid, names }: { rows: CalendarRows; grid: Grid; names: (site: string) => string }) {
  const { t } = useLanguage();
  const times = useTimes();
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => grid.rows[index] ?? index,
    overscan: 4,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? top) - top;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <table className="w-full table-fixed text-left text-sm" aria-rowcount={rows.length + 1}>
      <caption className="sr-only">{t('twin.caption', { from: times.moment(grid.view.start), to: times.moment(grid.view.end) })}</caption>
      <thead>
        <tr aria-rowindex={1} className="h-10 border-b border-line text-xs text-ink-3 [&>th]:font-medium">
          <th scope="col" className="w-2/5 px-4 sm:w-64">
            {t('twin.host')}
          </th>
          <th scope="col" className="hidden w-48 pr-4 sm:table-cell">
            {t('twin.now')}
          </th>
          <th scope="col" className="pr-4">
            {t('twin.taken')}
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {above > 0 && <tr aria-hidden style={{ height: above }} />}
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <tr
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                className="border-b border-line align-top last:border-0"
              >
                {row.head ? (
                  <KindCells name={row.kind} site={names(row.site)} lines={row.lines} grid={grid} />
                ) : (
                  <HostCells entry={row.line} grid={grid} />
                )}
              </tr>
            )
          );
        })}
        {below > 0 && <tr aria-hidden style={{ height: below }} />}
      </tbody>
    </table>
  );
}

function KindCells({ name, site, lines, grid }: { name: string; site: string; lines: readonly CalendarEntry[]; grid: Grid }) {
  const { t } = useLanguage();
  const flavors = lines[0]?.flavor ?? false;
  const able = lines.filter(({ reservable }) => reservable);
  const read = readOf(lines, grid.view);
  const steps = freeOverTime(
    able.map(({ busy }) => busy),
    read ?? grid.view,
  ).map(({ free }) => free);
  const free = able.filter(({ busy }) => standingAt(busy, grid.now).free).length;
  const knownNow = lines.every((line) => isReadAt(line, grid.now));
  return (
    <>
      <th scope="rowgroup" className="bg-sunken px-4 py-2 font-medium text-ink">
        {name === '' ? (flavors ? t('calendar.flavors') : t('calendar.noKind')) : name}{' '}
        <span className="font-normal text-ink-3">{site}</span>
      </th>
      <td className="hidden bg-sunken py-2 pr-4 text-ink-2 sm:table-cell">
        {!flavors && knownNow && t('twin.freeNow', { free, total: lines.length })}
      </td>
      <td className="bg-sunken py-2 pr-4 text-ink-2">
        {!flavors && (read ? t('twin.freeRange', { least: Math.min(...steps), most: Math.max(...steps) }) : t('twin.unread'))}
      </td>
    </>
  );
}

function HostCells({ entry, grid }: { entry: CalendarEntry; grid: Grid }) {
  const { t, format } = useLanguage();
  const times = useTimes();
  const { free, until } = standingAt(entry.busy, grid.now);
  const about = [...entry.about, entry.memoryGiB !== null && `${format.number(entry.memoryGiB)} GiB`].filter(Boolean).join(' · ');
  const shown = entry.busy.filter(({ start, end }) => end > grid.view.start && start < grid.view.end);
  const unread = unreadOf(readOf([entry], grid.view), grid.view);
  const standing = !entry.reservable ? (
    <Status tone="bad">{t('hardware.out')}</Status>
  ) : !isReadAt(entry, grid.now) ? null : (
    <>
      <Status tone={free ? 'ok' : 'idle'}>{t(free ? 'twin.free' : 'twin.busy')}</Status>
      <span className="block text-xs text-ink-3">
        {until === null ? free && t('twin.openEnd') : t('twin.until', { time: times.moment(until) })}
      </span>
    </>
  );
  return (
    <>
      <th scope="row" className="px-4 py-2.5 pl-7 font-normal text-ink [overflow-wrap:anywhere]">
        {entry.name}
        <span className="block text-xs text-ink-3">{about}</span>
        <span className="mt-1 block sm:hidden">{standing}</span>
      </th>
      <td className="hidden py-2.5 pr-4 sm:table-cell">{standing}</td>
      <td className="py-2.5 pr-4 text-xs text-ink-2 tabular-nums">
        {entry.room ? (
          <ul>
            {entry.room
              .filter(({ at }) => at < grid.view.end)
              .map(({ at, free: left }) => (
                <li key={at}>{t('twin.room', { time: times.moment(at), count: left })}</li>
              ))}
          </ul>
        ) : shown.length === 0 ? (
          unread.length === 0 && t('twin.never')
        ) : (
          <ul>
            {shown.map((span) => (
              <li key={`${span.start} ${span.end}`}>
                {times.span(span)}
                {span.lease !== undefined && (
                  <Link href={`/leases/${span.lease}`} className="ml-2 font-medium text-accent underline">
                    {t('calendar.mine')}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
        {unread.map((span) => (
          <p key={span.start} className="text-ink-3">
            {times.span(span)}: {t('twin.unread')}
          </p>
        ))}
      </td>
    </>
  );
}
