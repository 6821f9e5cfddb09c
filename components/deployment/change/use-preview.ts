'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { write } from '@/components/api/client';
import { askPlanAgain } from '@/components/shared/quota/ask-plan-again';
import { useDebounced } from '@/components/ui/state/use-debounced';
import type { ChangePreview, PatchDeploymentBody } from '@/lib/api/contract/deployment-changes';

export const changePath = (id: string) => `/deployments/${encodeURIComponent(id)}`;

/** What a change would do, asked for while it is typed; the last answer stays until the next is there. */
export function usePreview(id: string, body: PatchDeploymentBody | null) {
  const text = useDebounced(body && JSON.stringify(body), 350);
  const query = useQuery({
    queryKey: ['change', id, text],
    queryFn: () => write<ChangePreview>('PATCH', changePath(id), { query: { dryRun: true }, body: JSON.parse(text ?? '{}') }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 20_000,
    refetchInterval: ({ state }) => askPlanAgain(state.data),
    retry: false,
  });
  const waiting = body !== null && (JSON.stringify(body) !== text || query.isFetching);
  return { preview: body === null ? undefined : query.data, error: body === null ? null : query.error, waiting };
}
