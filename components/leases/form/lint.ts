import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { write } from '@/components/api/client';
import type { LeaseLint } from '@/lib/api/contract/leases';

/** What a site would say of a lease, before it is asked for. @param body as text, so that equal ones are one question */
export const lintQuery = (body: string) =>
  queryOptions({
    queryKey: ['leases', 'lint', body],
    queryFn: ({ signal }) => write<LeaseLint>('POST', '/leases/lint', { body: JSON.parse(body), signal }),
    placeholderData: keepPreviousData,
    staleTime: 20_000,
    retry: false,
  });
