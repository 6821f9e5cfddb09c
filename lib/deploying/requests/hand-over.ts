import type { Store } from '@/lib/store';
import { type HandOver, lockActing, writeHandOver } from '../ledger/change';

/** Has all deployments of a person that act at a site in a project by one credential go on by another of the same project. */
export async function handOverDeployments({ db }: Pick<Store, 'db'>, userId: string, change: HandOver): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { id, request, plan } of await lockActing(trx, userId, change)) {
      await writeHandOver(trx, id, { request: handOver(request, change), plan: handOver(plan, change) }, change);
    }
  });
}

/**
 * A request or plan in which everything that acts there by the one credential acts by the other. Places are told by their form:
 * `{site, project, credential}`, wherever they stand.
 */
export function handOver<Value>(value: Value, change: HandOver): Value {
  // a mapped copy: every object keeps its keys, only `credential` of a place gets another text
  return copy(value, change) as Value;
}

function copy(value: unknown, change: HandOver): unknown {
  if (Array.isArray(value)) return value.map((each) => copy(each, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, copy(each, change)]);
  return { ...Object.fromEntries(entries), ...(acts(value, change) ? { credential: change.to } : {}) };
}

function acts(value: object, { site, project, from }: HandOver): boolean {
  return Reflect.get(value, 'site') === site && Reflect.get(value, 'project') === project && Reflect.get(value, 'credential') === from;
}
