import { AppError } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import type { Visitor } from '@/lib/desk/types';
import { floorMinute, toIso, utcWords } from '@/lib/leases/calendar/moments';
import { repairOf } from '@/lib/leases/life/repair';
import { plannedOf } from '@/lib/leases/lint/change-counts';
import type { Moment, PlannedLease } from '@/lib/leases/types';
import { say } from '@/lib/leases/words/say';
import type { KeptExtension } from '@/lib/store/schema';
import { lastsNoLonger } from './allowed';
import { forgetLeases } from './blazar';
import { requireOwn } from './change';
import { deleteLease } from './end';
import { needLease, type Seen, seeLease } from './look';
import { makeLease } from './make';
import { noteLease } from './note';
import type { LeasingPorts } from './ports';
import { whereaboutsOf } from './rows';
import { type About, consentOf, livingOn } from './standing';
import { askErrand } from './work/due';

/**
 * Lets Transat change a lease that was made elsewhere.
 * @throws AppError `not-found` also where its site has it no more; what kept one from asking
 */
export async function takeOver(services: LeasingPorts, person: Visitor, id: string): Promise<void> {
  const row = await needLease(services, person, id);
  if (row.taken_over) return;
  if (!(await seeLease(services, person, row))) throw notFound('lease');
  await services.store.db.updateTable('leases').set({ taken_over: true }).where('id', '=', id).execute();
}

/** Only shows a lease again. @throws AppError `conflict` while deployments stand on it, or something is done with it */
export async function letGo(services: LeasingPorts, person: Visitor, id: string): Promise<void> {
  const row = await needLease(services, person, id);
  if (!row.taken_over) return;
  requireOwn(row);
  const [standing] = await livingOn(services, row);
  if (standing)
    throw new AppError({
      code: 'conflict',
      title: 'A deployment stands on this lease',
      detail: `${standing.name} stands on ${row.name}, so Transat looks after it.`,
      remedy: 'Delete the deployment first.',
    });
  await services.store.db.updateTable('leases').set({ taken_over: false, extend: null, due_at: null }).where('id', '=', id).execute();
}

/**
 * Has a lease extended by itself, each time that its window opens, until it lasts so long.
 * @param until null: no more
 * @throws AppError `invalid-input` naming `until`; `conflict` for a lease that is over, or was only seen
 */
export async function extendByItself(services: LeasingPorts, person: Visitor, id: string, until: Moment | null): Promise<void> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  const { store, clock } = services;
  if (until === null) {
    await store.db
      .updateTable('leases')
      .set({ extend: null, ...(row.work === null && { due_at: null, problem: null }) })
      .where('id', '=', id)
      .execute();
    return;
  }
  const why = lastsNoLonger(row);
  if (why !== undefined) {
    const [title, remedy] = [say(why), say('makeNew')];
    const remarks = { title: title.remark, detail: title.remark, remedy: remedy.remark };
    throw new AppError({ code: 'conflict', title: title.text, remedy: remedy.text, remarks });
  }
  const end = floorMinute(until);
  if (end <= row.ends_at.getTime()) {
    const message = `The lease lasts until ${utcWords(row.ends_at.getTime())} already. Choose a later time.`;
    throw invalidInput([{ path: 'until', message }]);
  }
  const extend: KeptExtension = { until: toIso(end) };
  await store.db
    .updateTable('leases')
    .set({ extend: JSON.stringify(extend), due_at: clock.now(), problem: null })
    .where('id', '=', id)
    .execute();
  await askErrand(services, id);
}

/** How often Blazar is asked to look at a lease again. */
const TOUCHES = 2;

/**
 * Brings a lease in ERROR in order: Blazar looks at it again; where that is of no use, another of the same kind is made for the rest of its time, and this
 * one is deleted.
 * @returns the id of the lease that there is then
 * @throws AppError `conflict` where only somebody at the site can help, and naming the deployments that would go with it where they are not to; what the site
 *   said
 */
export async function repairLease(services: LeasingPorts, person: Visitor, id: string, about: About): Promise<string> {
  const row = await needLease(services, person, id);
  requireOwn(row);
  for (let tried = 0; ; tried++) {
    const seen = await seeLease(services, person, row);
    if (!seen) throw notFound('lease');
    const { known, lease } = seen;
    const repair = repairOf(lease, tried, services.clock.now().getTime());
    if (repair.do === 'nothing') return id;
    if (repair.do === 'delete') {
      await deleteLease(services, person, id, about);
      return id;
    }
    if (repair.do === 'recreate') {
      await consentOf(services, row, about);
      return await recreate(services, person, seen, about);
    }
    if (repair.do === 'ask' || tried >= TOUCHES) throw beyondUs(known.site.name, repair.why);
    const touched = await known.reservation.changeLease(lease.id, {});
    await noteLease(services, whereaboutsOf(person.id, known.entry), touched);
    forgetLeases(services, person, known.entry);
  }
}

async function recreate(services: LeasingPorts, person: Visitor, { row, known, lease }: Seen, about: About): Promise<string> {
  const { entry, site } = known;
  const now = services.clock.now().getTime();
  const reservations = lease.reservations.flatMap((one) => plannedOf(one) ?? []);
  const taken = new Set(site.leases.map(({ name }) => name));
  const names = Array.from({ length: taken.size + 1 }, (_, index) => `${[...lease.name].slice(0, 76).join('')}-${index + 2}`);
  const plan: PlannedLease = {
    name: names.find((name) => !taken.has(name)) ?? lease.name,
    start: lease.start > now ? lease.start : 'now',
    end: lease.end,
    reservations,
  };
  const wish = { site: entry.site.id, project: entry.project.id, credential: entry.credential, plan };
  const until = row.extend ? Date.parse(row.extend.until) : undefined;
  const made = await makeLease(services, person, { ...wish, ...(until !== undefined && { extendUntil: until }) });
  await deleteLease(services, person, row.id, about);
  return made.id;
}

function beyondUs(site: string, why: string): AppError {
  return new AppError({
    code: 'conflict',
    title: 'This lease can’t be repaired from here',
    detail: why,
    remedy: `Ask ${site}’s help desk with the lease’s id, or delete it and make another.`,
  });
}
