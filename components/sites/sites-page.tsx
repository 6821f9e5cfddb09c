'use client';

import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { queries } from '@/components/api/queries';
import { SiteMap } from '@/components/map/site-map';
import { useT } from '@/components/messages/provider';
import { plain } from '@/components/shared/plain';
import { useViewer } from '@/components/shared/use-viewer';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { SearchBox } from '@/components/ui/controls/search-box';
import { Empty } from '@/components/ui/empty';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { SiteView } from '@/lib/api/contract/sites';
import { accesses, sortSites } from './access';
import { AddSite } from './own-site';
import { SiteTable } from './site-table';

/** Where one can deploy: who is open, what is free there, and what is missing to use the others. */
export function SitesPage() {
  const t = useT();
  const url = useUrlState();
  const signedIn = useViewer().state === 'signed-in';
  // asked for before the rows are there that show it
  useQuery({ ...queries.summaries(), enabled: signedIn, notifyOnChangeProps: [] });
  const query = useQuery(queries.sites());
  const all = query.data?.items ?? [];
  const access = accesses.find((each) => each === url.get('access'));
  const text = plain(url.get('q'));
  const shown = sortSites(all.filter((site) => (!access || site.access === access) && matches(site, text)));
  return (
    <Page wide>
      <PageTitle title={t('sites.title')} note={t('sites.note')} actions={signedIn && <AddSite />} />
      <Card className="mb-5 hidden overflow-hidden sm:block">
        <SiteMap sites={shown} className="aspect-[1200/560] max-h-[27rem] w-full [&>svg]:-mt-[6%]" />
      </Card>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchBox label={t('sites.search')} value={url.get('q')} onChange={(q) => url.set({ q })} />
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">{t('sites.filter')}</legend>
          {accesses
            .map((each) => ({ each, count: all.filter((site) => site.access === each).length }))
            .filter(({ each, count }) => count > 0 || each === access)
            .map(({ each, count }) => (
              <FilterChip key={each} on={access === each} onClick={() => url.set({ access: access === each ? null : each })}>
                {t(`access.${each}`)} <span className="text-ink-3 tabular-nums">{count}</span>
              </FilterChip>
            ))}
        </fieldset>
      </div>
      <Loaded query={query} skeleton={<Skeleton className="h-96 rounded-card" />}>
        {() =>
          shown.length > 0 ? (
            <SiteTable sites={shown} />
          ) : (
            <Card>
              <Empty
                icon={SearchX}
                title={all.length === 0 ? t('sites.none') : t('sites.noMatch')}
                action={all.length > 0 && <Button onClick={() => url.set({ q: null, access: null })}>{t('common.clearFilters')}</Button>}
              />
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}

function matches(site: SiteView, text: string): boolean {
  return plain([site.name, site.id, site.city, site.country, site.provider].join(' ')).includes(text);
}
