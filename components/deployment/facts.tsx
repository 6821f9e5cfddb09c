'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '@/components/api/queries';
import { LeaseEnd } from '@/components/deployments/lease-end-later';
import { useLanguage } from '@/components/messages/provider';
import { useAddOnNames } from '@/components/shared/recipes/use-add-on-names';
import { Section } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy';
import { Link } from '@/components/ui/link';
import { Moment } from '@/components/ui/time';
import type { DeploymentView } from '@/lib/api/contract/deployments';

/** What was asked for, where it is, since when, and its id. */
export function Facts({ view }: { view: DeploymentView }) {
  const { t, said, format } = useLanguage();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const addOn = useAddOnNames();
  const inputs = Object.entries(view.inputs);
  return (
    <Section id="facts" title={t('facts.title')}>
      <dl className="space-y-3 p-5 text-sm">
        <Fact label={t('facts.recipe')}>
          <Link href={`/recipes/${view.recipe}`} className="text-accent hover:underline">
            {said(view.recipeName)}
          </Link>
          {view.addOns.length > 0 && ` + ${view.addOns.map(addOn).join(', ')}`}
        </Fact>
        <Fact label={t('facts.sites')}>
          {view.sites.map((id) => (
            <Link key={id} href={`/sites/${id}`} className="mr-2 text-accent hover:underline">
              {sites.find((site) => site.id === id)?.name ?? id}
            </Link>
          ))}
        </Fact>
        <Fact label={t('facts.nodes')}>
          {view.state === 'deleted' ? view.nodes.total : t('facts.nodesReady', { ready: view.nodes.ready, total: view.nodes.total })}
        </Fact>
        <Fact label={t('facts.created')}>
          <Moment iso={view.createdAt} />
          <span className="block text-xs text-ink-3">{format.utc(view.createdAt)}</span>
        </Fact>
        {view.readyAt && (
          <Fact label={t('facts.ready')}>
            {t('facts.after', { time: format.duration((Date.parse(view.readyAt) - Date.parse(view.createdAt)) / 1000) })}
          </Fact>
        )}
        {view.expiresAt && (
          <Fact label={t('facts.expires')}>
            <Moment iso={view.expiresAt} />
          </Fact>
        )}
        {view.leaseEndsAt && view.state !== 'deleted' && (
          <Fact label={t('facts.lease')}>
            <LeaseEnd deployment={view} linked />
          </Fact>
        )}
        <Fact label={t('facts.id')}>
          <span className="flex items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs">{view.id}</code>
            <CopyButton text={view.id} what={t('facts.id')} className="size-6" />
          </span>
        </Fact>
      </dl>
      {inputs.length > 0 && (
        <details className="border-t border-line text-sm">
          <summary className="flex min-h-11 items-center px-5 font-medium text-ink">{t('facts.inputs', { count: inputs.length })}</summary>
          <dl className="space-y-2 px-5 pb-4 text-xs">
            {inputs.map(([name, value]) => (
              <div key={name} className="[overflow-wrap:anywhere]">
                <dt className="font-mono text-ink-3">{name}</dt>
                <dd className="text-ink">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3">
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 text-ink">{children}</dd>
    </div>
  );
}
