'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { useLanguage, useT } from '@/components/messages/provider';
import { BackToForm } from '@/components/shared/back-to-form';
import { Remedies } from '@/components/shared/site-remedies';
import { useViewer } from '@/components/shared/use-viewer';
import { keepSite } from '@/components/shared/with-query';
import { BackLink } from '@/components/ui/back-link';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { CodeLine } from '@/components/ui/copy';
import { later } from '@/components/ui/later';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { ProblemCard } from '@/components/ui/problem';
import { Skeleton } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { Ago } from '@/components/ui/time';
import { Notice, Status } from '@/components/ui/tone';
import type { SiteView } from '@/lib/api/contract/sites';
import { toneOfAccess } from './access';
import { Downtimes } from './downtimes';
import { OwnSiteActions } from './own-site';
import { SiteFacts } from './site-facts';

const SiteLeases = later(
  () => import('./site-leases').then((module) => module.SiteLeases),
  () => <Skeleton className="h-44 rounded-card" />,
);

/** One site: whether I can use it, and what is there. */
export function SitePage({ id }: { id: string }) {
  const t = useT();
  const client = useQueryClient();
  const query = useQuery(queries.site(id));
  useTitle(query.data?.name);
  const again = () => client.invalidateQueries({ queryKey: ['sites'] });
  return (
    <Page wide>
      <BackToForm />
      <BackLink href="/sites">{t('nav.sites')}</BackLink>
      {!query.data && <h1 className="sr-only">{t('sites.site')}</h1>}
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {(site) => <Site site={site} again={again} asking={query.isFetching} />}
      </Loaded>
    </Page>
  );
}

function Site({ site, again, asking }: { site: SiteView; again: () => void; asking: boolean }) {
  const { t, format } = useLanguage();
  const signedIn = useViewer().state === 'signed-in';
  const about = [[site.city, site.country].filter(Boolean).join(', '), t(`provider.${site.provider}`), site.region]
    .concat(site.own ? t('sites.own') : null)
    .filter(Boolean)
    .join(' · ');
  return (
    <>
      <PageTitle
        title={site.name}
        note={about}
        actions={
          <>
            <Status tone={toneOfAccess(site.access)} pill>
              {t(`access.${site.access}`)}
            </Status>
            {site.own && <OwnSiteActions site={site} />}
            {site.access === 'ready' && signedIn && (
              <Link href={keepSite('/recipes', site.id)} className={buttonClass('primary')}>
                <Rocket aria-hidden />
                {t('sites.deployThere')}
              </Link>
            )}
          </>
        }
      />
      {(site.goneSince || site.downtimes.length > 0) && (
        <div className="mb-5 space-y-3">
          {site.goneSince && (
            <Notice tone="warn" title={t('sites.gone')}>
              {t('sites.goneNote', { day: format.day(site.goneSince) })}
            </Notice>
          )}
          <Downtimes downtimes={site.downtimes} />
        </div>
      )}
      {site.access !== 'ready' && (
        <div className="mb-5">
          {site.reason ? (
            <ProblemCard
              problem={site.reason}
              action={
                <>
                  <Remedies site={site} signedIn={signedIn} />
                  <Button busy={asking} onClick={again}>
                    {t('common.tryAgain')}
                  </Button>
                </>
              }
            />
          ) : (
            <Remedies site={site} signedIn={signedIn} />
          )}
        </div>
      )}
      {site.features.leases && (
        <div className="mb-5">
          <SiteLeases site={site} />
        </div>
      )}
      {site.access === 'ready' && signedIn ? (
        <SiteFacts site={site}>
          <Endpoint site={site} />
        </SiteFacts>
      ) : (
        <div className="max-w-xl">
          <Endpoint site={site} />
        </div>
      )}
    </>
  );
}

function Endpoint({ site }: { site: SiteView }) {
  const t = useT();
  return (
    <Section id="endpoint" title={t('sites.endpoint')}>
      <div className="space-y-3 p-5 text-sm">
        <CodeLine text={site.authUrl} what={t('sites.endpoint')} />
        <p className="text-ink-2">
          {t('sites.ways')} {site.methods.map((method) => t(`method.${method}`)).join(', ')}
        </p>
        {site.asOf && (
          <p className="text-xs text-ink-3">
            {t('sites.listed')} <Ago iso={site.asOf} />
          </p>
        )}
      </div>
    </Section>
  );
}
