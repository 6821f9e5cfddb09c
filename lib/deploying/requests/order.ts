import { AppError, type FieldProblem } from '@/lib/core/errors';
import { invalidInput } from '@/lib/core/problems';
import { NOW_MS } from '@/lib/desk/site-facts';
import type { Visitor } from '@/lib/desk/types';
import { acceptShortLease } from '@/lib/proposing/lease-times';
import { makePlan } from '@/lib/proposing/plan';
import type { ProposingPorts, Wish } from '@/lib/proposing/types';
import type { Ports } from '../ports';
import { createDeployment } from './create';

/** What somebody orders: a plan that is to be kept as a deployment. */
export interface Order extends Wish {
  name: string;
  /** left out: it does not end by itself */
  expiresAt?: Date;
  /** its lease may end before it is ready */
  acceptShortLease?: boolean;
}

/**
 * Plans a deployment by what is at its sites now, whatever was told a moment ago, and begins it.
 * @throws AppError naming all fields that stand against it, in the words of the first error; nothing is stored then
 */
export async function orderDeployment(
  services: ProposingPorts & { ports: Ports },
  person: Visitor,
  { name, expiresAt, acceptShortLease: accepted = false, ...wish }: Order,
): Promise<{ id: string }> {
  if (expiresAt && expiresAt <= services.clock.now()) throw invalidInput([{ path: 'expiresAt', message: 'This moment has passed.' }]);
  const { plan, request } = await makePlan(services, person, wish, NOW_MS);
  // what is only a warning is refused as long as nobody has said that they know
  const errors = plan.problems.filter(({ severity, field }) => severity === 'error' || (field === acceptShortLease && !accepted));
  const [first] = errors;
  if (first) {
    const fields = errors.flatMap(({ field, detail }): FieldProblem[] => (field ? [{ path: field, message: detail }] : []));
    throw new AppError({
      ...first,
      code: first.field === acceptShortLease ? 'conflict' : first.code,
      fields: fields.length > 0 ? fields : undefined,
    });
  }
  return await createDeployment(services.ports, { person, name, request, plan, expiresAt });
}
