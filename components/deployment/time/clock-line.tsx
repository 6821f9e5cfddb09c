'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage, useSaid, useT } from '@/components/messages/provider';
import { sayOutput } from '@/components/shared/recipes/say-recipe';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Ago, useNow } from '@/components/ui/time';
import { Notice } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { type Coming, comingOf } from './ends';

const Ending = dynamic(() => import('./ending').then((module) => module.Ending));
const IdleHint = dynamic(() => import('./idle-hint').then((module) => module.IdleHint));
const TimeDialog = dynamic(() => import('./time-dialog').then((module) => module.TimeDialog), { ssr: false });

/** All that has its time for a deployment on one line, a warning before its end, and what moves it. */
export function ClockLine({ view }: { view: DeploymentView }) {
  const { t } = useLanguage();
  const now = useNow();
  const credentials = useQuery(queries.credentials()).data?.items ?? [];
  const said = useSaid();
  const outputs = (useQuery(deploymentQueries.outputs(view.id)).data?.items ?? []).map((output) => sayOutput(output, said));
  const [open, setOpen] = useState(false);
  if (view.state === 'deleted' || view.state === 'deleting') return null;
  const coming = comingOf(view, credentials, now, outputs);
  const certificate = coming.find(({ what, tone }) => what === 'certificate' && tone !== 'idle');
  const end = coming.find(({ what, tone }) => what === 'end' && tone !== 'idle');
  return (
    <div className="mb-5 space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <CalendarClock aria-hidden className="size-4 shrink-0 text-ink-3" />
        {coming.length === 0 && <span className="text-ink-2">{t('time.nothing')}</span>}
        <ol aria-label={t('time.line')} className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 empty:hidden">
          {coming.map((each) => (
            <One key={`${each.what} ${each.at} ${each.name ?? ''}`} coming={each} />
          ))}
        </ol>
        <Button look="ghost" className="min-h-8 px-2" onClick={() => setOpen(true)}>
          {t('time.change')}
        </Button>
      </div>
      {end && <Ending view={view} at={end.at} tone={end.tone === 'bad' ? 'bad' : 'warn'} />}
      {view.idleSince && <IdleHint view={view} since={view.idleSince} onTime={() => setOpen(true)} />}
      {certificate && (
        <Notice tone={certificate.tone === 'bad' ? 'bad' : 'warn'} title={t('time.certificate', { name: certificate.name ?? '' })}>
          {t('time.certificateNote')}
        </Notice>
      )}
      {open && <TimeDialog view={view} onOpenChange={setOpen} />}
    </div>
  );
}

const colours: Record<Coming['tone'], string> = { idle: 'text-ink-2', warn: 'font-medium text-warn', bad: 'font-medium text-bad' };

function One({ coming: { what, at, name, tone } }: { coming: Coming }) {
  const t = useT();
  return (
    <li className={cn('min-w-0 [overflow-wrap:anywhere]', colours[tone])}>
      {what === 'credential' || what === 'certificate' ? t(`time.is.${what}`, { name: name ?? '' }) : t(`time.is.${what}`)} <Ago iso={at} />
    </li>
  );
}
