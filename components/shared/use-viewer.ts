'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiProblem } from '@/components/api/client';
import { queries } from '@/components/api/queries';
import type { Me } from '@/lib/api/contract/people';

export type Viewer = { state: 'unknown' | 'signed-out' } | { state: 'signed-in'; me: Me };

/** Set where the server has seen that nobody is signed in, so that the browser need not ask. */
export const SignedOutContext = createContext(false);

/** Who is here, as far as it is known yet. */
export function useViewer(): Viewer {
  const signedOut = useContext(SignedOutContext);
  const { data, error } = useQuery({ ...queries.me(), enabled: !signedOut });
  if (signedOut || (error instanceof ApiProblem && error.problem.status === 401)) return { state: 'signed-out' };
  return data ? { state: 'signed-in', me: data } : { state: 'unknown' };
}
