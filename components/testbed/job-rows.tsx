'use client';

import { clusterPath } from '@/components/clusters/queries';
import { useLanguage, useT } from '@/components/messages/provider';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Ago } from '@/components/ui/time';
import { Status, type Tone } from '@/components/ui/tone';
import type { LedgerJobView } from '@/lib/api/contract/ledger';
import { jobName } from './crossings';

const tones: Record<LedgerJobView['state'], Tone> = {
  Pending: 'waiting',
  Suspended: 'idle',
  Crossing: 'busy',
  Running: 'busy',
  Succeeded: 'ok',
  Failed: 'bad',
  Gone: 'warn',
  Unknown: 'warn',
};

/** Jobs, each with its whole way: where it came, why it left, where it ran, how long each hop took, and where its results are. */
export function JobRows({ jobs }: { jobs: LedgerJobView[] }) {
  return (
    <ul className="divide-y divide-line">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}

function JobRow({ job }: { job: LedgerJobView }) {
  const { t, format } = useLanguage();
  const { state, origin, ran, crossed, why, hops, bytesOver } = job;
  const seconds = (milliseconds: number) =>
    milliseconds < 10_000 ? `${format.number(milliseconds / 1000)} s` : format.duration(milliseconds / 1000);
  return (
    <li className="space-y-1.5 px-4 py-3.5 text-sm sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Status tone={tones[state]}>{t(`testbed.state.${state}`)}</Status>
        <span className="min-w-0 font-medium text-ink [overflow-wrap:anywhere]">{jobName(job)}</span>
        <Tag>{job.service}</Tag>
        <span className="ml-auto text-xs text-ink-3">
          <Ago iso={job.submittedAt} />
        </span>
      </div>
      <p className="text-ink-2">
        {crossed
          ? t('testbed.crossed', { from: origin.name, to: ran.name })
          : t(state === 'Crossing' ? 'testbed.leaving' : 'testbed.stayed', { cluster: ran.name })}
        {why && ` ${t(`testbed.why.${why}`)}`}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-3 tabular-nums">
        {hops.map(({ hop, milliseconds }) => (
          <span key={hop}>{t(`testbed.hop.${hop}`, { time: seconds(milliseconds) })}</span>
        ))}
        {crossed && bytesOver !== null && <span>{t('testbed.bytesOver', { bytes: format.bytes(bytesOver) })}</span>}
      </p>
      <Results job={job} />
    </li>
  );
}

function Results({ job: { results, origin, ran, crossed } }: { job: LedgerJobView }) {
  const t = useT();
  if (results.length === 0) return null;
  const sides = crossed ? [origin, ran] : [ran];
  return (
    <ul className="space-y-0.5 text-xs text-ink-2">
      {sides.map((side) => {
        const here = results.filter(({ cluster }) => cluster === side.id);
        const [first] = here;
        const names = here.map(({ key }) => key.split('/').at(-1)).join(', ');
        return (
          <li key={side.id} className="[overflow-wrap:anywhere]">
            {t('testbed.resultsIn', { cluster: side.name })}{' '}
            {first && side.region ? (
              <Link
                href={clusterPath(side.id, 'buckets', first.bucket)}
                className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
              >
                {names}
              </Link>
            ) : (
              names || t('testbed.noResult')
            )}
          </li>
        );
      })}
    </ul>
  );
}
