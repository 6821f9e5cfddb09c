import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { makePlan } from '@/lib/proposing/plan';
import type { ProposingPorts, Wish } from '@/lib/proposing/types';
import type { Ports } from '../ports';
import { createDeployment } from './create';

/** What somebody orders: a plan that is to be kept as a deployment. */
export interface Order extends Wish {
  name: string;
  /** left out: it does not end by itself */
  expiresAt?: Date;
}

/**
 * Plans and begins a deployment.
 * @throws AppError naming all fields that stand against it, in the words of the first error; nothing is stored then
 */
export async function orderDeployment(
  services: ProposingPorts & { ports: Ports },
  person: Visitor,
  { name, expiresAt, ...wish }: Order,
): Promise<{ id: string }> {
  if (expiresAt && expiresAt <= services.clock.now()) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  const { plan, request } = await makePlan(services, person, wish);
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    const fields = errors.flatMap(({ field, detail }): FieldProblem[] => (field ? [{ path: field, message: detail }] : []));
    throw new AppError({ ...first, fields: fields.length > 0 ? fields : undefined });
  }
  return await createDeployment(services.ports, { person, name, request, plan, expiresAt });
}
