'use client';

import { keepPreviousData, type QueryFunctionContext, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { cutShort, readLines, write } from '@/components/api/client';
import { askPlanAgain } from '@/components/shared/quota/ask-plan-again';
import { useDebounced } from '@/components/ui/state/use-debounced';
import type { PlanView } from '@/lib/api/contract/deployments';
import type { Ranking } from '@/lib/api/contract/sites';
import type { RecipeDetail } from '@/lib/catalog/types';
import type { Draft } from './draft';
import { grow, type ShownRanking } from './placing/shown-ranking';
import { askSitesAgain, searchOf } from './placing/why-no-site';
import { chosenMachines, chosenMatches, inputValues, placementSets, planRequest } from './request';

const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Sites ranked for what is asked, a ranking for each placement set; asked again when answers change. */
export function useMatches(recipe: RecipeDetail | undefined, draft: Draft | null, signedIn: boolean) {
  const asked = useMemo(
    () =>
      recipe && draft
        ? { asked: { recipe: recipe.id, addOns: draft.addOns, inputs: inputValues(recipe, draft) }, chosen: chosenMachines(recipe, draft) }
        : null,
    [recipe, draft],
  );
  const settled = useDebounced(asked, 350);
  const sets = useMemo(() => (recipe ? placementSets(recipe) : []), [recipe]);
  const results = useQueries({
    queries: sets.map(({ set }) => {
      const body = { ...settled?.asked, set: sets.length > 1 ? set : undefined, chosen: settled?.chosen[set] };
      return {
        queryKey: ['match', `${recipe?.id} ${set}`, body],
        queryFn: (context: QueryFunctionContext) => readRanking(context, body),
        enabled: signedIn && settled !== null,
        placeholderData: keepPreviousData<ShownRanking>,
        staleTime: 20_000,
        refetchInterval: ({ state }: { state: { data?: ShownRanking } }) => askSitesAgain(state.data),
      };
    }),
  });
  return sets.map((set, index) => ({ ...set, query: results[index] }));
}

/** Ranks all sites. The first ranking is shown as it grows; later ones, after other answers, when they have settled. */
async function readRanking({ client, queryKey, signal }: QueryFunctionContext, body: unknown): Promise<ShownRanking> {
  const earlier = client.getQueriesData<ShownRanking>({ queryKey: queryKey.slice(0, 2) });
  const isFirst = !earlier.some(([, ranking]) => ranking?.settled);
  let shown = client.getQueryData<ShownRanking>(queryKey);
  await readLines<Ranking>('POST', '/sites/match', { query: { zone: zoneHere() }, body, signal }, (ranking) => {
    shown = grow(shown, ranking);
    if (isFirst || shown.settled) client.setQueryData<ShownRanking>(queryKey, shown);
  });
  // a proxy may end a stream as if it were whole
  if (!shown?.settled) throw cutShort('/sites/match');
  return shown;
}

export type SetMatches = ReturnType<typeof useMatches>;

/** The plan of the draft as it stands, made anew on the server while it changes; the last one stays until then. */
export function usePlan(recipe: RecipeDetail | undefined, draft: Draft | null, sets: SetMatches) {
  const matches = chosenMatches(
    sets.map(({ set, query }) => ({ set, ranking: query?.data })),
    draft?.sites ?? {},
  );
  const request = recipe && draft ? planRequest(recipe, draft, matches) : null;
  const text = useDebounced(request && JSON.stringify(request), 350);
  const query = useQuery({
    queryKey: ['plan', text],
    queryFn: () => write<PlanView>('POST', '/plans', { body: JSON.parse(text ?? '{}') }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
    refetchInterval: ({ state }) => askPlanAgain(state.data),
  });
  const search = searchOf(
    sets.map(({ set, query }) => ({ ranking: query?.data, failed: query?.isError === true, chosen: matches.get(set) })),
  );
  const waiting = request !== null && (JSON.stringify(request) !== text || query.isFetching);
  const searchAgain = () => Promise.all(sets.flatMap(({ query }) => (query ? [query.refetch()] : [])));
  return { request, matches, search, searchAgain, query, waiting };
}

export type LivePlan = ReturnType<typeof usePlan>;
