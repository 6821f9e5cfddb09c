'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queries } from '@/components/api/queries';
import { leaseQueries } from '@/components/leases/queries';
import type { RecipeDetail } from '@/lib/catalog/types';
import { draftOnLease } from './placing/on-lease';
import type { EditDraft } from './use-draft';

/** Puts a recipe on the lease that a link names, once both and what its site has are known; from then on the person chooses. */
export function useLeaseOfLink(recipe: RecipeDetail, id: string, signedIn: boolean, edit: EditDraft, onTaken: () => void): void {
  const lease = useQuery({ ...leaseQueries.one(id), enabled: signedIn && id !== '' }).data;
  const facts = useQuery({ ...queries.facts(lease?.site ?? '', lease?.project), enabled: lease !== undefined });
  const done = useRef('');
  const known = facts.data !== undefined || facts.isError;
  const metalOnly = facts.data?.flavors.every(({ bareMetal }) => bareMetal) ?? false;
  useEffect(() => {
    if (!lease || !known || done.current === `${recipe.id} ${lease.id}`) return;
    done.current = `${recipe.id} ${lease.id}`;
    edit((draft) => draftOnLease(draft, recipe, lease, metalOnly));
    // the draft has it now: a reload must not undo what is chosen from here on
    onTaken();
  }, [recipe, lease, known, metalOnly, edit, onTaken]);
}
