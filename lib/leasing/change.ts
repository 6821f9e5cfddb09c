import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { changeRequest } from '@/lib/leases/blazar/change-request';
import { cloudChangeOf, leaseOf } from '@/lib/leases/blazar/translate';
import type { Alternative } from '@/lib/leases/explain/alternatives';
import { explainExtension } from '@/lib/leases/explain/explain';
import { reasonOf } from '@/lib/leases/explain/reasons';
import { lintChange } from '@/lib/leases/lint/change';
import type { LeaseChange, LeaseProblem, Moment } from '@/lib/leases/types';
import { forgetLeases, type Known } from './blazar';
import { leaseCost } from './cost';
import { unasked, waysOf } from './judge';
import { needLease, type Seen, seeLease } from './look';
import { noteLease, noteOwnEnd } from './note';
import type { LeasingPorts } from './ports';
import { type Offered, offeredOf, refusedFor } from './refused';
import { type KeptLease, whereaboutsOf } from './rows';
import { toldIn } from './view';

/**
 * Changes a lease that is Transat's to change: its name, its time, how much it holds. What its site would refuse is known before it is asked, and what can
 * be known without asking it at all is looked at first.
 * @throws AppError `not-found`; `conflict` for one that was only seen; what is wrong by field, or what the site said, with what could be had instead
 */
export async function changeLease(services: LeasingPorts, person: Visitor, id: string, change: LeaseChange): Promise<void> {
  await applyChange(services, person, await seeFor(services, person, id, change), change);
}

/** Looks whether a lease could be changed so now, and changes nothing. Same errors as {@link changeLease}, but for what only its site knows. */
export async function requireChange(services: LeasingPorts, person: Visitor, id: string, change: LeaseChange): Promise<void> {
  refuse(await seeFor(services, person, id, change), change, services.clock.now().getTime());
}

async function seeFor(services: LeasingPorts, person: Visitor, id: string, change: LeaseChange): Promise<Seen> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  await refuseEarly(services, person, row, change);
  const seen = await seeLease(services, person, row);
  if (!seen) throw notFound('lease');
  return seen;
}

/** Changes a lease that was just seen. Same errors as {@link changeLease}. */
export async function applyChange(services: LeasingPorts, person: Visitor, seen: Seen, change: LeaseChange): Promise<void> {
  const now = services.clock.now().getTime();
  refuse(seen, change, now);
  const { row, known, lease } = seen;
  const { site, reservation, entry } = known;
  if (change.end !== undefined) await noteOwnEnd(services, row, change.end === 'now' ? now : change.end);
  try {
    const changed = await reservation.changeLease(lease.id, cloudChangeOf(changeRequest(lease, change, site, now), now));
    if (change.end !== undefined) await noteOwnEnd(services, row, Date.parse(changed.end));
    await noteLease(services, whereaboutsOf(row.user_id, entry), changed);
  } catch (error) {
    const refused = AppError.from(error);
    const { reason } = reasonOf(refused.toProblem());
    if (typeof change.end !== 'number' || reason === 'other') throw refused;
    const { problem, alternatives } = explainExtension(refused.toProblem(), lease, change.end, worldOf(seen, now));
    const told: LeaseProblem = { ...problem, severity: 'error', field: 'end' };
    throw refusedFor([told], offeredAt(known, alternatives), problem);
  } finally {
    forgetLeases(services, person, entry);
  }
}

/** @throws AppError for what is wrong with a change, with what could be had instead */
function refuse(seen: Seen, change: LeaseChange, now: Moment): void {
  const { lease, known } = seen;
  const world = worldOf(seen, now);
  const errors = lintChange(lease, change, known.site, world).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const extended = typeof change.end === 'number' && first.field === 'end';
  throw refusedFor(errors, extended ? offeredAt(known, explainExtension(first, lease, Number(change.end), world).alternatives) : []);
}

const worldOf = ({ lease, known: { site } }: Seen, now: Moment) => ({ site, now, perHour: leaseCost(lease, site)?.perHour });

function offeredAt(known: Known, alternatives: readonly Alternative[]): Offered[] {
  const ways = waysOf([known]);
  return alternatives.map((one) => offeredOf(one, ways));
}

/** @throws AppError `conflict` for a lease that was only seen, or with which something is done already */
export function requireOwn(row: KeptLease): void {
  if (!row.taken_over)
    throw new AppError({
      code: 'conflict',
      title: 'This lease was made elsewhere',
      detail: `${row.name} was not made here, so it is only shown.`,
      remedy: 'Take it over to change it here.',
    });
  if (row.work?.do === 'make' || row.work?.do === 'delete')
    throw new AppError({
      code: 'conflict',
      title: row.work.do === 'make' ? 'The lease is being made' : 'The lease is being deleted',
      remedy: 'Look at it again in a moment.',
    });
}

async function refuseEarly({ sites, clock }: LeasingPorts, person: Visitor, row: KeptLease, change: LeaseChange): Promise<void> {
  const told = toldIn(row);
  const site = await sites.find(person.id, row.site);
  if (!told || !site) return;
  // what depends on how it stands now is judged when its site has told
  const problems = lintChange(leaseOf(told, null), change, unasked(site), { now: clock.now().getTime() });
  const sure = problems.filter(({ severity, code }) => severity === 'error' && code === 'invalid-input');
  if (sure.length > 0) throw refusedFor(sure, []);
}
