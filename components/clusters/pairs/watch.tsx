'use client';

import { useQuery } from '@tanstack/react-query';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useSaid, useT } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago, Moment, useNow } from '@/components/ui/time';
import { Notice, Status, type Tone, ToneIcon } from '@/components/ui/tone';
import type { PairView } from '@/lib/api/contract/pairs';
import { Drain, Drill } from './drain';
import { eventTone, eventWords } from './event-words';
import { PairToken } from './pair-token';
import { pairPath, pairQueries } from './queries';

type Watch = NonNullable<PairView['watch']>;

const tones: Record<Watch['state'], Tone> = { watching: 'waiting', closed: 'ok', failing: 'warn', open: 'bad', 'half-open': 'busy' };

/** How a pair is watched: whether its worker answers, what the origin hands on, and work that was moved to one side. */
export function WatchSection({ id, pair }: { id: string; pair: PairView }) {
  const { t, format } = useLanguage();
  const { watch, sharing, settled, drain } = pair;
  const state = watch?.state ?? 'watching';
  return (
    <Section
      id="watch"
      title={t('pairWatch.title')}
      note={t('pairWatch.note')}
      aside={
        drain === null && (
          <div className="flex flex-wrap gap-2">
            <Drain id={id} pair={pair} />
            <Drill id={id} pair={pair} />
          </div>
        )
      }
    >
      <div className="space-y-4 p-4 sm:p-5" aria-live="polite">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-2">
          <Status tone={tones[state]}>{t(`pairWatch.state.${state}`)}</Status>
          {watch && <span>{t('pairWatch.since', { when: format.time(watch.since) })}</span>}
          <span className="text-ink">{t(`pairWatch.sharing.${sharing}`)}</span>
        </p>
        {(state === 'open' || state === 'half-open') && (
          <Notice tone="warn" title={t('pairWatch.out', { worker: pair.worker.name })}>
            {t('pairWatch.outNote', { origin: pair.origin.name })}
          </Notice>
        )}
        {drain && <Drained id={id} pair={pair} drain={drain} />}
        {!settled && <p className="text-sm text-ink-2">{t('pairWatch.unsettled')}</p>}
        <Report pair={pair} />
        <PairToken id={id} pair={pair} />
      </div>
    </Section>
  );
}

function Drained({ id, pair, drain }: { id: string; pair: PairView; drain: NonNullable<PairView['drain']> }) {
  const { t, format } = useLanguage();
  const now = useNow();
  const end = useWrite<PairView>(['pairs']);
  const stop = (
    <Button busy={end.isPending} onClick={() => end.mutate({ method: 'DELETE', path: pairPath(id, '/drain') })}>
      {t('pairWatch.end')}
    </Button>
  );
  return (
    <>
      <Notice tone="busy" title={t(`pairWatch.drained.${drain.side}`, { worker: pair.worker.name })} action={stop}>
        {drain.until === null
          ? t('pairWatch.drainedSince', { when: format.ago(drain.since, Math.max(now, Date.parse(drain.since))) })
          : t('pairWatch.drillUntil', { time: format.clock(drain.until) })}
      </Notice>
      <Refused error={end.error} />
    </>
  );
}

const counts = ['done', 'running', 'waiting', 'failed'] as const;

function Report({ pair }: { pair: PairView }) {
  const { t, format } = useLanguage();
  const now = useNow();
  const { drill } = pair;
  if (!drill) return null;
  const took = (Date.parse(drill.endedAt) - Date.parse(drill.startedAt)) / 1000;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <h3 className="flex flex-wrap items-baseline gap-x-3 text-sm font-medium text-ink">
        {t('pairWatch.report')}
        <span className="text-xs font-normal text-ink-2">
          {t('pairWatch.reportOf', {
            when: format.ago(drill.startedAt, Math.max(now, Date.parse(drill.startedAt))),
            time: format.duration(took),
          })}
        </span>
      </h3>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['worker', 'origin'] as const).map((side) => (
          <div key={side} className="min-w-0 text-sm">
            <p className="text-ink-2">{t('pairWatch.came', { name: pair[side].name })}</p>
            <Counts found={drill[side]} />
          </div>
        ))}
      </div>
      {drill.silent && <p className="text-sm text-ink-2">{t('pairWatch.silentMeanwhile')}</p>}
    </div>
  );
}

function Counts({ found }: { found: NonNullable<PairView['drill']>['worker'] }) {
  const { t, format } = useLanguage();
  if (!found) return <p className="text-ink">{t('pairWatch.notTold')}</p>;
  return (
    <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1">
      {counts.map((each) => (
        <div key={each} className="flex gap-1.5">
          <dt className="text-ink-3">{t(`pairWatch.count.${each}`)}</dt>
          <dd className="font-medium tabular-nums text-ink">{format.number(found[each])}</dd>
        </div>
      ))}
    </dl>
  );
}

const SHOWN = 20;

/** What happened to a pair, the newest first. */
export function EventsSection({ id }: { id: string }) {
  const t = useT();
  const said = useSaid();
  const query = useQuery(pairQueries.events(id));
  return (
    <Section id="events" title={t('pairWatch.events')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} className="p-5" />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="p-4 text-sm text-ink-2 sm:p-5">{t('pairWatch.noEvents')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.slice(0, SHOWN).map((event) => (
                <li key={event.id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-4 py-2.5 text-sm sm:px-5">
                  <span className="flex min-w-0 gap-2">
                    <ToneIcon tone={eventTone(event)} className="mt-0.5" />
                    <span className="min-w-0 [overflow-wrap:anywhere]">
                      <span className="text-ink">{eventWords(t, event)}</span>
                      {event.problem && <span className="block text-ink-2">{said(event.problem.detail ?? event.problem.title)}</span>}
                    </span>
                  </span>
                  <span className="text-xs text-ink-3">
                    <Ago iso={event.at} /> · <Moment iso={event.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
