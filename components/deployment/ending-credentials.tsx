'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { endingCredentials } from '@/components/settings/credential-standing';
import { EndingNotice } from '@/components/settings/ending-notice';
import { useNow } from '@/components/ui/time';

/** Warns of credentials that this deployment acts with, where they end soon or have ended. */
export function EndingCredentials({ id }: { id: string }) {
  const now = useNow();
  const all = useQuery(queries.credentials()).data?.items ?? [];
  const own = all.filter(({ usedBy }) => usedBy.some((deployment) => deployment.id === id));
  return endingCredentials(own, now).map(({ credential, standing }) => (
    <div key={credential.id} className="mb-5">
      <EndingNotice credential={credential} standing={standing} />
    </div>
  ));
}
