import { AppError } from '@/lib/core/errors';
import type { Limit } from '../types';
import { type Overrun, readOverrun } from './quota';
import { quotaExceeded } from './service';

/**
 * Neutron (and Nova of key pairs) names what is over its quota, but no numbers; this adds those of what was named. That may be of another kind than
 * what was asked for: a security group needs room for its first rules, an interface of a router for a port.
 * @param error what making something threw
 * @param quotas by the service's own names
 * @returns the error to throw in its place
 */
export async function withNumbers(
  error: unknown,
  site: string,
  quotas: () => Promise<Record<string, Limit | undefined>>,
): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'quota-exceeded') return error;
  const named = readOverrun(error.upstream?.message ?? '') ?? [];
  // none named: there is nothing to give numbers to
  if (named.every(({ limit }) => limit !== undefined)) return error;
  const told = await quotas().catch(() => undefined); // without them the refusal still says what it is
  if (!told) return error;
  const overruns = named.map((each): Overrun => {
    const numbers = told[each.resource];
    return numbers?.limit == null ? each : { limit: numbers.limit, used: numbers.used, ...each };
  });
  return quotaExceeded(site, overruns, error.upstream);
}
