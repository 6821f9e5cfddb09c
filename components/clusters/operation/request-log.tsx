'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { Moment } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import { operationQueries } from './queries';

/** Who called services of a cluster, as its log has it. */
export function RequestLog({ cluster }: { cluster: string }) {
  const t = useT();
  const [cursor, go] = useState('0');
  const query = useQuery(operationQueries.requests(cluster, cursor));
  return (
    <Section id="requests" title={t('requests.title')} note={t('requests.note')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} className="p-5" />}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p className="p-4 text-sm text-ink-2 sm:p-5">{t('requests.none')}</p>}
            <ul className="divide-y divide-line">
              {items.map(({ at, status, took, address, kind, service, user }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two lines of a log may be the same
                <li key={index} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5">
                  <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
                    <Status tone={status < 400 ? 'ok' : 'bad'}>{String(status)}</Status>
                    <span className="text-ink [overflow-wrap:anywhere]">{service}</span>
                    <Tag>{t(`requests.${kind}`)}</Tag>
                  </span>
                  <span className="min-w-0 text-xs text-ink-2 [overflow-wrap:anywhere]">
                    {at && <Moment iso={at} />} · {user} · {address} · {took}
                  </span>
                </li>
              ))}
            </ul>
            {(cursor !== '0' || next) && (
              <div className="flex flex-wrap gap-2 border-t border-line p-3">
                {cursor !== '0' && <Button onClick={() => go('0')}>{t('requests.newest')}</Button>}
                {next && <Button onClick={() => go(next)}>{t('requests.older')}</Button>}
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
