'use client';

import { useT } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Ago } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { LeaseView } from '@/lib/api/contract/leases';
import { useTimes } from '../zone';

const types = ['start_lease', 'before_end_lease', 'end_lease'] as const;
const tones = { DONE: 'ok', IN_PROGRESS: 'busy', ERROR: 'bad' } as const;

/** What the site does with a lease by itself, done and to come. */
export function History({ lease }: { lease: LeaseView }) {
  const t = useT();
  const times = useTimes();
  return (
    <Section
      id="lease-history"
      title={t('leasePast.title')}
      aside={
        lease.seenAt && (
          <span className="text-xs text-ink-3">
            {t('leasePast.seen')} <Ago iso={lease.seenAt} />
          </span>
        )
      }
    >
      {lease.events.length === 0 ? (
        <p className="p-4 text-sm text-ink-2 sm:p-5">{t('leasePast.none')}</p>
      ) : (
        <ol className="divide-y divide-line">
          {lease.events.map(({ type, at, status }) => {
            const known = types.find((each) => each === type);
            const tone = status in tones ? tones[status as keyof typeof tones] : 'waiting';
            return (
              <li key={`${type} ${at}`} className="flex items-start gap-3 px-4 py-3 text-sm sm:px-5">
                <ToneIcon tone={tone} className="mt-0.5" />
                <span className="min-w-0 flex-1 text-ink">
                  {known ? t(`leaseEvent.${known}`) : type}
                  <span className="block text-xs text-ink-3">
                    {times.moment(Date.parse(at))} · {times.utcMoment(Date.parse(at))}
                  </span>
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Section>
  );
}
