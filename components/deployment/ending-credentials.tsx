'use client';

import { useQuery } from '@tanstack/react-query';
import { queries } from '@/components/api/queries';
import { endingCredentials } from '@/components/shared/credential-standing';
import { later } from '@/components/ui/later';
import { useNow } from '@/components/ui/time';
import type { DeploymentView } from '@/lib/api/contract/deployments';

// most credentials end in a while
const EndingNotice = later(() => import('@/components/shared/ending-notice').then((module) => module.EndingNotice));

/** Warns of credentials that this deployment acts with, where they end soon or have ended. */
export function EndingCredentials({ view }: { view: DeploymentView }) {
  const now = useNow();
  const all = useQuery(queries.credentials()).data?.items ?? [];
  const acting = new Set(Object.values(view.placement).map(({ credential }) => credential));
  const own = all.filter(({ id }) => acting.has(id));
  return endingCredentials(own, now).map(({ credential, standing }) => (
    <div key={credential.id} className="mb-5">
      <EndingNotice credential={credential} standing={standing} />
    </div>
  ));
}
