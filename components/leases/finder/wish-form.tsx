'use client';

import { useQuery } from '@tanstack/react-query';
import { Cpu, Moon, Sunrise, Timer, Zap } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { SearchBox } from '@/components/ui/controls/search-box';
import { control } from '@/components/ui/field';
import { useNow } from '@/components/ui/time';
import { isAhead } from '@/lib/leases/time/presets';
import { HOUR } from '@/lib/leases/time/units';
import { lengths } from '../length-chips';
import { NumberField } from '../number-field';
import { leaseQueries } from '../queries';
import { Stepper } from '../stepper';
import { TimeField } from '../time-field';
import { lengthText } from '../times';
import { useTimes } from '../zone';
import type { EditWish } from './finder';
import { hardwareQuery, leastHours, mostHours, presets, type Wish } from './wish';

const icons = { 'next-slot': Timer, now: Zap, tonight: Moon, tomorrow: Sunrise } as const;

/** What is looked for: how many, of what, for how long, and when. */
export function WishForm({ wish, edit }: { wish: Wish; edit: EditWish }) {
  const t = useT();
  const machines = wish.flavor !== '';
  const { zone } = useTimes();
  const now = useNow(60);
  const offered = presets.filter((preset) => isAhead(preset, now, zone));
  return (
    <Card className="divide-y divide-line">
      <fieldset className="space-y-3 p-4 sm:p-5">
        <legend className="sr-only">{t('finder.what')}</legend>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-2 text-sm text-ink">
          <Stepper id="finder-count" label={t('finder.count')} value={wish.count} onChange={(count) => edit({ count })} />
          <span className="flex flex-wrap gap-1.5">
            <FilterChip on={!machines} onClick={() => edit({ flavor: '' })}>
              {t('finder.hosts')}
            </FilterChip>
            <FilterChip on={machines} onClick={() => edit({ flavor: 'any' })}>
              {t('finder.machines')}
            </FilterChip>
          </span>
        </div>
        {!machines && <SearchBox label={t('finder.search')} value={wish.q} onChange={(q) => edit({ q })} />}
        <div className="flex flex-wrap gap-1.5">
          <FilterChip on={wish.gpus > 0} onClick={() => edit({ gpus: wish.gpus > 0 ? 0 : 1 })}>
            <Cpu aria-hidden className="size-3.5" />
            {t('finder.withGpu')}
          </FilterChip>
          {[128, 256, 512].map((memoryGiB) => (
            <FilterChip
              key={memoryGiB}
              on={wish.memoryGiB === memoryGiB}
              onClick={() => edit({ memoryGiB: wish.memoryGiB === memoryGiB ? 0 : memoryGiB })}
            >
              ≥ {memoryGiB} GiB
            </FilterChip>
          ))}
        </div>
        {!machines && <Facets wish={wish} edit={edit} />}
      </fieldset>
      <fieldset className="p-4 sm:p-5">
        <legend className="float-left mb-2.5 w-full text-sm font-medium text-ink">{t('finder.howLong')}</legend>
        <div className="clear-both flex flex-wrap items-center gap-1.5">
          {lengths.map((hours) => (
            <FilterChip key={hours} on={wish.hours === hours} onClick={() => edit({ hours })}>
              {lengthText(hours * HOUR)}
            </FilterChip>
          ))}
          <span className="flex items-center gap-1.5 text-xs text-ink-2">
            <NumberField
              least={leastHours}
              most={mostHours}
              aria-label={t('finder.hours')}
              value={wish.hours}
              onChange={(hours) => edit({ hours })}
              className={cn(control, 'min-h-8 w-18 px-2')}
            />
            {t('finder.hoursUnit')}
          </span>
        </div>
      </fieldset>
      <fieldset className="p-4 sm:p-5">
        <legend className="float-left mb-2.5 w-full text-sm font-medium text-ink">{t('finder.when')}</legend>
        <div className="clear-both grid grid-cols-2 gap-2">
          {offered.map((preset) => {
            const Icon = icons[preset];
            return (
              <FilterChip
                key={preset}
                on={wish.when === preset}
                onClick={() => edit({ when: preset, from: '', to: '' })}
                className="min-h-10 justify-center rounded-lg"
              >
                <Icon aria-hidden className="size-4" />
                {t(`finder.preset.${preset}`)}
              </FilterChip>
            );
          })}
          <FilterChip
            on={wish.when === 'between'}
            onClick={() => edit({ when: 'between' })}
            className={cn('min-h-10 justify-center rounded-lg', offered.length % 2 === 0 && 'col-span-2')}
          >
            {t('finder.between')}
          </FilterChip>
        </div>
        {wish.when === 'between' && (
          <div className="mt-3 space-y-3">
            <TimeField id="finder-from" label={t('finder.from')} value={wish.from} onChange={(from) => edit({ from })} />
            <TimeField id="finder-to" label={t('finder.to')} value={wish.to} onChange={(to) => edit({ to })} />
          </div>
        )}
      </fieldset>
    </Card>
  );
}

const shownFacets = [
  ['gpu', 'gpu'],
  ['nodeType', 'nodeType'],
  ['architecture', 'architecture'],
  ['site', 'site'],
] as const;
const MOST_VALUES = 14;

/** What else could be chosen, with how many hosts have it. */
function Facets({ wish, edit }: { wish: Wish; edit: EditWish }) {
  const t = useT();
  const hosts = useQuery(leaseQueries.hosts({ ...hardwareQuery(wish), limit: 1 })).data;
  const nameOfSite = (id: string) => hosts?.sources.find(({ site }) => site === id)?.siteName ?? id;
  return (
    <div className="space-y-1">
      {shownFacets.map(([facet, name]) => {
        const values = (hosts?.facets[facet] ?? []).filter(({ value }) => value !== 'none');
        return (
          <details key={facet} open={wish[name] !== '' || undefined} className="text-sm">
            <summary className="flex min-h-9 items-center gap-2 text-ink-2 hover:text-ink">
              {t(`finder.facet.${facet}`)}
              <span className="text-xs text-ink-3">
                {wish[name] === '' ? values.length > 0 && values.length : facet === 'site' ? nameOfSite(wish[name]) : wish[name]}
              </span>
            </summary>
            <div className="flex flex-wrap gap-1.5 py-1.5">
              {values.slice(0, MOST_VALUES).map(({ value, count }) => (
                <FilterChip key={value} on={wish[name] === value} onClick={() => edit({ [name]: wish[name] === value ? '' : value })}>
                  {facet === 'site' ? nameOfSite(value) : value}
                  <span className="font-normal tabular-nums">{count}</span>
                </FilterChip>
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
}
