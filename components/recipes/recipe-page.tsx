'use client';

import { Rocket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguage, useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { useRecipe } from '@/components/shared/recipes/use-recipes';
import { keepSite } from '@/components/shared/with-query';
import { BackLink } from '@/components/ui/back-link';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Tag } from '@/components/ui/chip';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import { Skeleton } from '@/components/ui/skeleton';
import { useTitle } from '@/components/ui/state/use-title';
import { useUrlState } from '@/components/ui/state/use-url-state';
import type { RecipeView } from '@/lib/api/contract/recipes';
import { Architecture } from './architecture';
import { AtSite } from './at-site';
import { RecipeNotes } from './broken-recipes';
import { Downloads } from './downloads';
import { Extended } from './extended';
import { Needs } from './needs';
import { Questions } from './questions';

/**
 * What a recipe gives, needs and asks.
 * @param readme its README as drawn by the server
 */
export function RecipePage({ id, readme }: { id: string; readme: ReactNode }) {
  const t = useT();
  const site = useUrlState().get('site');
  const query = useRecipe(id);
  useTitle(query.data?.name);
  return (
    <Page>
      <BackLink href={keepSite('/recipes', site)}>{t('catalogue.title')}</BackLink>
      <AtSite />
      {!query.data && <h1 className="sr-only">{t('recipe.title')}</h1>}
      <Loaded query={query} skeleton={<RecipeSkeleton />}>
        {(recipe) => <Recipe recipe={recipe} readme={readme} site={site} />}
      </Loaded>
    </Page>
  );
}

function Recipe({ recipe, readme, site }: { recipe: RecipeView; readme: ReactNode; site: string }) {
  const { t, said } = useLanguage();
  return (
    <>
      <header className="mb-6 flex flex-wrap items-start gap-x-5 gap-y-4">
        <RecipeIcon icon={recipe.icon} id={recipe.id} addOn={recipe.kind === 'add-on'} className="size-14 rounded-xl [&_svg]:size-7" />
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-2xl font-semibold tracking-tight">{recipe.name}</h1>
          <p className="mt-1 max-w-2xl text-ink-2">{recipe.summary}</p>
          <p className="mt-3 flex flex-wrap items-center gap-1.5">
            <Tag>{t('recipe.version', { version: recipe.version })}</Tag>
            {recipe.kind === 'add-on' && <Tag>{t('recipe.addOn')}</Tag>}
            {recipe.tags.map((tag) => (
              <Link key={tag} href={keepSite(`/recipes?tag=${encodeURIComponent(tag)}`, site)} className="rounded-md">
                <Tag className="hover:bg-hover hover:text-ink">{said(tag)}</Tag>
              </Link>
            ))}
          </p>
        </div>
        {recipe.kind === 'recipe' ? (
          <Link href={keepSite(`/deploy/${recipe.id}`, site)} className={buttonClass('primary', 'min-h-11 px-5')}>
            <Rocket aria-hidden />
            {t('recipe.deploy')}
          </Link>
        ) : (
          <Extended recipe={recipe} site={site} />
        )}
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          {recipe.groups.length > 0 && <Architecture recipe={recipe} />}
          <Section title={t('recipe.about')} id="about">
            {readme}
          </Section>
          <RecipeNotes notes={recipe.notes} />
        </div>
        <aside className="min-w-0 space-y-5">
          <Needs recipe={recipe} />
          <Questions recipe={recipe} />
          <Downloads downloads={recipe.downloads} />
        </aside>
      </div>
    </>
  );
}

function RecipeSkeleton() {
  return (
    <>
      <div className="mb-6 flex gap-5">
        <Skeleton className="size-14 rounded-xl" />
        <div className="flex-1 space-y-3">
          <Skeleton className="h-7 w-56" />
          <Skeleton className="h-4 w-96 max-w-full" />
          <Skeleton className="h-5 w-40" />
        </div>
      </div>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96 rounded-card" />
        <Skeleton className="h-72 rounded-card" />
      </div>
    </>
  );
}
