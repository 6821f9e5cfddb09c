'use client';

import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { write } from '@/components/api/client';
import { useDebounced } from '@/components/ui/use-debounced';
import type { List } from '@/lib/api/contract/common';
import type { PlanView } from '@/lib/api/contract/deployments';
import type { MatchItem } from '@/lib/api/contract/sites';
import type { RecipeDetail } from '@/lib/catalog/types';
import type { Draft } from './draft';
import { chosenMatch, inputValues, placementSets, planRequest } from './request';
import { searchOf } from './why-no-site';

/** Sites that have not answered yet are asked for again after so long. */
const askAgainMs = 1500;

const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Sites ranked for what is asked, a ranking for each placement set; asked again when answers change. */
export function useMatches(recipe: RecipeDetail | undefined, draft: Draft | null, signedIn: boolean) {
  const asked = useMemo(
    () => (recipe && draft ? { recipe: recipe.id, addOns: draft.addOns, inputs: inputValues(recipe, draft) } : null),
    [recipe, draft],
  );
  const settled = useDebounced(asked, 350);
  const sets = useMemo(() => (recipe ? placementSets(recipe) : []), [recipe]);
  const results = useQueries({
    queries: sets.map(({ set, groups }) => {
      const body = { ...settled, group: sets.length > 1 ? groups[0]?.name : undefined };
      return {
        queryKey: ['match', set, body],
        queryFn: () => write<List<MatchItem>>('POST', '/sites/match', { query: { zone: zoneHere() }, body: { ...body, partial: true } }),
        enabled: signedIn && settled !== null,
        placeholderData: keepPreviousData,
        staleTime: 20_000,
        refetchInterval: ({ state }: { state: { data?: List<MatchItem> } }) =>
          state.data?.items.some(({ pending }) => pending) ? askAgainMs : false,
      };
    }),
  });
  return sets.map(({ set, groups }, index) => ({ set, groups, query: results[index] }));
}

export type SetMatches = ReturnType<typeof useMatches>;

/** The plan of the draft as it stands, made anew on the server while it changes; the last one stays until then. */
export function usePlan(recipe: RecipeDetail | undefined, draft: Draft | null, sets: SetMatches) {
  const matches = new Map(
    sets.flatMap(({ set, query }) => {
      const match = query?.data && chosenMatch(query.data.items, draft?.sites[set]);
      return match ? [[set, match] as const] : [];
    }),
  );
  const request = recipe && draft ? planRequest(recipe, draft, matches) : null;
  const text = useDebounced(request && JSON.stringify(request), 350);
  const query = useQuery({
    queryKey: ['plan', text],
    queryFn: () => write<PlanView>('POST', '/plans', { body: JSON.parse(text ?? '{}') }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
  });
  const search = searchOf(
    sets.map(({ set, query }) => ({ items: query?.data?.items, failed: query?.isError === true, chosen: matches.get(set) })),
  );
  const waiting = request !== null && (JSON.stringify(request) !== text || query.isFetching);
  return { request, matches, search, query, waiting };
}

export type LivePlan = ReturnType<typeof usePlan>;
