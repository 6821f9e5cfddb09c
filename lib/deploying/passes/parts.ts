import { AppError, type Problem } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { type Found, kindOf } from '../kinds';
import type { Resource } from '../ledger/ledger';
import { isLasting } from './problems';

/** What became of parts that were missing. */
export interface Added {
  /** why one could not be added */
  problem?: Problem;
  /** parts that the site took, and does not show yet */
  unseen: string[];
}

/**
 * Adds what a resource lacks, and looks what stands of it then: what a site took is there when it shows, or when it says itself that it has it.
 * Never throws.
 * @param onFault told of faults that are our own
 */
export async function addParts(
  cloud: Cloud,
  { kind: name, spec }: Resource,
  found: Found,
  missing: string[],
  onFault: (error: unknown) => void,
): Promise<Added> {
  if (missing.length === 0) return { unseen: [] };
  const kind = kindOf(name);
  const results = await Promise.allSettled(missing.map(async (part) => ({ part, is: await kind.addPart?.(cloud, found.id, part, spec) })));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const problems = errors.map((error) => AppError.from(error).toProblem());
  for (const [index, { code }] of problems.entries()) if (code === 'internal') onFault(errors[index]);
  // of several the one that says most: a quota that is met, rather than that all this was too much at once
  const problem = problems.find(isLasting) ?? problems[0];
  if (problem) return { problem, unseen: missing };
  const made = results.flatMap((result) => (result.status === 'fulfilled' && result.value.is === 'made' ? [result.value.part] : []));
  if (made.length === 0) return { unseen: [] };
  try {
    const now = (await kind.list(cloud, found.name)).find(({ id }) => id === found.id);
    return { unseen: made.filter((part) => !now?.parts.includes(part)) };
  } catch {
    return { unseen: made }; // the next look will tell
  }
}
