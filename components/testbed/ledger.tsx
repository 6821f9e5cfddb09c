'use client';

import { useQuery } from '@tanstack/react-query';
import { Waves } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import type { PairView } from '@/lib/api/contract/pairs';
import { JobRows } from './job-rows';
import { allJobs, type JobsWanted, pageOfJobs, testbedQueries } from './queries';

const most = 200;
const states = ['Pending', 'Crossing', 'Running', 'Succeeded', 'Failed', 'Gone'] as const;

/** Every job over all clusters, one row each, as it moves. */
export function Ledger({ pairs }: { pairs: PairView[] }) {
  const t = useT();
  const [wanted, setWanted] = useState(allJobs);
  const [limit, setLimit] = useState(pageOfJobs);
  const query = useQuery(testbedQueries.jobs(wanted, limit));
  const change = (what: Partial<JobsWanted>) => setWanted({ ...wanted, ...what });
  return (
    <Section id="ledger" title={t('testbed.jobs')} note={t('testbed.jobsNote')}>
      <div className="flex flex-wrap gap-3 border-b border-line px-4 py-3 sm:px-5">
        <Filter label={t('testbed.filter.pair')} value={wanted.pair} onChange={(pair) => change({ pair })}>
          {pairs.flatMap(({ id, name }) =>
            id === null
              ? []
              : [
                  <option key={id} value={id}>
                    {name}
                  </option>,
                ],
          )}
        </Filter>
        <Filter label={t('testbed.filter.state')} value={wanted.state} onChange={(state) => change({ state })}>
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`testbed.state.${state}`)}
            </option>
          ))}
        </Filter>
        <Filter label={t('testbed.filter.way')} value={wanted.crossed} onChange={(crossed) => change({ crossed })}>
          <option value="true">{t('testbed.filter.crossed')}</option>
          <option value="false">{t('testbed.filter.stayed')}</option>
        </Filter>
      </div>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} className="p-5" />}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty icon={Waves} title={t('testbed.noJobs')}>
              {t('testbed.noJobsNote')}
            </Empty>
          ) : (
            <>
              <JobRows jobs={items} />
              {next && limit < most && (
                <p className="border-t border-line p-3 text-center">
                  <Button onClick={() => setLimit(Math.min(most, limit * 2))}>{t('testbed.more')}</Button>
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface FilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Filter({ label, value, onChange, children }: FilterProps) {
  const t = useT();
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1 text-xs text-ink-2">
      <label htmlFor={id}>{label}</label>
      <Select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t('testbed.filter.any')}</option>
        {children}
      </Select>
    </div>
  );
}
