'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queries } from '@/components/api/queries';
import type { RecipeDetail } from '@/lib/catalog/types';
import { draftAt } from './draft-of-link';
import type { EditDraft } from './use-draft';

/**
 * Places a recipe at the site that a link names, once; from then on the person chooses. One that nobody knows stays in the address, and is told.
 * @returns whether there is no such site
 */
export function useSiteOfLink(recipe: RecipeDetail, id: string, edit: EditDraft, onTaken: () => void): { missing: boolean } {
  const sites = useQuery({ ...queries.sites(), enabled: id !== '' }).data?.items;
  const known = sites?.some((site) => site.id === id);
  useEffect(() => {
    if (!known) return;
    edit((draft) => draftAt(draft, recipe, id));
    onTaken();
  }, [known, recipe, id, edit, onTaken]);
  return { missing: known === false };
}
