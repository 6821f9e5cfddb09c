'use client';

import { useLanguage } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { keepSite } from '@/components/shared/with-query';
import { Tag } from '@/components/ui/chip';
import { Fixed, upTo } from '@/components/ui/fixed';
import { Link } from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import type { RecipeSummary } from '@/lib/catalog/types';

interface RecipeCardProps {
  recipe: RecipeSummary;
  heading?: 'h2' | 'h3';
  /** id of the site that it is to be deployed at */
  site?: string;
}

/** One recipe of the catalogue; the whole card leads to its page. */
export function RecipeCard({ recipe, heading: Heading = 'h2', site = '' }: RecipeCardProps) {
  const { t, said } = useLanguage();
  return (
    <li className="group relative flex flex-col rounded-card border border-line bg-surface p-5 shadow-card transition-colors hover:border-accent/60">
      <div className="flex items-start gap-3.5">
        <RecipeIcon icon={recipe.icon} id={recipe.id} addOn={recipe.kind === 'add-on'} />
        <div className="min-w-0">
          <Heading className="font-semibold text-ink">
            <Link
              href={keepSite(`/recipes/${recipe.id}`, site)}
              className="after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-accent"
            >
              {recipe.name}
            </Link>
          </Heading>
          <p className="text-xs text-ink-3">
            {t('recipe.version', { version: recipe.version })}
            {recipe.kind === 'add-on' && ` · ${t('recipe.addOn')}`}
          </p>
        </div>
      </div>
      <p className="mt-3 mb-4 text-sm text-ink-2">{recipe.summary}</p>
      <p className="mt-auto flex flex-wrap gap-1.5">
        {recipe.tags.slice(0, 4).map((tag) => (
          <Tag key={tag}>{said(tag)}</Tag>
        ))}
      </p>
    </li>
  );
}

export function RecipeCardsSkeleton({ cards = 6 }: { cards?: number }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Fixed items={upTo(cards)}>
        {() => (
          <div className="h-[11.5rem] rounded-card border border-line bg-surface p-5">
            <div className="flex gap-3.5">
              <Skeleton className="size-10" />
              <div className="flex-1 space-y-2">
                <Skeleton className="h-4 w-2/3" />
                <Skeleton className="h-3 w-1/3" />
              </div>
            </div>
            <Skeleton className="mt-4 h-4" />
            <Skeleton className="mt-2 h-4 w-4/5" />
          </div>
        )}
      </Fixed>
    </div>
  );
}
