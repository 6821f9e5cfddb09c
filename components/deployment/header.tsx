'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { LeaseEnd } from '@/components/deployments/lease-end-later';
import { Progress } from '@/components/deployments/progress';
import { deploymentQueries } from '@/components/deployments/queries';
import { useLanguage } from '@/components/messages/provider';
import { isMoving, isOfUse, standingOf, toneOfStanding } from '@/components/shared/deployment-standing';
import { sayOutput } from '@/components/shared/recipes/say-recipe';
import { buttonClass } from '@/components/ui/button';
import { Ago, useNow } from '@/components/ui/time';
import { Status, ToneIcon } from '@/components/ui/tone';
import type { DeploymentView } from '@/lib/api/contract/deployments';
import { webLink } from '@/lib/inputs/link';
import { Actions } from './actions';
import { nextStep } from './next-step';
import type { StreamState } from './use-stream';

/** Name, state in words, what to do next, and what can be done. */
export function DeploymentHeader({ view, stream }: { view: DeploymentView; stream: StreamState }) {
  const { t, said } = useLanguage();
  const outputs = (useQuery(deploymentQueries.outputs(view.id)).data?.items ?? []).map((output) => sayOutput(output, said));
  const opens =
    isOfUse(view) && view.state !== 'updating' ? outputs.find((output) => output.kind === 'url' && webLink(output.value ?? '')) : undefined;
  return (
    <header className="mb-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-4 sm:gap-x-6">
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="text-2xl font-semibold tracking-tight text-ink [overflow-wrap:anywhere]">{view.name}</h1>
            <span role="status">
              <Status tone={toneOfStanding(view)} pill>
                {t(`state.${standingOf(view)}`)}
              </Status>
            </span>
          </div>
          <p className="mt-1.5 text-sm text-ink-2">
            {nextStep(view, outputs)(t)}
            <span className="text-ink-3">
              {' · '}
              {said(view.recipeName)} · {t('deployment.created')} <Ago iso={view.createdAt} />
            </span>
          </p>
          <LeaseEnd deployment={view} linked className="mt-1.5" />
          {view.state === 'deleted' && view.lost.length > 0 && (
            <p className="mt-1.5 text-sm text-ink-2">{t('deployment.lost', { names: view.lost.join(', ') })}</p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {opens?.value && (
            <a href={opens.value} target="_blank" rel="noreferrer" className={buttonClass('primary')}>
              <ExternalLink aria-hidden />
              {t('deployment.open', { what: opens.label })}
            </a>
          )}
          <Actions view={view} />
        </div>
      </div>
      {isMoving(view.state) && <Moving view={view} />}
      {stream === 'lost' && view.state !== 'deleted' && (
        <p role="status" className="mt-3 flex items-center gap-2 text-xs text-ink-2">
          <ToneIcon tone="warn" className="size-3.5" />
          {t('deployment.streamLost')}
        </p>
      )}
    </header>
  );
}

function Moving({ view }: { view: DeploymentView }) {
  const { t, format } = useLanguage();
  const now = useNow(1);
  const passed = Math.max(0, (now - Date.parse(view.createdAt)) / 1000);
  const left = view.expectedSeconds === null ? null : view.expectedSeconds - passed;
  const starting = view.state === 'planned' || view.state === 'deploying' || view.state === 'configuring';
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <div className="min-w-48 flex-1">
        <Progress done={view.progress.done} total={view.progress.total} label={t('deployment.progress')} />
      </div>
      <p className="text-xs text-ink-2 tabular-nums">
        {t('deployment.doneOf', { done: view.progress.done, total: view.progress.total })}
        {starting && ` · ${t('deployment.passed', { time: format.duration(passed) })}`}
        {starting && left !== null && ` · ${left > 0 ? t('deployment.left', { time: format.duration(left) }) : t('deployment.longer')}`}
      </p>
    </div>
  );
}
