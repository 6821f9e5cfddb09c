'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { Loaded } from '@/components/ui/loaded';
import { SkeletonLines } from '@/components/ui/skeleton';
import { ToneIcon } from '@/components/ui/tone';
import type { DeploymentEvent } from '@/lib/api/contract/history';

const page = 200;

/** All that happened, the latest first. */
export function History({ id }: { id: string }) {
  const { t } = useLanguage();
  const query = useQuery(deploymentQueries.events(id));
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  const [shown, show] = useState(page);
  return (
    <Section
      id="history"
      title={t('history.title')}
      aside={
        <FilterChip on={onlyTrouble} onClick={() => setOnlyTrouble(!onlyTrouble)}>
          {t('history.trouble')}
        </FilterChip>
      }
    >
      <Loaded query={query} skeleton={<SkeletonLines lines={10} className="p-5" />}>
        {(events) => {
          const kept = events.filter((event) => !onlyTrouble || event.level !== 'info').toReversed();
          return (
            <>
              {kept.length === 0 && <p className="p-5 text-sm text-ink-2">{t('history.none')}</p>}
              <ol className="divide-y divide-line">
                {kept.slice(0, shown).map((event) => (
                  <EventRow key={event.id} event={event} />
                ))}
              </ol>
              {kept.length > shown && (
                <div className="p-4">
                  <Button onClick={() => show(shown + page)}>{t('history.earlier', { count: kept.length - shown })}</Button>
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function EventRow({ event }: { event: DeploymentEvent }) {
  const { t, said, format } = useLanguage();
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-2.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:px-5">
      {event.level === 'info' ? (
        <span aria-hidden className="mx-1 mt-1.5 size-2 rounded-full bg-line-strong" />
      ) : (
        <ToneIcon tone={event.level === 'error' ? 'bad' : 'warn'} className="mt-0.5" />
      )}
      <p className="min-w-0 text-ink [overflow-wrap:anywhere]">
        <span className="sr-only">{t(`level.${event.level}`)}: </span>
        {said(event.message)}
        {event.subject && <code className="ml-2 font-mono text-xs text-ink-3">{event.subject}</code>}
      </p>
      <p className="col-start-2 text-xs text-ink-3 tabular-nums sm:col-start-3 sm:text-right">
        <time dateTime={event.at} title={format.utc(event.at)}>
          {format.clock(event.at)}
        </time>
      </p>
    </li>
  );
}
