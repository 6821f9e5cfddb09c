import { randomBytes, randomUUID } from 'node:crypto';
import type { World } from '../cloud/world';
import type { ProjectSession } from '../keystone/sessions';
import type { ServerLife } from '../nova/life';
import type { LeaseEventRecord, LeaseRecord, ReservationRecord } from '../state/records';
import { isFree, pickHosts } from './calendar';
import { blazarError, busy, internal, notEnoughHosts } from './errors';
import { asObject, counts, parseDate, type WantedLease, type WantedReservation } from './input';
import { fittingHosts } from './requirements';

const HOUR = 3_600_000;
const MAX_SECONDS = 7 * 24 * 3600;
const EXTENSION_WINDOW_SECONDS = 2 * 24 * 3600;
const BEFORE_END_MS = 48 * HOUR;
const transitional = new Set<LeaseRecord['status']>(['STARTING', 'TERMINATING', 'DELETING', 'UPDATING']);

/** Leases over their life: made, started, changed, ended. */
export class Leases {
  readonly #world: World;
  readonly #life: ServerLife;

  constructor(world: World, life: ServerLife) {
    this.#world = world;
    this.#life = life;
    const on = (kind: string, change: (lease: LeaseRecord) => void) =>
      world.schedule.on(kind, (id) => {
        const lease = world.state.leases.find((one) => one.id === id);
        if (lease) change(lease);
      });
    on('lease-starting', (lease) => this.#starting(lease));
    on('lease-started', (lease) => this.#started(lease));
    on('lease-ending', (lease) => this.#ending(lease));
    on('lease-ended', (lease) => this.#ended(lease));
  }

  create(session: ProjectSession, wanted: WantedLease): LeaseRecord {
    const world = this.#world;
    if (session.token.applicationCredentialId && !world.state.settings.applicationCredentialTrusts) throw internal();
    checkLength(wanted.start, wanted.end, 403);
    const now = world.now();
    const taken: string[] = [];
    const reservations = wanted.reservations.map((one): ReservationRecord => {
      const hosts = pickHosts(this.#fitting(one), world.state.leases, { ...one, start: wanted.start, end: wanted.end, taken });
      if (!hosts) throw notEnoughHosts();
      taken.push(...hosts);
      return { id: randomUUID(), resourceId: randomUUID(), status: 'pending', ...one, hosts, createdAt: now, updatedAt: now };
    });
    const event = (type: LeaseEventRecord['type'], time: number): LeaseEventRecord => ({
      id: randomUUID(),
      type,
      time,
      status: 'UNDONE',
      createdAt: now,
      updatedAt: null,
    });
    const lease: LeaseRecord = {
      id: randomUUID(),
      name: wanted.name,
      userId: session.user.id,
      projectId: session.projectId,
      trustId: randomBytes(16).toString('hex'),
      start: wanted.start,
      end: wanted.end,
      status: 'PENDING',
      degraded: false,
      reservations,
      events: [
        event('start_lease', wanted.start),
        event('before_end_lease', wanted.beforeEnd ?? Math.max(wanted.start, wanted.end - BEFORE_END_MS)),
        event('end_lease', wanted.end),
      ],
      createdAt: now,
      updatedAt: now,
    };
    world.state.leases.push(lease);
    world.changed();
    if (lease.start <= now) world.schedule.after(1_200, 'lease-starting', lease.id);
    else world.schedule.at(lease.start, 'lease-starting', lease.id);
    return lease;
  }

  /** PUT /leases/{id}. @throws Refusal in Blazar's words */
  update(lease: LeaseRecord, body: unknown): void {
    if (transitional.has(lease.status)) throw busy();
    const given = asObject(body);
    const now = this.#world.now();
    const others = Object.keys(given).filter((key) => key !== 'name');
    if (lease.status === 'TERMINATED' && others.length > 0) throw blazarError(400, 'Terminated leases can only be renamed');
    const start = given.start_date === undefined ? lease.start : parseDate(given.start_date, now);
    const end = given.end_date === undefined ? lease.end : parseDate(given.end_date, now);
    if (start !== lease.start && lease.status !== 'PENDING')
      throw blazarError(400, 'Cannot modify the start date of already started leases');
    if (start !== lease.start && start < now) throw blazarError(400, 'Start date must be later than current and start date');
    if (end !== lease.end && given.end_date !== 'now' && (end < now || end <= start)) {
      throw blazarError(400, 'End date must be later than current and start date');
    }
    if (lease.status === 'ACTIVE' && end > lease.end) this.#checkExtension(lease, end, now);
    else if (end !== lease.end || start !== lease.start) checkLength(start, end, 400);
    const changes = (Array.isArray(given.reservations) ? given.reservations : []).map(asObject);
    const planned = lease.reservations.map((reservation) =>
      this.#replanned(
        lease,
        reservation,
        changes.find((one) => one.id === reservation.id),
        start,
        end,
      ),
    );
    for (const change of changes) {
      if (change.id === undefined) throw blazarError(400, 'Missing parameter reservation ID');
      if (!lease.reservations.some((one) => one.id === change.id)) throw blazarError(400, 'Please enter valid reservation IDs');
    }
    planned.forEach((plan, index) => {
      const reservation = lease.reservations[index];
      if (reservation) Object.assign(reservation, plan, { updatedAt: now });
    });
    if (typeof given.name === 'string') lease.name = given.name;
    this.#move(lease, start, end);
  }

  /** DELETE /leases/{id}: servers on its hosts end with it. */
  remove(lease: LeaseRecord): void {
    if (transitional.has(lease.status)) throw busy();
    this.#release(lease);
    this.#world.schedule.cancel(lease.id);
    this.#world.state.leases = this.#world.state.leases.filter((one) => one !== lease);
    this.#world.changed();
  }

  #fitting(wanted: Pick<WantedReservation, 'hypervisorProperties' | 'resourceProperties'>) {
    return fittingHosts(this.#world.definition.hosts ?? [], wanted.hypervisorProperties, wanted.resourceProperties);
  }

  #checkExtension(lease: LeaseRecord, end: number, now: number): void {
    if (now < lease.end - EXTENSION_WINDOW_SECONDS * 1000) {
      throw blazarError(400, `Lease can only be extended within ${EXTENSION_WINDOW_SECONDS} seconds of the leases current end time.`);
    }
    checkLength(lease.end, end, 400);
  }

  /** What a reservation becomes under new dates or counts: an active one keeps its hosts, and needs the very same ones free. */
  #replanned(lease: LeaseRecord, reservation: ReservationRecord, change: Record<string, unknown> | undefined, start: number, end: number) {
    const { leases } = this.#world.state;
    const { min, max } = counts(change?.min ?? reservation.min, change?.max ?? reservation.max);
    const properties = typeof change?.resource_properties === 'string' ? change.resource_properties : reservation.resourceProperties;
    const wanted = { ...reservation, resourceProperties: properties };
    const active = reservation.status === 'active';
    const kept = reservation.hosts.filter((host) => isFree(leases, host, start, end, lease.id));
    if (active && (kept.length < reservation.hosts.length || max < kept.length)) throw notEnoughHosts();
    const base = active || properties === reservation.resourceProperties ? kept.slice(0, max) : [];
    const more = pickHosts(this.#fitting(wanted), leases, {
      start,
      end,
      min: Math.max(0, min - base.length),
      max: max - base.length,
      taken: [...base, ...lease.reservations.filter((one) => one !== reservation).flatMap((one) => one.hosts)],
      except: lease.id,
    });
    if (!more) throw notEnoughHosts();
    return { min, max, resourceProperties: properties, hosts: [...base, ...more] };
  }

  #move(lease: LeaseRecord, start: number, end: number): void {
    const { schedule } = this.#world;
    const now = this.#world.now();
    Object.assign(lease, { start, end, updatedAt: now });
    for (const event of lease.events) {
      if (event.status !== 'UNDONE') continue;
      event.time = event.type === 'start_lease' ? start : event.type === 'end_lease' ? end : Math.max(start, end - BEFORE_END_MS);
      event.updatedAt = now;
    }
    schedule.cancel(lease.id);
    if (lease.status === 'PENDING') schedule.at(Math.max(start, now), 'lease-starting', lease.id);
    if (lease.status === 'ACTIVE') schedule.at(Math.max(end, now), 'lease-ending', lease.id);
    this.#world.changed();
  }

  #starting(lease: LeaseRecord): void {
    if (lease.status !== 'PENDING') return;
    this.#set(lease, 'STARTING', 'start_lease', 'IN_PROGRESS');
    this.#world.schedule.after(1_500, 'lease-started', lease.id);
  }

  #started(lease: LeaseRecord): void {
    if (lease.status !== 'STARTING') return;
    this.#set(lease, 'ACTIVE', 'start_lease', 'DONE');
    for (const reservation of lease.reservations) reservation.status = 'active';
    this.#world.schedule.at(lease.end, 'lease-ending', lease.id);
  }

  #ending(lease: LeaseRecord): void {
    if (lease.status !== 'ACTIVE') return;
    this.#set(lease, 'TERMINATING', 'end_lease', 'IN_PROGRESS');
    this.#release(lease);
    this.#world.schedule.after(1_500, 'lease-ended', lease.id);
  }

  #ended(lease: LeaseRecord): void {
    this.#set(lease, 'TERMINATED', 'end_lease', 'DONE');
    for (const reservation of lease.reservations) reservation.status = 'deleted';
  }

  /** Ends every server that stands on a host of the lease, whoever owns it. */
  #release(lease: LeaseRecord): void {
    const ids = new Set(lease.reservations.map((reservation) => reservation.id));
    for (const server of this.#world.state.servers.filter((server) => server.reservationId && ids.has(server.reservationId)))
      this.#life.removeNow(server);
  }

  #set(lease: LeaseRecord, status: LeaseRecord['status'], type: LeaseEventRecord['type'], event: LeaseEventRecord['status']): void {
    const now = this.#world.now();
    Object.assign(lease, { status, updatedAt: now });
    const found = lease.events.find((one) => one.type === type);
    if (found) Object.assign(found, { status: event, updatedAt: now });
    this.#world.changed();
  }
}

function checkLength(start: number, end: number, code: number): void {
  const seconds = Math.round((end - start) / 1000);
  if (seconds > MAX_SECONDS) {
    throw blazarError(
      code,
      `Lease duration of ${seconds} seconds must be less than or equal to the maximum lease duration of ${MAX_SECONDS} seconds.`,
    );
  }
}
