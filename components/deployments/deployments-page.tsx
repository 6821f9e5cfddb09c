'use client';

import { useQuery } from '@tanstack/react-query';
import { Layers, Plus, SearchX } from 'lucide-react';
import { useState } from 'react';
import { queries } from '@/components/api/queries';
import { useT } from '@/components/messages/provider';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { Button, buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { FilterChip } from '@/components/ui/chip';
import { SearchBox } from '@/components/ui/controls/search-box';
import { Empty } from '@/components/ui/empty';
import { Select } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { BulkBar } from './bulk-bar';
import { DeploymentTable } from './deployment-table';
import { strayQuery } from './strays/queries';
import { useDeploymentList } from './use-list';

const filters = ['running', 'moving', 'attention', 'stopped', 'deleted'] as const;

/** All my deployments: searched, filtered, selected. */
export function DeploymentsPage() {
  const t = useT();
  const { url, filter, query, rows, filtered } = useDeploymentList();
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter((row) => selected.has(row.id));
  return (
    <Page wide>
      <PageTitle
        title={t('deployments.title')}
        actions={
          <Link href="/recipes" className={buttonClass('primary')}>
            <Plus aria-hidden />
            {t('deployments.new')}
          </Link>
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-3">
        <SearchBox label={t('deployments.search')} value={url.get('q')} onChange={(q) => url.set({ q })} />
        <SiteAndRecipe />
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">{t('deployments.filterState')}</legend>
          {filters.map((name) => (
            <FilterChip key={name} on={filter === name} onClick={() => url.set({ state: filter === name ? null : name })}>
              {t(`deployments.${name}`)}
            </FilterChip>
          ))}
        </fieldset>
      </div>
      <BulkBar chosen={chosen} onDone={() => select(new Set())} />
      <Loaded query={query} skeleton={<ListSkeleton />}>
        {() =>
          rows.length > 0 ? (
            <DeploymentTable rows={rows} query={query} selected={selected} onSelect={select} />
          ) : (
            <Card>
              {filtered ? (
                <Empty
                  icon={SearchX}
                  title={t('deployments.noMatch')}
                  action={
                    <Button onClick={() => url.set({ q: null, state: null, site: null, recipe: null })}>{t('common.clearFilters')}</Button>
                  }
                />
              ) : (
                <Empty
                  icon={Layers}
                  title={t('deployments.none')}
                  action={
                    <Link href="/recipes" className={buttonClass('primary')}>
                      {t('deployments.first')}
                    </Link>
                  }
                >
                  {t('deployments.noneNote')}
                </Empty>
              )}
            </Card>
          )
        }
      </Loaded>
      <StraysLink />
    </Page>
  );
}

/** Says how much was left over, where something was. */
function StraysLink() {
  const t = useT();
  const left = useQuery(strayQuery()).data?.items.filter(({ state }) => state === 'found' || state === 'stuck').length ?? 0;
  return (
    <p className="mt-4 text-sm">
      <Link href="/strays" className="inline-flex min-h-6 items-center text-accent hover:underline">
        {t('strays.link')}
      </Link>
      {left > 0 && <span className="ml-2 text-warn">{t('strays.found', { count: left })}</span>}
    </p>
  );
}

function SiteAndRecipe() {
  const t = useT();
  const { url } = useDeploymentList();
  const sites = useQuery(queries.sites()).data?.items ?? [];
  const recipes = useRecipes().data?.items ?? [];
  return (
    <>
      <Select
        aria-label={t('deployments.filterSite')}
        className="w-[calc(50%-0.375rem)] sm:w-auto sm:max-w-44"
        value={url.get('site')}
        onChange={(event) => url.set({ site: event.target.value })}
      >
        <option value="">{t('deployments.anySite')}</option>
        {sites.map((site) => (
          <option key={site.id} value={site.id}>
            {site.name}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('deployments.filterRecipe')}
        className="w-[calc(50%-0.375rem)] sm:w-auto sm:max-w-44"
        value={url.get('recipe')}
        onChange={(event) => url.set({ recipe: event.target.value })}
      >
        <option value="">{t('deployments.anyRecipe')}</option>
        {recipes
          .filter((recipe) => recipe.kind === 'recipe')
          .map((recipe) => (
            <option key={recipe.id} value={recipe.id}>
              {recipe.name}
            </option>
          ))}
      </Select>
    </>
  );
}

function ListSkeleton() {
  return (
    <Card className="divide-y divide-line">
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <div key={row} className="flex h-16 items-center gap-6 px-5">
          <Skeleton className="h-4 w-56" />
          <Skeleton className="h-4 w-24" />
          <Skeleton className="ml-auto h-4 w-32" />
        </div>
      ))}
    </Card>
  );
}
