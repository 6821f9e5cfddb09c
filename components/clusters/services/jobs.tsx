'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Clock3 } from 'lucide-react';
import { useState } from 'react';
import { useLanguage, useT } from '@/components/messages/provider';
import type { Translate } from '@/components/messages/types';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Empty } from '@/components/ui/empty';
import { Loaded } from '@/components/ui/loaded';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';
import { Status, type Tone } from '@/components/ui/tone';
import type { JobView, ServiceView } from '@/lib/api/contract/services';
import { clusterPath } from '../queries';
import { isMoving, workQueries } from '../work-queries';

const tones: Record<JobView['state'], Tone> = {
  Pending: 'waiting',
  Running: 'busy',
  Succeeded: 'ok',
  Failed: 'bad',
  Suspended: 'idle',
  Unknown: 'warn',
};

/** The jobs of a service as they come and go, and why each waits that does. */
export function Jobs({ cluster, service }: { cluster: string; service: ServiceView }) {
  const t = useT();
  const query = useQuery(workQueries.jobs(cluster, service.name));
  return (
    <Section id="jobs" title={t('jobs.title')} note={t('jobs.note')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty icon={Clock3} title={t('jobs.none')}>
              {t('jobs.noneNote')}
            </Empty>
          ) : (
            <>
              <ul className="divide-y divide-line">
                {items.map((job) => (
                  <Job key={job.name} cluster={cluster} service={service.name} job={job} />
                ))}
              </ul>
              {next && <p className="border-t border-line px-5 py-3 text-xs text-ink-3">{t('jobs.more')}</p>}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Job({ cluster, service, job }: { cluster: string; service: string; job: JobView }) {
  const { t, format } = useLanguage();
  const [open, setOpen] = useState(false);
  const ran = job.startedAt && job.finishedAt ? (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000 : null;
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Status tone={tones[job.state]}>{t(`jobState.${job.state}`)}</Status>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="order-last inline-flex min-h-8 min-w-0 basis-full items-center gap-1.5 text-left font-mono text-xs text-ink hover:text-accent sm:order-none sm:flex-1 sm:basis-0"
        >
          <ChevronDown aria-hidden className={cn('size-4 shrink-0 transition-transform', !open && '-rotate-90')} />
          <span className="[overflow-wrap:anywhere]">{job.name}</span>
        </button>
        <span className="ml-auto text-xs text-ink-3 tabular-nums">
          {job.createdAt && <Ago iso={job.createdAt} />}
          {ran !== null && ` · ${t('jobs.ran', { time: format.duration(ran) })}`}
        </span>
        <ConfirmDelete name={job.name} path={clusterPath(cluster, 'services', service, 'jobs', job.name)} keys={['clusters']}>
          {t('jobs.deleteNote')}
        </ConfirmDelete>
      </div>
      {job.waiting && <p className="mt-1 text-xs text-ink-2">{whyWaiting(job.waiting, t, format)}</p>}
      {open && <Log cluster={cluster} service={service} job={job} />}
    </li>
  );
}

function whyWaiting(waiting: NonNullable<JobView['waiting']>, t: Translate, format: ReturnType<typeof useLanguage>['format']): string {
  if (waiting.why === 'queued') return t('jobs.queued');
  if (waiting.why === 'starting') return t('jobs.starting', { time: format.duration(waiting.seconds) });
  const amount = ({ milliCores, memoryBytes }: { milliCores: number; memoryBytes: number }) =>
    `${t('clusters.cores', { number: format.number(milliCores / 1000) })} · ${format.memory(memoryBytes / 1024 ** 2)}`;
  return t(waiting.why === 'no-room' ? 'jobs.noRoom' : 'jobs.tooLarge', { needs: amount(waiting.needs), free: amount(waiting.free) });
}

function Log({ cluster, service, job }: { cluster: string; service: string; job: JobView }) {
  const t = useT();
  const query = useQuery(workQueries.log(cluster, service, job.name, isMoving(job)));
  return (
    <div className="mt-2 mb-1">
      <Loaded query={query} skeleton={<SkeletonLines lines={3} />}>
        {(text) => (
          <ScrollBox className="max-h-80 overflow-auto rounded-lg bg-sunken px-3 py-2">
            <pre className="font-mono text-xs whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">{text || t('jobs.noLog')}</pre>
          </ScrollBox>
        )}
      </Loaded>
    </div>
  );
}
