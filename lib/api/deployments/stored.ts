import type { Selectable } from 'kysely';
import { notFound } from '@/lib/core/problems';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import type { DeploymentRow } from '@/lib/store/schema';
import type { Services } from '../services';

export type StoredDeployment = Omit<Selectable<DeploymentRow>, 'plan' | 'request'> & { plan: Plan; request: PlanRequest };

/** A deployment as it is stored. Whoever asks was let through to it by its route. @throws AppError `not-found` */
export async function readStored({ store }: Pick<Services, 'store'>, id: string): Promise<StoredDeployment> {
  const row = await store.db.selectFrom('deployments').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound('deployment');
  // plan and request were written from these very types
  return { ...row, plan: row.plan as Plan, request: row.request as PlanRequest };
}
