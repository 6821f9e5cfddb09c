'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lasting, lengthOf, startingAt } from '@/components/leases/lease-time';
import { LengthChips } from '@/components/leases/length-chips';
import { leaseQueries } from '@/components/leases/queries';
import { SpanText, spanOf } from '@/components/leases/span-text';
import { TimeField } from '@/components/leases/time-field';
import { useTimes } from '@/components/leases/zone';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { Field, Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { HOUR } from '@/lib/leases/time/units';
import type { LeaseWish } from '../draft';

interface NewLeaseFieldsProps {
  group: string;
  site: string;
  count: number;
  wish: LeaseWish;
  onChange: (wish: LeaseWish) => void;
}

/** A lease that is made on the way: of what type, now or at a time, for how long; or at a time that is found. */
export function NewLeaseFields({ group, site, count, wish, onChange }: NewLeaseFieldsProps) {
  const { t } = useLanguage();
  const now = useNow(60);
  const [finding, find] = useState(false);
  const length = lengthOf(wish, now);
  const kinds = useQuery(leaseQueries.hosts({ site, limit: 1 })).data?.facets.nodeType ?? [];
  const id = (name: string) => `placement.${group}.newLease.${name}`;
  const from = (start: string) => onChange(startingAt(wish, start, now));
  return (
    <div className="space-y-4 rounded-lg border border-line bg-sunken/60 p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {kinds.length > 0 && (
          <Field id={id('nodeType')} label={t('leaseForm.nodeType')}>
            <Select
              id={id('nodeType')}
              value={wish.nodeType ?? ''}
              onChange={(event) => onChange({ ...wish, nodeType: event.target.value || undefined })}
            >
              <option value="">{t('leaseForm.anyType')}</option>
              {kinds.map(({ value, count: there }) => (
                <option key={value} value={value}>
                  {value} ({there})
                </option>
              ))}
            </Select>
          </Field>
        )}
        <LengthChips length={length} onChange={(hours) => onChange(lasting(wish, hours, now))} />
        <TimeField
          id={id('start')}
          label={t('leaseForm.startAt')}
          value={wish.start === 'now' ? null : wish.start}
          onChange={from}
          help={wish.start === 'now' ? t('leaseForm.startsNow') : undefined}
        />
        <TimeField id={id('end')} label={t('leaseForm.endAt')} value={wish.end} onChange={(end) => onChange({ ...wish, end })} />
      </div>
      <div className="flex flex-wrap gap-2">
        <FilterChip on={wish.start === 'now'} onClick={() => from('now')}>
          {t('finder.preset.now')}
        </FilterChip>
        <FilterChip on={finding} onClick={() => find(!finding)}>
          {t('placement.findTime')}
        </FilterChip>
      </div>
      {finding && (
        <Found
          site={site}
          count={count}
          hours={length === null ? 6 : Math.max(0.5, Math.round(length / HOUR / 0.5) * 0.5)}
          nodeType={wish.nodeType}
          onTake={(taken) => {
            find(false);
            onChange(taken);
          }}
        />
      )}
    </div>
  );
}

interface FoundProps {
  site: string;
  count: number;
  hours: number;
  nodeType: string | undefined;
  onTake: (wish: LeaseWish) => void;
}

/** The next times at which so many are free at the site. */
function Found({ site, count, hours, nodeType, onTake }: FoundProps) {
  const { t } = useLanguage();
  const times = useTimes();
  const query = useQuery(leaseQueries.windows({ site, count, hours, nodeType, preset: 'next-slot', zone: times.zone, limit: 6 }));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={4} />}>
      {({ items, nothing }) => (
        <>
          <ul className="divide-y divide-line">
            {items.map((offer) => (
              <li key={`${offer.nodeType} ${offer.start}`} className="flex items-center justify-between gap-3 py-2 text-sm">
                <span className="min-w-0">
                  <SpanText span={spanOf(offer)} />
                  <span className="block text-xs text-ink-2">
                    {offer.nodeType} · {t('offers.free', { count: offer.free })}
                  </span>
                </span>
                <Button
                  className="min-h-8"
                  onClick={() => onTake({ start: offer.start, end: offer.end, ...(offer.nodeType && { nodeType: offer.nodeType }) })}
                >
                  {t('placement.takeTime')}
                </Button>
              </li>
            ))}
          </ul>
          {items.length === 0 && <p className="text-xs text-ink-2">{nothing[0]?.detail ?? t('offers.none')}</p>}
        </>
      )}
    </Loaded>
  );
}
