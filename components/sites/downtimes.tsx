'use client';

import { useLanguage } from '@/components/messages/provider';
import { useNow } from '@/components/ui/time';
import { Notice, ToneIcon } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';

type Downtime = SiteView['downtimes'][number];

/** One line of what matters most of a site's announced downtimes: the one that holds, else the next. */
export function DowntimeLine({ downtimes }: { downtimes: Downtime[] }) {
  const { t, format } = useLanguage();
  const now = new Date(useNow()).toISOString();
  const current = downtimes.find(({ start, end }) => start <= now && now < end);
  const next = downtimes.find(({ start }) => start > now);
  const shown = current ?? next;
  if (!shown) return null;
  return (
    <p className="mt-0.5 flex items-start gap-1 text-xs text-ink-2">
      <ToneIcon tone={current?.severity === 'outage' ? 'bad' : 'warn'} className="mt-px size-3.5" />
      {current ? t('sites.downUntil', { time: format.time(shown.end) }) : t('sites.downFrom', { time: format.time(shown.start) })}
    </p>
  );
}

/** All announced downtimes of a site, with what is said of each. */
export function Downtimes({ downtimes }: { downtimes: Downtime[] }) {
  const { t, format } = useLanguage();
  return downtimes.map((downtime) => (
    <Notice
      key={`${downtime.start} ${downtime.end} ${downtime.description}`}
      tone="warn"
      title={t(`sites.announced.${downtime.severity}`, { start: format.time(downtime.start), end: format.time(downtime.end) })}
    >
      <span lang="en">{downtime.description}</span>{' '}
      {downtime.url && (
        <a href={downtime.url} target="_blank" rel="noreferrer" className="font-medium text-accent underline underline-offset-2">
          {t('sites.announcement')}
        </a>
      )}
    </Notice>
  ));
}
