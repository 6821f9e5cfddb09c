import { AppError, type Problem } from '@/lib/core/errors';
import { MINUTE, toIso, utcWords } from '@/lib/leases/calendar/moments';
import { afterRefusal } from '@/lib/leases/life/after-refusal';
import { autoExtension } from '@/lib/leases/life/auto-extend';
import { extensionLimit } from '@/lib/leases/rules/extension';
import type { KeptExtension } from '@/lib/store/schema';
import { applyChange } from '../change';
import { leaseCost } from '../cost';
import { seeLease } from '../look';
import type { KeptLease } from '../rows';
import type { InHand, Outcome } from './errand';

/** A lease that is being started or changed is let come to rest. */
const UNREST_MS = 30_000;
/** After it was extended: how far it has come is looked at anew. */
const AGAIN_MS = MINUTE;

const unrest = new Set(['CREATING', 'STARTING', 'UPDATING']);

/**
 * Extends a lease as far as it is to last and can, once its window is open; says when to look again. What is refused is asked for ever more rarely, and where
 * that is no use, no more.
 */
export async function extendWhenOpen(hand: InHand, extend: KeptExtension): Promise<Outcome> {
  try {
    return await extendNow(hand, extend);
  } catch (error) {
    const { row, services } = hand;
    const tries = (extend.tries ?? 0) + 1;
    const problem = AppError.from(error).toProblem();
    const next = afterRefusal(problem.code, tries, row.ends_at.getTime(), services.clock.now().getTime());
    if (next.do === 'stop') return { dueAt: null, extend: null, problem: noMore(problem, row) };
    return { ...keep({ ...extend, tries }, next.at, extend.rule), problem };
  }
}

async function extendNow({ services, person, row, write }: InHand, extend: KeptExtension): Promise<Outcome> {
  const seen = await seeLease(services, person, row);
  if (!seen) throw unread(row);
  const now = services.clock.now().getTime();
  const { lease, known } = seen;
  if (unrest.has(lease.status)) return keep(extend, now + UNREST_MS);
  const extension = extensionLimit(lease, known.site, { now, perHour: leaseCost(lease, known.site)?.perHour });
  const next = autoExtension(lease, Date.parse(extend.until), extension, now);
  if (next.do === 'nothing') {
    const problem = next.why === 'reached' ? null : (row.problem ?? endedBefore(row.name, lease.end, extend));
    return { dueAt: null, extend: null, problem };
  }
  if (next.do === 'wait') return keep(extend, next.at);
  if (next.do === 'stuck') return keep(extend, next.lookAt, next.rule);
  // who took it back meanwhile, is not overruled
  if (!(await write({}))) return { dueAt: null };
  await applyChange(services, person, seen, { end: next.to });
  if (next.to >= Date.parse(extend.until)) return { dueAt: null, extend: null, problem: null };
  return keep({ until: extend.until }, now + AGAIN_MS, next.rule);
}

function keep({ until, tries }: KeptExtension, at: number, rule?: string): Outcome {
  const extend = { until, nextAt: toIso(at), ...(rule !== undefined && { rule }), ...(tries !== undefined && { tries }) };
  return { dueAt: new Date(at), extend, problem: null };
}

const noMore = ({ detail, ...problem }: Problem, { name, ends_at }: KeptLease): Problem => ({
  ...problem,
  title: 'The lease is not extended by itself any more',
  detail: `${name} ends at ${utcWords(ends_at.getTime())}. ${detail}`,
});

const endedBefore = (name: string, end: number, { until, rule }: KeptExtension): Problem => ({
  code: 'conflict',
  title: 'The lease ended before it could be extended',
  detail: `${name} ended at ${utcWords(end)}, and was to last until ${utcWords(Date.parse(until))}.`,
  ...(rule !== undefined && { cause: `What stood against it last: ${rule}.` }),
  remedy: 'Make a new lease.',
});

const unread = ({ name, site }: KeptLease): AppError =>
  new AppError({
    code: 'upstream-failed',
    title: 'The lease could not be read',
    detail: `${site} lists leases that can’t be read, and ${name} may be one of them.`,
    remedy: 'Look at it at the site.',
  });
