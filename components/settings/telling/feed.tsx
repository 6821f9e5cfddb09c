'use client';

import { useState } from 'react';
import { useWrite } from '@/components/api/use-write';
import { useT } from '@/components/messages/provider';
import { ConfirmDelete } from '@/components/shared/confirm-delete';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { CodeLine } from '@/components/ui/copy';
import { Ago } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { MadeFeed, NotificationsView } from '@/lib/api/contract/telling';

/** The calendar that others subscribe to: its address is shown once, made anew, or ended. */
export function Feed({ view: { feedMadeAt } }: { view: NotificationsView }) {
  const t = useT();
  const [url, setUrl] = useState<string | null>(null);
  const make = useWrite<MadeFeed>(['notifications'], (made) => setUrl(made.url));
  return (
    <div className="space-y-4 p-5">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="font-medium text-ink">{t('notify.feed')}</h3>
          <p className="text-sm text-ink-2">{t('notify.feedNote')}</p>
          {feedMadeAt !== null && (
            <p className="mt-1 text-xs text-ink-3">
              {t('notify.feedSince')} <Ago iso={feedMadeAt} />
            </p>
          )}
        </div>
        {feedMadeAt !== null && (
          <ConfirmDelete name={t('notify.feedName')} path="/notifications/feed" keys={['notifications']} onDone={() => setUrl(null)}>
            {t('notify.feedDelete')}
          </ConfirmDelete>
        )}
      </div>
      {url && (
        <Notice tone="ok" title={t('notify.feedMade')}>
          <div className="mt-2">
            <CodeLine text={url} what={t('notify.feedMadeName')} />
          </div>
        </Notice>
      )}
      <Refused error={make.error} />
      <Button busy={make.isPending} onClick={() => make.mutate({ method: 'POST', path: '/notifications/feed', body: {} })}>
        {feedMadeAt === null ? t('notify.feedMake') : t('notify.feedAgain')}
      </Button>
    </div>
  );
}
