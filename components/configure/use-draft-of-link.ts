'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { queries } from '@/components/api/queries';
import type { RecipeDetail } from '@/lib/catalog/types';
import { answersOfLink, draftLike } from './draft-of-link';
import type { EditDraft } from './use-draft';

/**
 * Fills the form with what a link brings: answers, or those of a deployment that is to be made again. Each is taken once and leaves the address, so that a reload
 * undoes nothing that is chosen from here on; the form then stands at its first step, where it can be read, unless somebody has gone on already.
 * @param goneOn whether somebody went to another step since the form was drawn
 * @returns whether the deployment that is named can't be read
 */
export function useDraftOfLink(
  recipe: RecipeDetail,
  signedIn: boolean,
  edit: EditDraft,
  setUrl: (changes: Record<string, null>) => void,
  onFilled: () => void,
  goneOn: () => boolean,
): { missing: boolean } {
  const link = useSearchParams();
  const from = link.get('from') ?? '';
  const elsewhere = link.get('elsewhere') === '1';
  const { data: source, isError } = useQuery({ ...queries.deployment(from), enabled: signedIn && from !== '' });
  useEffect(() => {
    if (!source || source.id !== from) return;
    onFilled();
    edit(() => draftLike(recipe, source, elsewhere));
    setUrl({ from: null, elsewhere: null, addOns: null, ...first(goneOn) });
  }, [recipe, source, from, elsewhere, edit, setUrl, onFilled, goneOn]);
  useEffect(() => {
    const { read, answers } = answersOfLink(recipe.inputs, link);
    // those of a deployment come first, so that what is said beside it counts
    if (read.length === 0 || (signedIn && from !== '' && !isError)) return;
    onFilled();
    edit((draft) => ({ ...draft, inputs: { ...draft.inputs, ...answers } }));
    setUrl({ ...Object.fromEntries(read.map((name) => [name, null])), ...first(goneOn) });
  }, [recipe, link, signedIn, from, isError, edit, setUrl, onFilled, goneOn]);
  return { missing: isError && from !== '' };
}

const first = (goneOn: () => boolean): Record<string, null> => (goneOn() ? {} : { step: null });
