'use client';

import { useQuery } from '@tanstack/react-query';
import { leaseQueries } from '@/components/leases/queries';
import { isOver } from '@/components/leases/states';
import { lengthText } from '@/components/leases/times';
import { whatWords } from '@/components/leases/what';
import { useTimes } from '@/components/leases/zone';
import { useLanguage } from '@/components/messages/provider';
import { Field, Select } from '@/components/ui/field';
import { useNow } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { RecipeGroup } from '@/lib/catalog/types';
import { HOUR } from '@/lib/leases/time/units';
import type { MachineChoice } from '../draft';
import { NewLeaseFields } from './new-lease-fields';

interface LeaseChoiceProps {
  group: RecipeGroup;
  site: string;
  machine: MachineChoice | undefined;
  /** how many nodes it has, as far as that is known */
  count: number;
  /** until it is ready, by the plan */
  seconds: number | undefined;
  onChange: (machine: MachineChoice) => void;
}

/** On what a group boots: what the site gives at any time, a lease that is there, or one that is made on the way. */
export function LeaseChoice({ group, site, machine, count, seconds, onChange }: LeaseChoiceProps) {
  const { t } = useLanguage();
  const times = useTimes();
  const now = useNow();
  const leases = (useQuery(leaseQueries.mine()).data?.items ?? []).filter((lease) => lease.site === site && !isOver(lease));
  const id = `placement.${group.name}.lease`;
  const value = machine?.lease ?? (machine?.newLease ? 'new' : '');
  const chosen = leases.find((lease) => lease.id === machine?.lease);
  const span = chosen ?? machine?.newLease;
  const choose = (next: string) => {
    // a flavor and an image of before are none for what is leased, and the other way round
    const none = { flavor: undefined, image: undefined, trustedImage: undefined, lease: undefined, newLease: undefined };
    if (next === 'new') onChange({ ...none, newLease: { start: 'now', end: new Date(now + 6 * HOUR).toISOString() } });
    else onChange({ ...none, lease: next === '' ? undefined : next });
  };
  return (
    <div className="space-y-3 sm:col-span-2">
      <Field id={id} label={t('placement.lease')} help={value === '' ? t('placement.leaseHelp') : undefined}>
        <Select id={id} value={value} onChange={(event) => choose(event.target.value)}>
          <option value="">{t('placement.noLease')}</option>
          {leases.map((lease) => (
            <option key={lease.id} value={lease.id}>
              {t('placement.ofLease', {
                name: lease.name,
                what: whatWords(t, lease.reservations).join(', '),
                time: times.moment(Date.parse(lease.start)),
              })}
            </option>
          ))}
          {machine?.lease !== undefined && !chosen && <option value={machine.lease}>{machine.lease}</option>}
          <option value="new">{t('placement.newLease')}</option>
        </Select>
      </Field>
      {machine?.newLease && (
        <NewLeaseFields
          group={group.name}
          site={site}
          count={count}
          wish={machine.newLease}
          onChange={(newLease) => onChange({ newLease })}
        />
      )}
      {span && seconds !== undefined && seconds > 0 && <TimeLeft start={span.start} end={span.end} seconds={seconds} now={now} />}
    </div>
  );
}

/** How much of the lease is left once all is ready. */
function TimeLeft({ start, end, seconds, now }: { start: string; end: string; seconds: number; now: number }) {
  const { t } = useLanguage();
  const begins = start === 'now' ? now : Math.max(now, Date.parse(start));
  const left = Date.parse(end) - begins;
  if (Number.isNaN(left)) return null;
  const useful = left - seconds * 1000;
  return (
    <p className="flex items-start gap-2 text-xs text-ink-2">
      <ToneIcon tone={useful > left / 2 ? 'ok' : 'warn'} className="mt-px size-3.5" />
      {useful > 0
        ? t('placement.timeLeft', { ready: lengthText(seconds * 1000), useful: lengthText(useful), left: lengthText(left) })
        : t('placement.tooShort', { ready: lengthText(seconds * 1000), left: lengthText(Math.max(0, left)) })}
    </p>
  );
}
