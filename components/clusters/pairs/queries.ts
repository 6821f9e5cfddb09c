import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, getText } from '@/components/api/client';
import type { List } from '@/lib/api/contract/common';
import type { PairEventView, PairStatusView, PairView, ThresholdAdviceView } from '@/lib/api/contract/pairs';

export const pairPath = (id: string, part = '') => `/pairs/${encodeURIComponent(id)}${part}`;

/** Whether a proof goes on, or what was made for it is being taken away. */
export const isProving = ({ proof }: Pick<PairView, 'proof'>) => proof !== null && proof.endedAt === null;

/** What the screens read of pairs. */
export const pairQueries = {
  mine: () => queryOptions({ queryKey: ['pairs'], queryFn: ({ signal }) => get<List<PairView>>('/pairs', {}, signal), staleTime: 15_000 }),
  /** a proof is followed while it goes on */
  one: (id: string) =>
    queryOptions({
      queryKey: ['pairs', id, 'view'],
      queryFn: ({ signal }) => get<PairView>(pairPath(id), {}, signal),
      refetchInterval: ({ state }) => (state.data && isProving(state.data) ? 1_000 : 10_000),
      staleTime: 0,
    }),
  status: (id: string) =>
    queryOptions({
      queryKey: ['pairs', id, 'status'],
      queryFn: ({ signal }) => get<PairStatusView>(pairPath(id, '/status'), {}, signal),
      refetchInterval: 10_000,
    }),
  exported: (id: string, as: string) =>
    queryOptions({
      queryKey: ['pairs', id, 'export', as],
      queryFn: ({ signal }) => getText(pairPath(id, '/export'), { as }, signal),
      placeholderData: keepPreviousData,
    }),
  events: (id: string) =>
    queryOptions({
      queryKey: ['pairs', id, 'events'],
      queryFn: ({ signal }) => get<List<PairEventView>>(pairPath(id, '/events'), {}, signal),
      refetchInterval: 10_000,
    }),
  threshold: (id: string, seconds: number | undefined, grow: boolean) =>
    queryOptions({
      queryKey: ['pairs', id, 'threshold', seconds, grow],
      queryFn: ({ signal }) => {
        const asked = { grow: String(grow), ...(seconds === undefined ? {} : { seconds: String(seconds) }) };
        return get<ThresholdAdviceView>(pairPath(id, '/threshold'), asked, signal);
      },
      staleTime: 30_000,
    }),
};
