import { notFound } from '@/lib/core/problems';
import type { Deployment } from '@/lib/deploying/ledger/ledger';
import { loadDeployment } from '@/lib/deploying/ledger/load-deployment';
import type { PlanRequest } from '@/lib/planning/types';
import type { Services } from '../services';

export type StoredDeployment = Omit<Deployment, 'request'> & { request: PlanRequest };

/** A deployment as it is stored. Whoever asks was let through to it by its route. @throws AppError `not-found` */
export async function readStored({ store }: Pick<Services, 'store'>, id: string): Promise<StoredDeployment> {
  const row = await loadDeployment(store.db, id);
  if (!row) throw notFound('deployment');
  // written from this very type
  return { ...row, request: row.request as PlanRequest };
}
