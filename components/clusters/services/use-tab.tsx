'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Select } from '@/components/ui/field';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Notice } from '@/components/ui/tone';
import { operationQueries } from '../operation/queries';

const counted = ['jobs', 'calls', 'visits', 'people', 'cpuHours', 'gpuHours'] as const;

/** What a service used in the last day or week, as far as its cluster counts it. */
export function UseTab({ cluster, service }: { cluster: string; service: string }) {
  const { t, format } = useLanguage();
  const [days, setDays] = useState<'1' | '7'>('1');
  const query = useQuery(operationQueries.use(cluster, service, days));
  const period = (
    <Select
      aria-label={t('use.period')}
      className="w-auto"
      value={days}
      onChange={({ target }) => setDays(target.value === '7' ? '7' : '1')}
    >
      <option value="1">{t('use.day')}</option>
      <option value="7">{t('use.week')}</option>
    </Select>
  );
  return (
    <Section id="use" title={t('use.title')} note={t('use.note')} aside={period}>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} className="p-5" />}>
        {({ use }) => (
          <div className="space-y-4 p-4 text-sm sm:p-5">
            {use === null ? (
              <p className="text-ink-2">{t('use.none')}</p>
            ) : (
              <>
                <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 sm:max-w-md">
                  {counted.map((what) => {
                    const value = use[what];
                    return (
                      <div key={what} className="contents">
                        <dt className="text-ink-2">{t(`use.${what}`)}</dt>
                        <dd className="text-right text-ink tabular-nums">{value === null ? t('use.unknown') : format.number(value)}</dd>
                      </div>
                    );
                  })}
                </dl>
                {use.cpuHours === null && <Notice tone="idle">{t('use.prometheus')}</Notice>}
              </>
            )}
          </div>
        )}
      </Loaded>
    </Section>
  );
}
