import type { Selectable } from 'kysely';
import { notFound } from '@/lib/core/problems';
import type { Plan, PlanRequest } from '@/lib/planning/types';
import type { DeploymentRow } from '@/lib/store/schema';
import type { Services } from '../services';

export type OwnDeployment = Omit<Selectable<DeploymentRow>, 'plan' | 'request'> & { plan: Plan; request: PlanRequest };

/** A person's deployment. @throws AppError `not-found` when there is none of that id, or it is somebody else's */
export async function ownDeployment({ store }: Services, userId: string, id: string): Promise<OwnDeployment> {
  const row = await store.db.selectFrom('deployments').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  if (!row) throw notFound('deployment');
  // plan and request were written from these very types
  return { ...row, plan: row.plan as Plan, request: row.request as PlanRequest };
}

/** Only whether it is theirs, for what needs no more. Same error. */
export async function checkOwn({ store }: Services, userId: string, id: string): Promise<void> {
  const row = await store.db.selectFrom('deployments').select('id').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
  if (!row) throw notFound('deployment');
}
