'use client';

import { useQuery } from '@tanstack/react-query';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { Section } from '@/components/ui/card';
import { Ago, Moment } from '@/components/ui/time';
import { ToneIcon } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import type { ElasticView } from '@/lib/api/contract/elastic';

const tones = { grow: 'busy', shrink: 'busy', none: 'idle' } as const;

/** Groups whose nodes come and go by their queue: how many there may be, what waits, and what was decided last, and why. */
export function ElasticGroups({ view }: { view: DeploymentView }) {
  const { t } = useLanguage();
  const items = useQuery(deploymentQueries.elastic(view.id)).data?.items ?? [];
  if (items.length === 0 || view.state === 'deleted') return null;
  return (
    <Section id="elastic" title={t('elastic.title')}>
      <div className="divide-y divide-line">
        {items.map((item) => (
          <Group key={item.group} item={item} />
        ))}
      </div>
    </Section>
  );
}

function Group({ item }: { item: ElasticView['items'][number] }) {
  const { t, said } = useLanguage();
  const { label, work, count, least, most, idleMinutes, queue, decisions } = item;
  return (
    <div className="space-y-2 px-4 py-3 text-sm sm:px-5">
      <p className="text-ink">
        <span className="font-medium">{label}</span> {t('elastic.bounds', { count, least, most })}
      </p>
      <p className="text-xs text-ink-2">
        {queue ? t(`elastic.queue.${work}`, { count: queue.waiting }) : t('elastic.nothingHeard')} {queue && <Ago iso={queue.heardAt} />}
        {' · '}
        {t('elastic.idle', { count: idleMinutes })}
      </p>
      {decisions.length > 0 && (
        <ol aria-label={t('elastic.decisions', { label })} className="space-y-1.5">
          {decisions.map(({ does, says, at }) => (
            <li key={at} className="flex gap-2">
              <ToneIcon tone={tones[does]} className="mt-0.5" />
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p className="text-ink">{said(says)}</p>
                <p className="text-xs text-ink-3">
                  <Moment iso={at} />
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
