import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/core/errors';
import { notFound } from '@/lib/core/problems';
import type { Entry, Visitor } from '@/lib/desk/types';
import { leaseOf } from '@/lib/leases/blazar/translate';
import { followAgainAt } from '@/lib/leases/life/next-look';
import type { Lease } from '@/lib/leases/types';
import type { CloudLease } from '@/lib/openstack/types';
import { usedPlaces } from '@/lib/proposing/used-places';
import { withDeadline } from '@/lib/sites';
import { type Entered, enterBlazar, type Known, needsOf, readLeases } from './blazar';
import { noteLeases } from './note';
import type { LeasingPorts } from './ports';
import { findLease, isOver, type KeptLease, standingOn, whereaboutsOf } from './rows';
import type { WholeLease } from './types';
import { keptOf, toldIn, wholeOf } from './view';

/** A lease that its site has just told of. */
export interface Seen {
  row: KeptLease;
  known: Known;
  lease: Lease;
}

/**
 * The row of a lease of a person's.
 * @throws AppError `not-found`, for another's too
 */
export async function needLease({ store }: LeasingPorts, person: Visitor, id: string): Promise<KeptLease> {
  const row = await findLease(store.db, id);
  if (row?.user_id !== person.id) throw notFound('lease');
  return row;
}

/** Enters the project of a lease, by another credential where the one that made it is gone. Same errors as {@link enterBlazar}. */
export async function doorTo(services: LeasingPorts, person: Visitor, row: KeptLease): Promise<Entered> {
  const site = await services.sites.find(person.id, row.site);
  if (!site) throw notFound('site');
  const entry: Entry = { site, project: { id: row.project, name: row.project }, credential: row.credential };
  try {
    return await enterBlazar(services, person, entry);
  } catch (error) {
    if (!lostCredential.has(AppError.from(error).code)) throw error;
    return await enterBlazar(services, person, await services.desk.entry(person, site, { project: row.project }));
  }
}
const lostCredential = new Set(['session-expired', 'credential-missing', 'credential-invalid', 'credential-expired', 'not-found']);

/**
 * Asks a lease's site for it, and notes what it tells.
 * @returns null where it is not there (any more)
 */
export async function seeLease(services: LeasingPorts, person: Visitor, row: KeptLease, door?: Entered): Promise<Seen | null> {
  const at = services.clock.now();
  const entered = door ?? (await doorTo(services, person, row));
  const known = await readLeases(services, person, entered, needsOf(toldIn(row)?.reservations ?? []));
  await noteLeases(services, whereaboutsOf(person.id, entered.entry), known.leases, at);
  const after = await findLease(services.store.db, row.id);
  const told = known.leases.items.find(({ id }) => id === after?.lease_id);
  if (!after || !told) return null;
  return { row: after, known, lease: await leaseIn(known, told) };
}

/** A lease with its hosts, also where its site tells only its own of them. */
export async function leaseIn({ site, reservation }: Known, told: CloudLease): Promise<Lease> {
  const found = site.leases.find(({ id }) => id === told.id) ?? leaseOf(told, site.taken);
  if (found.hosts) return found;
  const hosts = await reservation.hostsOf(told.id).catch(() => null);
  return hosts ? { ...found, hosts } : found;
}

/** One lease as it is now; where its site does not answer, as it told last, and why. */
export async function lookAtLease(services: LeasingPorts, person: Visitor, id: string): Promise<WholeLease> {
  const row = await needLease(services, person, id);
  const now = services.clock.now().getTime();
  try {
    const seen = row.lease_id === null || row.status === 'GONE' ? null : await seeLease(services, person, row);
    if (seen) {
      const [standing, addresses] = await Promise.all([about(services, person, seen.row), addressesOn(seen)]);
      return wholeOf(seen.row, seen.lease, seen.known, { now, ...standing, addresses });
    }
    const after = (await findLease(services.store.db, id)) ?? row;
    return keptOf(after, await siteName(services, person, after), null, { now, ...(await about(services, person, after)) });
  } catch (error) {
    const unheard = AppError.from(error).toProblem();
    return keptOf(row, await siteName(services, person, row), unheard, { now, ...(await about(services, person, row)) });
  }
}

/** The floating IPs that a lease gave its project, by reservation; none where the site does not tell. */
async function addressesOn({ lease, known: { cloud } }: Seen): Promise<Map<string, string[]>> {
  const active = lease.reservations.filter(({ kind, status }) => kind === 'virtual:floatingip' && status === 'active');
  if (active.length === 0) return new Map();
  const all = await withDeadline((options) => cloud.network.floatingIps(options), ADDRESSES_MS, 'Neutron did not answer').catch(() => []);
  return new Map(active.map(({ id }) => [id, all.filter(({ reservation }) => reservation === id).map(({ address }) => address)]));
}

const ADDRESSES_MS = 5000;
const BEAT_MS = 5000;
const settled = new Set(['ACTIVE', 'ERROR']);

/**
 * Says a lease now, and again whenever it has changed, until it runs, is over, or is in ERROR and nothing is done with it. Its site is asked the rarer, the
 * further away its start is; what is done with it here is seen at once.
 */
export async function followLease(
  services: LeasingPorts,
  person: Visitor,
  id: string,
  say: (lease: WholeLease) => void,
  signal: AbortSignal,
): Promise<void> {
  let [said, known, lookAt] = ['', '', 0];
  while (!signal.aborted) {
    const now = services.clock.now().getTime();
    if (now >= lookAt || outlineOf(await needLease(services, person, id)) !== known) {
      const lease = await lookAtLease(services, person, id);
      const text = JSON.stringify({ ...lease, seenAt: null });
      if (text !== said) say(lease);
      said = text;
      if (lease.work === null && (settled.has(lease.status) || isOver(lease))) return;
      const { status, start, end } = lease;
      lookAt = followAgainAt({ status, start: Date.parse(start), end: Date.parse(end) }, lease.work !== null, now);
      known = outlineOf(await needLease(services, person, id));
    }
    await sleep(BEAT_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** What is kept of a lease, without when it was, and is to be, looked at. */
function outlineOf({ seen_at: _seen, look_at: _look, asked_until: _asked, due_at: _due, ...row }: KeptLease): string {
  return JSON.stringify(row);
}

async function about({ store }: LeasingPorts, person: Visitor, row: KeptLease) {
  const reservations = toldIn(row)?.reservations.map(({ id }) => id) ?? [];
  const [standing, used] = await Promise.all([standingOn(store.db, person.id), usedPlaces(store.db, row.site, reservations)]);
  return { deployments: standing(row.site, row.lease_id), used };
}

async function siteName({ sites }: LeasingPorts, person: Visitor, row: KeptLease): Promise<string> {
  return (await sites.find(person.id, row.site))?.name ?? row.site;
}
