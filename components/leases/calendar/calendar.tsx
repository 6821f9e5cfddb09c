'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, ChevronsDownUp, ChevronsUpDown, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { SearchBox } from '@/components/ui/controls/search-box';
import { Empty } from '@/components/ui/empty';
import { Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { useDebounced } from '@/components/ui/state/use-debounced';
import { useUrlState } from '@/components/ui/state/use-url-state';
import { useNow } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import { Sources } from '../finder/sources';
import { leaseQueries } from '../queries';
import { spanOf } from '../span-text';
import { useTimes } from '../zone';
import { ZoneChoice } from '../zone-choice';
import { Chart } from './chart';
import type { Choice } from './choice';
import { chosenOf, type Grid } from './choice';
import { ChoiceBar } from './choice-bar';
import { stepOf } from './steps';
import { TableTwin } from './table-twin';
import { useRows } from './use-rows';
import { movedView, viewFrom, viewLengths } from './views';

/** Who has what when: hosts and flavors of all sites against days, as a picture or as a table; and a time to reserve, chosen in it. */
export function Calendar() {
  const t = useT();
  const url = useUrlState();
  const times = useTimes();
  const now = useNow(60);
  const days = viewLengths.find((each) => String(each) === url.get('days')) ?? 14;
  const view = useMemo(() => viewFrom(url.get('from'), days, now, times.zone), [url.get, days, now, times.zone]);
  const asTable = url.get('as') === 'table';
  const q = useDebounced(url.get('q'), 250);
  const query = useQuery(
    leaseQueries.calendar({
      q: q || undefined,
      nodeType: url.get('type') || undefined,
      site: url.get('site') || undefined,
      from: new Date(view.start).toISOString(),
      to: new Date(view.end).toISOString(),
    }),
  );
  const { rows, keys, closeAll, toggle, closed } = useRows(query.data);
  const [choice, choose] = useState<Choice | null>(null);
  const grid: Grid = useMemo(() => ({ view, step: stepOf(view), zone: times.zone, rows: keys, now }), [view, times.zone, keys, now]);
  const chosen = choice && chosenOf(choice, grid);
  const names = useSiteNames();
  const go = (direction: 1 | -1) => url.set({ from: new Date(movedView(view, direction, days, times.zone)).toISOString() });
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-3">
        <SearchBox label={t('calendar.search')} value={url.get('q')} onChange={(text) => url.set({ q: text })} />
        <SiteFilter value={url.get('site')} onChange={(site) => url.set({ site })} />
        <ZoneChoice />
        <fieldset className="flex flex-wrap gap-1.5 sm:ml-auto">
          <legend className="sr-only">{t('calendar.as')}</legend>
          <FilterChip on={!asTable} onClick={() => url.set({ as: null })}>
            {t('calendar.picture')}
          </FilterChip>
          <FilterChip on={asTable} onClick={() => url.set({ as: 'table' })}>
            {t('calendar.table')}
          </FilterChip>
        </fieldset>
      </div>
      <Card className="overflow-clip">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2.5 sm:px-4">
          <span className="flex items-center gap-1">
            <Button className="min-h-8 px-2" aria-label={t('calendar.earlier')} onClick={() => go(-1)}>
              <ChevronLeft aria-hidden />
            </Button>
            <Button className="min-h-8" onClick={() => url.set({ from: null })}>
              {t('calendar.today')}
            </Button>
            <Button className="min-h-8 px-2" aria-label={t('calendar.later')} onClick={() => go(1)}>
              <ChevronRight aria-hidden />
            </Button>
          </span>
          <p className="text-sm font-medium text-ink tabular-nums" role="status">
            {times.date(view.start)} – {times.date(view.end - 1)}
          </p>
          <fieldset className="flex flex-wrap gap-1 sm:ml-auto">
            <legend className="sr-only">{t('calendar.length')}</legend>
            {viewLengths.map((length) => (
              <FilterChip key={length} on={days === length} onClick={() => url.set({ days: String(length) })} className="px-2.5">
                {t('calendar.days', { count: length })}
              </FilterChip>
            ))}
          </fieldset>
          <Button look="ghost" className="min-h-8 px-2.5" onClick={() => closeAll(closed.size === 0)}>
            {closed.size === 0 ? <ChevronsDownUp aria-hidden /> : <ChevronsUpDown aria-hidden />}
            {closed.size === 0 ? t('calendar.closeAll') : t('calendar.openAll')}
          </Button>
        </div>
        <Downtimes lines={query.data ?? []} />
        <Loaded query={query} skeleton={<CalendarSkeleton />}>
          {(lines) =>
            rows.length === 0 && lines.some(({ more, pending }) => more || pending) ? (
              <CalendarSkeleton />
            ) : rows.length === 0 ? (
              <Empty
                icon={SearchX}
                title={t('calendar.none')}
                action={<Button onClick={() => url.set({ q: null, site: null, type: null })}>{t('common.clearFilters')}</Button>}
              >
                {t('calendar.noneNote')}
              </Empty>
            ) : asTable ? (
              <TableTwin rows={rows} grid={grid} names={names} />
            ) : (
              <Chart rows={rows} grid={grid} choice={choice} onChoose={choose} closed={closed} onToggle={toggle} names={names} />
            )
          }
        </Loaded>
        <Sources sources={lastOf(query.data ?? [])} />
      </Card>
      {chosen && chosen.rows.length > 0 && <ChoiceBar chosen={chosen} rows={rows} names={names} onClear={() => choose(null)} />}
      {/* there before it says something: what comes with its words is not read out */}
      <p role="status" className="sr-only">
        {chosen && chosen.rows.length > 0 && times.span(chosen.span)}
      </p>
    </div>
  );
}

/** Downtimes that sites announced for the time that is shown. */
function Downtimes({ lines }: { lines: readonly CalendarLine[] }) {
  const times = useTimes();
  const all = lines.flatMap(({ siteName, downtimes }) => downtimes.map((each) => ({ ...each, siteName })));
  if (all.length === 0) return null;
  return (
    <ul className="space-y-1 border-b border-line bg-warn-soft px-4 py-2.5 text-xs text-ink-2">
      {all.map(({ siteName, title, start, end }) => (
        <li key={`${siteName} ${start} ${title}`} className="flex gap-2">
          <ToneIcon tone="warn" className="mt-px size-3.5" />
          <span>
            <span className="font-medium text-ink">{siteName}</span> {times.span(spanOf({ start, end }))}: {title}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A site tells in several lines; of each the last counts. */
function lastOf<T extends { site: string }>(lines: readonly T[]): T[] {
  return [...new Map(lines.map((line) => [line.site, line])).values()];
}

/** How sites are called. */
function useSiteNames(): (id: string) => string {
  const sites = useQuery(queries.sites()).data?.items ?? [];
  return (id) => sites.find((site) => site.id === id)?.name ?? id;
}

function SiteFilter({ value, onChange }: { value: string; onChange: (site: string) => void }) {
  const t = useT();
  const sites = useQuery(queries.sites()).data?.items.filter(({ features }) => features.leases) ?? [];
  return (
    <Select
      aria-label={t('deployments.filterSite')}
      className="w-[calc(50%-0.375rem)] sm:w-auto sm:max-w-52"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('deployments.anySite')}</option>
      {sites.map((site) => (
        <option key={site.id} value={site.id}>
          {site.name}
        </option>
      ))}
    </Select>
  );
}

function CalendarSkeleton() {
  return (
    <div className="space-y-2 p-4">
      {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((row) => (
        <Skeleton key={row} className="h-7 rounded-md" />
      ))}
    </div>
  );
}
