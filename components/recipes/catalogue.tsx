'use client';

import { FlaskConical, SearchX } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useLanguage, useT } from '@/components/messages/provider';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { Button, buttonClass } from '@/components/ui/button';
import { FilterChip } from '@/components/ui/chip';
import { SearchBox } from '@/components/ui/controls/search-box';
import { Empty } from '@/components/ui/empty';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page, PageTitle } from '@/components/ui/page';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { RecipeList } from '@/lib/api/contract/recipes';
import { AtSite } from './at-site';
import { BrokenRecipes } from './broken-recipes';
import { countTags, filterRecipes } from './filter-recipes';
import { RecipeCard, RecipeCardsSkeleton } from './recipe-card';

/** All that can be deployed, searched as one types. */
export function Catalogue() {
  const t = useT();
  const url = useUrlState();
  const query = useRecipes();
  return (
    <Page>
      <PageTitle
        title={t('catalogue.title')}
        note={t('catalogue.note')}
        actions={
          <Link href="/recipes/try" className={buttonClass('ghost')}>
            <FlaskConical aria-hidden />
            {t('catalogue.try')}
          </Link>
        }
      />
      <div className="mb-5 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-3">
        <SearchBox label={t('catalogue.search')} value={url.get('q')} onChange={(q) => url.set({ q })} />
        <Filters list={query.data} />
      </div>
      <AtSite />
      <Loaded query={query} skeleton={<RecipeCardsSkeleton />}>
        {(list) => <Found list={list} />}
      </Loaded>
    </Page>
  );
}

function Filters({ list }: { list: RecipeList | undefined }) {
  const { t, said } = useLanguage();
  const url = useUrlState();
  const tag = url.get('tag');
  const kind = url.get('kind');
  const items = list?.items ?? [];
  const tags = countTags(items).slice(0, 8);
  if (tag && !tags.some(([name]) => name === tag)) tags.push([tag, 0]);
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{t('catalogue.filters')}</legend>
      {tags.map(([name]) => (
        <FilterChip key={name} on={tag === name} onClick={() => url.set({ tag: tag === name ? null : name })}>
          {said(name)}
        </FilterChip>
      ))}
      {items.some((recipe) => recipe.kind === 'add-on') && (
        <FilterChip on={kind === 'add-on'} onClick={() => url.set({ kind: kind ? null : 'add-on' })}>
          {t('catalogue.addOns')}
        </FilterChip>
      )}
    </fieldset>
  );
}

function Found({ list }: { list: RecipeList }) {
  const t = useT();
  const url = useUrlState();
  const text = useDeferredValue(url.get('q'));
  const found = filterRecipes(list.items, { text, tag: url.get('tag'), kind: url.get('kind') });
  return (
    <>
      <p role="status" className="sr-only">
        {t('catalogue.count', { count: found.length })}
      </p>
      {found.length === 0 ? (
        <Empty
          icon={SearchX}
          title={list.items.length === 0 ? t('catalogue.none') : t('catalogue.noMatch')}
          action={
            list.items.length > 0 && <Button onClick={() => url.set({ q: null, tag: null, kind: null })}>{t('common.clearFilters')}</Button>
          }
        />
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {found.map((recipe) => (
            <RecipeCard key={recipe.id} recipe={recipe} site={url.get('site')} />
          ))}
        </ul>
      )}
      <BrokenRecipes broken={list.broken} />
    </>
  );
}
