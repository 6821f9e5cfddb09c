import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { changeRequest } from '@/lib/leases/blazar/change-request';
import { cloudChangeOf, leaseOf } from '@/lib/leases/blazar/translate';
import { explainExtension } from '@/lib/leases/explain/explain';
import { reasonOf } from '@/lib/leases/explain/reasons';
import { lintChange } from '@/lib/leases/lint/change';
import type { LeaseChange, LeaseProblem } from '@/lib/leases/types';
import { forgetLeases } from './blazar';
import { leaseCost } from './cost';
import { unasked, waysOf } from './judge';
import { needLease, type Seen, seeLease } from './look';
import { noteLease } from './note';
import type { LeasingPorts } from './ports';
import { offeredOf, refusedFor } from './refused';
import { type KeptLease, placeOf } from './rows';
import { toldIn } from './view';

/**
 * Changes a lease that is Transat's to change: its name, its time, how much it holds. What its site would refuse is known before it is asked, and what can
 * be known without asking it at all is looked at first.
 * @throws AppError `not-found`; `conflict` for one that was only seen; what is wrong by field, or what the site said, with what could be had instead
 */
export async function changeLease(services: LeasingPorts, person: Visitor, id: string, change: LeaseChange): Promise<void> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  await refuseEarly(services, person, row, change);
  const seen = await seeLease(services, person, row);
  if (!seen) throw notFound('lease');
  await applyChange(services, person, seen, change);
}

/** Changes a lease that was just seen. Same errors as {@link changeLease}. */
export async function applyChange(
  services: LeasingPorts,
  person: Visitor,
  { row, known, lease }: Seen,
  change: LeaseChange,
): Promise<void> {
  const now = services.clock.now().getTime();
  const { site, reservation, entry } = known;
  const perHour = leaseCost(lease, site)?.perHour;
  const end = typeof change.end === 'number' ? change.end : undefined;
  const world = { site, now, perHour };
  const ways = waysOf([known]);
  const errors = lintChange(lease, change, site, { now, perHour }).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    const instead = end !== undefined && first.field === 'end' ? explainExtension(first, lease, end, world).alternatives : [];
    throw refusedFor(
      errors,
      instead.map((one) => offeredOf(one, ways)),
    );
  }
  try {
    const changed = await reservation.changeLease(lease.id, cloudChangeOf(changeRequest(lease, change, site, now), now));
    await noteLease(services, placeOf(row.user_id, entry), changed);
  } catch (error) {
    const refused = AppError.from(error);
    const { reason } = reasonOf(refused.toProblem());
    if (end === undefined || reason === 'other') throw refused;
    const { problem, alternatives } = explainExtension(refused.toProblem(), lease, end, world);
    const told: LeaseProblem = { ...problem, severity: 'error', field: 'end' };
    throw refusedFor(
      [told],
      alternatives.map((one) => offeredOf(one, ways)),
      problem,
    );
  } finally {
    forgetLeases(services, person, entry);
  }
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
