import { randomBytes, randomUUID } from 'node:crypto';
import type { World } from '../cloud/world';
import type { ProjectSession } from '../keystone/sessions';
import type { LeaseEventRecord, LeaseRecord, ReservationRecord } from '../state/leases';
import { parseDate, within } from './dates';
import { Breaking, busy, internal } from './errors';
import { nameOf, type WantedLease } from './lease-input';
import { LeaseLoop } from './loop';
import type { Plugins } from './plugins';
import { checkNew } from './rules';
import { changed } from './update';

/** Leases as people make, change and delete them. What time does to them is the loop's. */
export class Leases {
  readonly #world: World;
  readonly #plugins: Plugins;
  readonly #loop: LeaseLoop;

  constructor(world: World, plugins: Plugins) {
    this.#world = world;
    this.#plugins = plugins;
    this.#loop = new LeaseLoop(world, plugins);
  }

  /** POST /leases. @throws Refusal in Blazar's words */
  create(session: ProjectSession, wanted: WantedLease): LeaseRecord {
    const world = this.#world;
    const now = world.now();
    const lease: LeaseRecord = {
      id: randomUUID(),
      name: '',
      userId: session.user.id,
      projectId: session.projectId,
      trustId: randomBytes(16).toString('hex'),
      start: wanted.start,
      end: wanted.end,
      status: 'CREATING',
      degraded: false,
      reservations: [],
      events: [],
      createdAt: now,
      updatedAt: now,
    };
    const before = [...world.state.leases];
    world.state.leases.push(lease);
    try {
      // one after the other: what the first of them holds the next can't have
      for (const given of wanted.reservations) lease.reservations.push(this.#reservation(given, lease));
      checkNew(world, lease);
      const reminder = world.state.settings.blazar === 'chameleon' ? (world.definition.blazar?.reminderSeconds ?? 3_600) : 3_600;
      const beforeEnd = wanted.beforeEnd
        ? within(parseDate(wanted.beforeEnd, now), lease)
        : Math.max(wanted.start, wanted.end - reminder * 1000);
      lease.name = nameOf(wanted.name);
      lease.events = [
        eventOf('start_lease', wanted.start, now),
        eventOf('end_lease', wanted.end, now),
        eventOf('before_end_lease', beforeEnd, now),
      ];
      lease.status = 'PENDING';
    } catch (error) {
      world.state.leases = before;
      throw error;
    }
    world.changed();
    this.#loop.arm();
    return lease;
  }

  /** PUT /leases/{id}. @throws Refusal in Blazar's words; after some of them the lease is in the state ERROR */
  update(lease: LeaseRecord, body: Record<string, unknown>): void {
    if (!stable.has(lease.status)) throw busy();
    try {
      if (Object.keys(body).length === 0) lease.status = stateOf(lease);
      else changed(this.#world, this.#plugins, lease, body);
    } catch (error) {
      if (!(error instanceof Breaking)) throw error;
      lease.status = 'ERROR';
      throw error.refusal;
    } finally {
      lease.updatedAt = this.#world.now();
      this.#world.changed();
      this.#loop.arm();
    }
  }

  /** DELETE /leases/{id}: what stands on it ends with it. */
  remove(lease: LeaseRecord): void {
    if (!stable.has(lease.status)) throw busy();
    for (const reservation of lease.reservations) {
      if (reservation.status === 'active') this.#plugins(reservation.asked.kind).end(lease, reservation, true);
    }
    this.#world.schedule.cancel(lease.id);
    this.#world.state.leases = this.#world.state.leases.filter((one) => one !== lease);
    this.#world.changed();
  }

  #reservation(given: Record<string, unknown>, lease: LeaseRecord): ReservationRecord {
    const plugin = this.#plugins(given.resource_type);
    const asked = plugin.read(given, lease.projectId);
    const now = this.#world.now();
    const holds = plugin.allocate(asked, lease);
    const base = { id: randomUUID(), resourceId: randomUUID(), status: 'pending' as const, createdAt: now, updatedAt: now };
    return { ...base, asked, holds, missingResources: false, resourcesChanged: false };
  }
}

const stable = new Set<LeaseRecord['status']>(['PENDING', 'ACTIVE', 'TERMINATED', 'ERROR']);

/** What a lease is by what has happened: an empty PUT has Blazar look anew. */
function stateOf(lease: LeaseRecord): LeaseRecord['status'] {
  const event = (type: LeaseEventRecord['type']) => lease.events.find((one) => one.type === type)?.status;
  const all = (status: ReservationRecord['status']) => lease.reservations.every((one) => one.status === status);
  const [start, end] = [event('start_lease'), event('end_lease')];
  if (start === 'UNDONE' && end === 'UNDONE' && all('pending')) return 'PENDING';
  if (start === 'DONE' && end === 'UNDONE' && all('active')) return 'ACTIVE';
  if (start === 'DONE' && end === 'DONE' && all('deleted')) return 'TERMINATED';
  return 'ERROR';
}

function eventOf(type: LeaseEventRecord['type'], time: number, now: number): LeaseEventRecord {
  return { id: randomUUID(), type, time, status: 'UNDONE', createdAt: now, updatedAt: null };
}

/** The refusal of who can't give Blazar a trust: a bare fault, as it does not look for that. */
export function checkTrust(world: World, session: ProjectSession): void {
  if (session.token.applicationCredentialId && !world.trustsCredentials()) throw internal();
}
