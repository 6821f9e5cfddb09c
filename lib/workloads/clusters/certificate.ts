import { type Certificate, certificatesIn, presentedCertificate } from '@/lib/web/certificate';
import type { WorkloadPorts } from '../types';
import { endpointOf } from './open';
import { clusterOf, needRow } from './rows';

/** What a cluster shows to be known by, and what its owner said it is known by. */
export interface ClusterCertificate {
  /** null: it shows none, or does not answer */
  shown: Certificate | null;
  /** none: the public authorities alone are believed */
  kept: Certificate[];
  /** the `ca` that believes what is shown, in the place of what was of the same name; null: nothing is shown */
  ca: string | null;
}

/**
 * Looks which certificate a cluster shows now, beside those that are believed there. Only of clusters that somebody has: each was signed in to when it was kept, so that
 * nothing is learnt of what else is at an address. Nothing is sent there.
 * @throws AppError `not-found`, `site-address-refused`
 */
export async function certificateOf(
  ports: Pick<WorkloadPorts, 'store' | 'config'>,
  userId: string,
  id: string,
): Promise<ClusterCertificate> {
  const cluster = clusterOf(await needRow(ports, userId, id));
  const kept = certificatesIn(cluster.ca ?? '');
  const shown = await presentedCertificate({ ...endpointOf(ports, cluster), kind: 'cluster' });
  return { shown, kept, ca: shown && believing(shown, kept) };
}

/** Pure. */
export function believing(shown: Certificate, kept: readonly Certificate[]): string {
  return [shown, ...kept.filter(({ subject }) => subject !== shown.subject)].map(({ pem }) => pem.trim()).join('\n');
}
