import type { Visitor } from '@/lib/desk/types';
import { toIso } from '@/lib/leases/calendar/moments';
import { autoExtension } from '@/lib/leases/life/auto-extend';
import { extensionLimit } from '@/lib/leases/rules/extension';
import type { KeptExtension } from '@/lib/store/schema';
import { applyChange } from '../change';
import { leaseCost } from '../cost';
import { seeLease } from '../look';
import type { LeasingPorts } from '../ports';
import type { KeptLease } from '../rows';
import type { Outcome } from './errand';

/** A lease that is being started or changed is let come to rest. */
const UNREST_MS = 30_000;
/** After it was extended: how far it has come is looked at anew. */
const AGAIN_MS = 60_000;

const unrest = new Set(['CREATING', 'STARTING', 'UPDATING']);

/** Extends a lease as far as it is to last and can, once its window is open; says when to look again. */
export async function extendWhenOpen(services: LeasingPorts, person: Visitor, row: KeptLease, extend: KeptExtension): Promise<Outcome> {
  const seen = await seeLease(services, person, row);
  if (!seen) return { dueAt: null };
  const now = services.clock.now().getTime();
  const { lease, known } = seen;
  if (unrest.has(lease.status)) return await keep(services, row, extend, now + UNREST_MS);
  const extension = extensionLimit(lease, known.site, { now, perHour: leaseCost(lease, known.site)?.perHour });
  const next = autoExtension(lease, Date.parse(extend.until), extension, now);
  if (next.do === 'nothing') return await keep(services, row, null, null);
  if (next.do === 'wait') return await keep(services, row, extend, next.at);
  if (next.do === 'stuck') return await keep(services, row, extend, next.lookAt, next.rule);
  await applyChange(services, person, seen, { end: next.to });
  const reached = next.to >= Date.parse(extend.until);
  return await keep(services, row, reached ? null : extend, reached ? null : now + AGAIN_MS, next.rule);
}

async function keep(
  { store }: LeasingPorts,
  { id }: KeptLease,
  extend: KeptExtension | null,
  at: number | null,
  rule?: string,
): Promise<Outcome> {
  const kept: KeptExtension | null = extend && {
    until: extend.until,
    ...(at !== null && { nextAt: toIso(at) }),
    ...(rule !== undefined && { rule }),
  };
  // who took it back meanwhile, is not overruled
  await store.db
    .updateTable('leases')
    .set({ extend: kept && JSON.stringify(kept) })
    .where('id', '=', id)
    .where('extend', 'is not', null)
    .execute();
  return { dueAt: at === null ? null : new Date(at), problem: null };
}
