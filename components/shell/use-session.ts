'use client';

import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import type { Me } from '@/lib/api/contract/people';

export type Session = { state: 'unknown' | 'signed-out' } | { state: 'signed-in'; me: Me };

/** Who is here, as far as it is known yet. */
export function useSession(): Session {
  const { data, error } = useQuery(queries.me());
  if (data && !error) return { state: 'signed-in', me: data };
  if (error instanceof ApiProblem && error.problem.status === 401) return { state: 'signed-out' };
  return data ? { state: 'signed-in', me: data } : { state: 'unknown' };
}
