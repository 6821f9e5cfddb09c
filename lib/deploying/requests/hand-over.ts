import { type HandOver, lockActing, writeHandOver } from '../ledger/change';
import { writeEvents } from '../ledger/events';
import { rewriteVersions } from '../ledger/plans/versions';
import type { Ports } from '../ports';

/**
 * Has deployments of a person that act at a site in a project by one credential go on by another of the same project, whatever their state.
 * @param only the id of the one that it is about; left out: all
 * @returns their ids
 */
export async function handOverDeployments(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  userId: string,
  change: HandOver,
  only?: string,
): Promise<string[]> {
  return await store.db.transaction().execute(async (trx) => {
    const acting = await lockActing(trx, userId, change, only);
    for (const { id, request, plan } of acting) {
      await writeHandOver(trx, id, { request: handOver(request, change), plan: handOver(plan, change) }, change);
      // a change that is under way leads to another plan, and may go back to an earlier one
      await rewriteVersions(trx, id, (version) => handOver(version, change));
      const message = `It acts at ${change.site} by another credential from now on`;
      const data = { from: change.from, to: change.to };
      await writeEvents(store, trx, id, [{ level: 'info', stage: 'person', subject: null, message, data }], clock.now());
    }
    return acting.map(({ id }) => id);
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
