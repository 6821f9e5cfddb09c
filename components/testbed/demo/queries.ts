import { queryOptions } from '@tanstack/react-query';
import { get } from '@/components/api/client';
import type { DemoView } from '@/lib/api/contract/demo';

/** What the screens read of the guided tour. */
export const demoQueries = {
  state: () => queryOptions({ queryKey: ['demo'], queryFn: ({ signal }) => get<DemoView>('/demo', {}, signal), staleTime: 5_000 }),
};
