'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MapPin, RotateCw } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { write } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import { useLanguage } from '@/components/messages/provider';
import { Refused } from '@/components/shared/refused';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Status, type Tone } from '@/components/ui/tone';
import type { DeploymentView, SideView } from '@/lib/api/contract/deployments';

const PlaceElsewhere = dynamic(() => import('./place-elsewhere').then((module) => module.PlaceElsewhere), { ssr: false });

const tones: Record<SideView['state'], Tone> = { ready: 'ok', 'under-way': 'busy', waiting: 'waiting', failed: 'bad' };

/** The parts of a deployment over several sites: which stands, which has failed, and what can be done for that one alone. */
export function Sides({ view }: { view: DeploymentView }) {
  const { t, said } = useLanguage();
  const client = useQueryClient();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const [moving, setMoving] = useState<SideView | null>(null);
  const retry = useMutation({
    mutationFn: () => write('POST', `/deployments/${encodeURIComponent(view.id)}/actions`, { body: { action: 'retry' } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['deployments'] }),
  });
  return (
    <Section id="sides" title={t('sides.title')} className="mb-5">
      <ul className="divide-y divide-line">
        {view.sides.map((side) => (
          <li key={side.set} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3 text-sm">
            <div className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">
              <p className="font-medium text-ink">
                {said(side.label)}
                <span className="ml-2 font-normal text-ink-2">{sites.find(({ id }) => id === side.site)?.name ?? side.site}</span>
              </p>
              <Status tone={tones[side.state]}>{t(`sides.${side.state}`)}</Status>
              {side.problem && <p className="mt-0.5 text-xs text-ink-2">{said(side.problem.title)}</p>}
            </div>
            {side.state === 'failed' && view.actions.retry?.allowed && (
              <div className="flex flex-wrap gap-2">
                <Button busy={retry.isPending} onClick={() => retry.mutate()}>
                  <RotateCw aria-hidden />
                  {t('action.retry')}
                </Button>
                <Button onClick={() => setMoving(side)}>
                  <MapPin aria-hidden />
                  {t('sides.elsewhere')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {retry.isError && (
        <div className="p-3">
          <Refused error={retry.error} />
        </div>
      )}
      {moving && <PlaceElsewhere view={view} side={moving} onClose={() => setMoving(null)} />}
    </Section>
  );
}
