'use client';

import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { isAhead } from '@/lib/leases/time/presets';
import { lasting, lengthOf, startingAt } from '../lease-time';
import { LengthChips } from '../length-chips';
import { presetStart } from '../preset-start';
import { TimeField } from '../time-field';
import { useTimes } from '../zone';
import { ZoneChoice } from '../zone-choice';
import type { LeaseDraft } from './lease-draft';
import type { EditLease } from './lease-form';

interface WhenProps {
  draft: LeaseDraft;
  edit: EditLease;
  problemAt: (...fields: string[]) => string | undefined;
  now: number;
}

/** From when to when: a press for what is usual, fields for all else; local time with UTC below. */
export function WhenSection({ draft, edit, problemAt, now }: WhenProps) {
  const t = useT();
  const times = useTimes();
  const offered = (['tonight', 'tomorrow'] as const).filter((preset) => isAhead(preset, now, times.zone));
  return (
    <Section id="lease-when" title={t('leaseForm.when')} aside={<ZoneChoice />}>
      <div className="space-y-4 p-4 sm:p-5">
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium text-ink">{t('leaseForm.start')}</legend>
          <div className="flex flex-wrap gap-1.5">
            <FilterChip on={draft.start === 'now'} onClick={() => edit((before) => startingAt(before, 'now', now))}>
              {t('finder.preset.now')}
            </FilterChip>
            {offered.map((preset) => {
              const start = presetStart(preset, now, times.zone);
              return (
                <FilterChip key={preset} on={draft.start === start} onClick={() => edit((before) => startingAt(before, start, now))}>
                  {t(`finder.preset.${preset}`)}
                </FilterChip>
              );
            })}
          </div>
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <TimeField
            id="lease-start"
            label={t('leaseForm.startAt')}
            value={draft.start === 'now' ? null : draft.start}
            onChange={(start) => edit((before) => startingAt(before, start, now))}
            error={problemAt('start')}
            help={draft.start === 'now' ? t('leaseForm.startsNow') : undefined}
          />
          <TimeField
            id="lease-end"
            label={t('leaseForm.endAt')}
            value={draft.end}
            onChange={(end) => edit((before) => ({ ...before, end }))}
            error={problemAt('end')}
          />
        </div>
        <LengthChips length={lengthOf(draft, now)} onChange={(hours) => edit((before) => lasting(before, hours, now))} />
      </div>
    </Section>
  );
}
