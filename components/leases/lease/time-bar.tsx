'use client';

import { useT } from '@/components/messages/provider';
import { cn } from '@/components/ui/cn';
import { useNow } from '@/components/ui/time';
import type { LeaseView } from '@/lib/api/contract/leases';
import { HOUR } from '@/lib/leases/time/units';
import { isOver, standingOf, standingWords } from '../states';
import { lengthText } from '../times';
import { useTimes } from '../zone';
import { courseOf, type Mark } from './marks';

/** How much of a lease is left, large; and its way with what lies on it: the window for extensions, the warnings, how far it could go. */
export function TimeBar({ lease }: { lease: LeaseView }) {
  const t = useT();
  const times = useTimes();
  const now = useNow(10);
  const course = courseOf(lease, now);
  const { start, end, until, done, marks } = course;
  const placeOf = (moment: number) => ((moment - start) / (until - start)) * 100;
  const whole = placeOf(end);
  const said = standingWords(t, standingOf(lease, now));
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-xl font-semibold tracking-tight text-ink tabular-nums">{said}</p>
        <p className="text-sm text-ink-2">{t('leaseBar.length', { length: lengthText(end - start) })}</p>
      </div>
      <div
        role="progressbar"
        aria-label={t('leaseBar.label')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(done * 100)}
        aria-valuetext={said}
        className="relative mt-3 h-4"
      >
        <span className="absolute inset-0 rounded-full border border-dashed border-line-strong" />
        <span className="absolute inset-y-0 left-0 rounded-full bg-hover" style={{ width: `${whole}%` }} />
        <span
          className={cn('absolute inset-y-0 left-0 rounded-full', isOver(lease) ? 'bg-line-strong' : 'bg-accent')}
          style={{ width: `${Math.max(done > 0 ? 1.5 : 0, done * whole)}%` }}
        />
        {marks.map((mark) => (
          <span
            key={`${mark.is} ${mark.at}`}
            className={cn('absolute -inset-y-1 w-0.5 rounded-full', mark.is === 'warning' ? 'bg-warn' : 'bg-ink')}
            style={{ left: `${placeOf(mark.at)}%` }}
          />
        ))}
      </div>
      <div className="mt-1.5 flex min-w-60 justify-between gap-4 text-xs text-ink-3 tabular-nums" style={{ width: `${whole}%` }}>
        <span>
          {times.moment(start)}
          <span className="block">{times.utcMoment(start)}</span>
        </span>
        <span className="text-right">
          {times.moment(end)}
          <span className="block">{times.utcMoment(end)}</span>
        </span>
      </div>
      {marks.length > 0 && (
        <ul aria-label={t('leaseBar.marks')} className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-2">
          {marks.map((mark) => (
            <li key={`${mark.is} ${mark.at}`} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={cn('h-3 w-0.5 rounded-full', mark.is === 'warning' ? 'bg-warn' : 'bg-ink')} />
              <MarkWords mark={mark} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function MarkWords({ mark }: { mark: Mark }) {
  const t = useT();
  const times = useTimes();
  const time = times.moment(mark.at);
  if (mark.is === 'opens') return t('leaseBar.opens', { time });
  if (mark.is === 'limit') return t('leaseBar.limit', { time });
  return t('leaseBar.warning', { before: lengthText((mark.hours ?? 0) * HOUR), time });
}
