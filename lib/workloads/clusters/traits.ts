import { abilitiesOf } from '@/lib/oscar/dialect';
import type { Dialect } from '@/lib/oscar/types';
import type { ClusterAuth, ClusterTraits } from '../types';

/** What a cluster does with what is asked of it, by its release and by how one signs in there. Pure. */
export function traitsOf(dialect: Dialect, auth: ClusterAuth): ClusterTraits {
  const { buckets, staleWebhooks } = abilitiesOf(dialect);
  return { sharesBuckets: buckets && auth.kind === 'oidc', forgetsChanges: staleWebhooks };
}
