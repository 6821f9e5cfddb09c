'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageCheck, RefreshCw } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useWrite } from '@/components/api/use-write';
import { useLanguage, useT } from '@/components/messages/provider';
import { kindLabel } from '@/components/shared/kind-label';
import { Refused } from '@/components/shared/refused';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { Ago } from '@/components/ui/time';
import { Status } from '@/components/ui/tone';
import type { StraysView } from '@/lib/api/contract/strays';
import { strayQuery } from './queries';
import { SiteStrays } from './site-strays';

/** What was left over of deployments, site by site, and what deployments have lost. */
export function StraysPage() {
  const t = useT();
  const query = useQuery(strayQuery());
  const look = useWrite(['strays']);
  return (
    <Page wide>
      <BackLink href="/deployments">{t('nav.deployments')}</BackLink>
      <PageTitle
        title={t('strays.title')}
        note={t('strays.note')}
        actions={
          <Button busy={look.isPending} onClick={() => look.mutate({ method: 'POST', path: '/strays/look' })}>
            <RefreshCw aria-hidden />
            {t('strays.look')}
          </Button>
        }
      />
      <div className="space-y-5">
        <div className="empty:hidden">
          <Refused error={look.error} />
        </div>
        <Loaded query={query} skeleton={<Skeleton className="h-64 rounded-card" />}>
          {(view) => <Found view={view} />}
        </Loaded>
      </div>
    </Page>
  );
}

function Found({ view }: { view: StraysView }) {
  const t = useT();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const nameOf = (id: string) => sites.find((site) => site.id === id)?.name ?? id;
  const bySite = Map.groupBy(view.items, ({ site }) => site);
  return (
    <div className="space-y-5">
      {view.items.length === 0 && (
        <Card>
          <Empty icon={PackageCheck} title={t('strays.none')}>
            {t('strays.noneNote')}
          </Empty>
        </Card>
      )}
      {[...bySite].map(([site, items]) => (
        <SiteStrays key={site} name={nameOf(site)} items={items} />
      ))}
      {view.lost.length > 0 && <Lost lost={view.lost} nameOf={nameOf} />}
      {view.looks.length > 0 && <Looks looks={view.looks} nameOf={nameOf} />}
    </div>
  );
}

type NameOf = (site: string) => string;

function Lost({ lost, nameOf }: { lost: StraysView['lost']; nameOf: NameOf }) {
  const t = useT();
  return (
    <Section id="lost" title={t('strays.lost')} note={t('strays.lostNote')}>
      <ul className="divide-y divide-line text-sm">
        {lost.map(({ deployment, key, kind, site, since }) => (
          <li
            key={`${deployment.id} ${key}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3 [overflow-wrap:anywhere] sm:px-5"
          >
            <span className="font-medium text-ink">
              {kindLabel(t, kind)} <code className="font-mono text-xs">{key}</code>
            </span>
            <Link href={`/deployments/${deployment.id}`} className="text-accent hover:underline">
              {t('strays.lostBy', { name: deployment.name })}
            </Link>
            <span className="text-ink-2">
              {nameOf(site)} · <Ago iso={since} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Looks({ looks, nameOf }: { looks: StraysView['looks']; nameOf: NameOf }) {
  const { t, said } = useLanguage();
  return (
    <Section id="looks" title={t('strays.looks')}>
      <ul className="divide-y divide-line text-sm">
        {looks.map(({ site, project, at, looking, problem }) => (
          <li key={`${site} ${project}`} className="space-y-1 px-4 py-3 [overflow-wrap:anywhere] sm:px-5">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium text-ink">{nameOf(site)}</span>
              <code className="font-mono text-xs text-ink-3">{project}</code>
              <Status tone={looking ? 'busy' : problem ? 'warn' : at ? 'ok' : 'waiting'}>
                {t(looking ? 'strays.looking' : problem ? 'strays.notAll' : at ? 'strays.looked' : 'strays.neverLooked')}
              </Status>
              {at && (
                <span className="text-ink-2">
                  <Ago iso={at} />
                </span>
              )}
            </p>
            {problem && <p className="text-ink-2">{said(problem.detail ?? problem.title)}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
