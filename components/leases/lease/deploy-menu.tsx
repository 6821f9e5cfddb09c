'use client';

import { Rocket } from 'lucide-react';
import { useT } from '@/components/messages/provider';
import { RecipeIcon } from '@/components/shared/recipes/recipe-icon';
import { useRecipes } from '@/components/shared/recipes/use-recipes';
import { type ButtonLook, buttonClass } from '@/components/ui/button';
import { Menu, menuItem } from '@/components/ui/controls/menu';
import { Link } from '@/components/ui/link';

/** The recipes, each of which can be put on a lease. */
export function DeployMenu({ lease, look }: { lease: string; look: ButtonLook }) {
  const t = useT();
  const recipes = useRecipes().data?.items.filter(({ kind }) => kind === 'recipe') ?? [];
  return (
    <Menu
      label={t('lease.deploy')}
      icon={
        <>
          <Rocket aria-hidden />
          <span aria-hidden>{t('lease.deploy')}</span>
        </>
      }
      buttonClass={buttonClass(look)}
      panelClass="w-72 max-h-96 overflow-y-auto"
    >
      {() =>
        recipes.map(({ id, name, icon }) => (
          <Link key={id} role="menuitem" href={`/deploy/${id}?lease=${lease}`} className={menuItem}>
            <RecipeIcon icon={icon} id={id} />
            {name}
          </Link>
        ))
      }
    </Menu>
  );
}
