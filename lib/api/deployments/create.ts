import type { z } from 'zod';
import type { Person } from '@/lib/auth/types';
import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { createDeployment } from '@/lib/deploying/requests/create';
import type { newDeploymentSchema } from '../contract/deployments';
import { makePlan } from '../planning';
import type { Services } from '../services';

/**
 * Plans and begins a deployment.
 * @throws AppError naming all fields that stand against it, in the words of the first error; nothing is stored then
 */
export async function createFromPlan(
  services: Services,
  person: Person,
  { name, expiresAt, ...asked }: z.output<typeof newDeploymentSchema>,
): Promise<{ id: string }> {
  const ends = expiresAt === undefined ? undefined : new Date(expiresAt);
  if (ends && ends <= services.clock.now()) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  const { plan, request } = await makePlan(services, person, asked);
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    const fields = errors.flatMap(({ field, detail }): FieldProblem[] => (field ? [{ path: field, message: detail }] : []));
    throw new AppError({ ...first, fields: fields.length > 0 ? fields : undefined });
  }
  return await createDeployment(services.ports, { person, name, request, plan, expiresAt: ends });
}
