'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useMemo } from 'react';
import { queries } from '@/components/api/queries';
import type { Stands } from '@/components/map/markers';
import { SiteMap } from '@/components/map/site-map';
import { useT } from '@/components/messages/provider';
import { RecipeCard, RecipeCardsSkeleton } from '@/components/recipes/recipe-card';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Loaded } from '@/components/ui/loaded';
import { Page } from '@/components/ui/page';
import type { SiteView } from '@/lib/api/contract/sites';
import { Crossing } from './crossing';
import { HowItGoes } from './how-it-goes';
import { Pictures } from './pictures';
import { type Runs, WhoRunsIt } from './who-runs-it';

/** What Transat is, for those who have not signed in. */
export function Landing({ runs }: { runs: Runs }) {
  const t = useT();
  const known = useQuery(queries.sites()).data?.items;
  const { sites, ways } = useMemo(() => shores(known ?? []), [known]);
  const recipes = useRecipes();
  return (
    <>
      <section className="relative overflow-hidden border-b border-line bg-sea">
        <div className="relative z-10 mx-auto max-w-6xl px-4 pt-12 pb-8 sm:px-6 sm:pt-20">
          <h1 className="max-w-2xl text-4xl font-semibold tracking-[-0.03em] text-ink sm:text-5xl sm:leading-[1.08]">
            {t('landing.title')}
          </h1>
          <p className="mt-5 max-w-xl text-base text-ink-2 sm:text-lg">{t('landing.text')}</p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Link href="/signin" className={buttonClass('primary', 'min-h-11 px-5')}>
              {t('signin.action')}
              <ArrowRight aria-hidden />
            </Link>
            <Link href="/recipes" className={buttonClass('secondary', 'min-h-11 px-5')}>
              {t('landing.browse')}
            </Link>
          </div>
        </div>
        <SiteMap
          sites={sites}
          ways={ways}
          legend={false}
          className="mx-auto aspect-[1200/560] max-w-[90rem] [mask-image:linear-gradient(transparent,black_30%,black_88%,transparent)] lg:-mt-56"
        />
      </section>
      <Page className="space-y-16 pt-14 sm:pt-20">
        <Crossing />
        <Pictures />
        <HowItGoes />
        <section aria-labelledby="teaser">
          <div className="mb-5 flex flex-wrap items-baseline justify-between gap-3">
            <h2 id="teaser" className="text-xl font-semibold tracking-tight">
              {t('landing.recipes')}
            </h2>
            <Link href="/recipes" className="inline-flex min-h-6 items-center gap-1.5 text-sm font-medium text-accent hover:underline">
              {t('landing.allRecipes')}
              <ArrowRight aria-hidden className="size-4" />
            </Link>
          </div>
          <Loaded query={recipes} skeleton={<RecipeCardsSkeleton />}>
            {({ items }) => (
              <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
                {items
                  .filter((recipe) => recipe.kind === 'recipe')
                  .slice(0, 6)
                  .map((recipe) => (
                    <RecipeCard key={recipe.id} recipe={recipe} heading="h3" />
                  ))}
              </ul>
            )}
          </Loaded>
        </section>
        <WhoRunsIt runs={runs} />
      </Page>
    </>
  );
}

/** The sites without anybody's access, and a way from the first of each shore to the first of the other. */
function shores(known: SiteView[]): { sites: SiteView[]; ways: Stands } {
  const sites = known.map((site): SiteView => ({ ...site, access: 'ready' }));
  const west = sites.filter((site) => site.lon !== null && site.lon < -30).slice(0, 2);
  const east = sites.filter((site) => site.lon !== null && site.lon > -30).slice(0, 2);
  return { sites, ways: west.flatMap((from) => east.map((to) => ({ id: `${from.id} ${to.id}`, sites: [from.id, to.id] }))) };
}
