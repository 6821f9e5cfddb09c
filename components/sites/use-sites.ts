'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { useSession } from '@/components/shell/use-session';

/** Sites whose access is not known yet are asked about again after so long. */
const askAgainMs = 2000;

/** All sites; while somebody is signed in, asked again until the access to each is known. */
export function useSites() {
  const signedIn = useSession().state === 'signed-in';
  return useQuery({
    ...queries.sites(),
    refetchInterval: ({ state }) => (signedIn && state.data?.items.some(({ access }) => access === 'unknown') ? askAgainMs : false),
  });
}
