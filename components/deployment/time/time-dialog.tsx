'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { TimeField } from '@/components/leases/time-field';
import { useTimes } from '@/components/leases/zone';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { Dialog } from '@/components/ui/dialog';
import { Field, TextInput } from '@/components/ui/field';
import type { DeploymentView } from '@/lib/api/contract/deployments';

type Schedule = NonNullable<DeploymentView['schedule']>;
const week = [1, 2, 3, 4, 5, 6, 7] as const;
// a Monday
const monday = Date.UTC(2024, 0, 1);

/** When a deployment ends, and when it is stopped and started by the clock. */
export function TimeDialog({ view, onOpenChange }: { view: DeploymentView; onOpenChange: (open: boolean) => void }) {
  const { t } = useLanguage();
  const { zone } = useTimes();
  const [end, setEnd] = useState<string | null>(view.expiresAt);
  const [on, setOn] = useState(view.schedule !== null);
  const [schedule, setSchedule] = useState<Schedule>(view.schedule ?? { zone, days: [1, 2, 3, 4, 5], start: '08:00', stop: '19:00' });
  const save = useWrite(['deployments'], () => onOpenChange(false));
  const body = {
    ...(end === view.expiresAt ? {} : { expiresAt: end }),
    ...(on ? { schedule } : view.schedule === null ? {} : { schedule: null }),
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('time.title', { name: view.name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            busy={save.isPending}
            blocked={end === '' && t('time.noMoment')}
            onClick={() => save.mutate({ method: 'PATCH', path: `/deployments/${encodeURIComponent(view.id)}`, body })}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <div>
          <TimeField id="ends" label={t('time.end')} help={t('time.endHelp')} value={end} onChange={setEnd} />
          {end !== null && (
            <Button look="ghost" className="mt-1 min-h-8 px-2" onClick={() => setEnd(null)}>
              {t('time.noEnd')}
            </Button>
          )}
        </div>
        <fieldset className="space-y-3 border-t border-line pt-4">
          <legend className="sr-only">{t('time.schedule')}</legend>
          <label className="flex min-h-8 items-center gap-2 text-sm font-medium text-ink">
            <input type="checkbox" className="size-4 accent-(--accent)" checked={on} onChange={(event) => setOn(event.target.checked)} />
            {t('time.schedule')}
          </label>
          <p className="text-xs text-ink-3">{t('time.scheduleHelp')}</p>
          {on && <ScheduleFields schedule={schedule} onChange={setSchedule} />}
        </fieldset>
        <Refused error={save.error} />
      </div>
    </Dialog>
  );
}

function ScheduleFields({ schedule, onChange }: { schedule: Schedule; onChange: (next: Schedule) => void }) {
  const { t, locale } = useLanguage();
  const dayName = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const toggled = (day: number) =>
    schedule.days.includes(day) ? schedule.days.filter((each) => each !== day) : [...schedule.days, day].sort((a, b) => a - b);
  return (
    <>
      <div className="flex flex-wrap gap-1.5">
        {week.map((day) => (
          <FilterChip key={day} on={schedule.days.includes(day)} onClick={() => onChange({ ...schedule, days: toggled(day) })}>
            {dayName.format(monday + (day - 1) * 86_400_000)}
          </FilterChip>
        ))}
      </div>
      <div className="grid grid-cols-2 gap-3">
        {(['start', 'stop'] as const).map((which) => (
          <Field key={which} id={`schedule-${which}`} label={t(`time.${which}`)}>
            <TextInput
              id={`schedule-${which}`}
              type="time"
              value={schedule[which]}
              onChange={(event) => onChange({ ...schedule, [which]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <p className="text-xs text-ink-2">{t('time.zone', { zone: schedule.zone })}</p>
    </>
  );
}
