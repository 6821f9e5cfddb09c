import type { World } from '../cloud/world';
import type { LeaseEventRecord, LeaseRecord, ReservationRecord } from '../state/leases';
import type { Plugins } from './plugins';

interface Due {
  lease: LeaseRecord;
  event: LeaseEventRecord;
}

/**
 * Blazar's manager: every so often it looks for events that are due, and does them: reminders first, then ends, then starts, so that a lease
 * that ends frees its hosts for one that begins at the same time. What is due for a lease in transition waits for the next look.
 */
export class LeaseLoop {
  readonly #world: World;
  readonly #plugins: Plugins;

  constructor(world: World, plugins: Plugins) {
    this.#world = world;
    this.#plugins = plugins;
    const { schedule } = world;
    const on = (kind: string, change: (lease: LeaseRecord) => void) =>
      schedule.on(kind, (id) => {
        const lease = world.state.leases.find((one) => one.id === id);
        if (lease) change(lease);
        this.arm();
      });
    schedule.on('lease-loop', () => {
      for (const due of this.#inOrder(this.#due())) this.#begin(due);
      this.arm();
    });
    on('lease-started', (lease) => this.#started(lease));
    on('lease-ended', (lease) => this.#ended(lease));
    this.arm();
  }

  /** Sees to it that the next event that is due will be looked at. */
  arm(): void {
    const { schedule, state } = this.#world;
    const times = state.leases
      .filter(({ status }) => isStable(status))
      .flatMap(({ events }) => events.filter(({ status }) => status === 'UNDONE').map(({ time }) => time));
    schedule.cancel('all', 'lease-loop');
    if (times.length === 0) return;
    const beat = (this.#world.definition.timing.leaseLoop * 1000) / this.#world.speed;
    const from = Math.max(Math.min(...times), this.#world.now());
    schedule.at((Math.floor(from / beat) + 1) * beat, 'lease-loop', 'all');
  }

  #due(): Due[] {
    const now = this.#world.now();
    return this.#world.state.leases.flatMap((lease) =>
      lease.events.filter(({ status, time }) => status === 'UNDONE' && time <= now).map((event) => ({ lease, event })),
    );
  }

  #inOrder(due: Due[]): Due[] {
    const byTime = due.sort((one, other) => one.event.time - other.event.time);
    const starting = new Set(byTime.filter(({ event }) => event.type === 'start_lease').map(({ lease }) => lease));
    const of = (type: LeaseEventRecord['type']) => byTime.filter(({ event }) => event.type === type);
    // what is due together with a start of the same lease comes after it
    const later = (one: Due) => one.event.type !== 'start_lease' && starting.has(one.lease);
    const all = [...of('before_end_lease'), ...of('end_lease'), ...of('start_lease')];
    return [...all.filter((one) => !later(one)), ...all.filter(later)];
  }

  #begin({ lease, event }: Due): void {
    if (!isStable(lease.status)) return;
    const { schedule, definition } = this.#world;
    if (event.type === 'before_end_lease') {
      if (lease.status !== 'ERROR') this.#mark(lease, event.type, 'DONE');
      return;
    }
    const may = event.type === 'start_lease' ? ['PENDING'] : ['ACTIVE', 'ERROR'];
    this.#mark(lease, event.type, may.includes(lease.status) ? 'IN_PROGRESS' : 'ERROR');
    if (!may.includes(lease.status)) return;
    if (event.type === 'start_lease') {
      this.#set(lease, 'STARTING');
      schedule.after(definition.timing.leaseStart * 1000, 'lease-started', lease.id);
      return;
    }
    this.#set(lease, 'TERMINATING');
    for (const reservation of lease.reservations) this.#plugins(reservation.asked.kind).end(lease, reservation, false);
    schedule.after((definition.timing.delete + 0.5) * 1000, 'lease-ended', lease.id);
  }

  #started(lease: LeaseRecord): void {
    if (lease.status !== 'STARTING') return;
    for (const reservation of lease.reservations) {
      this.#plugins(reservation.asked.kind).start(lease, reservation);
      this.#mend(reservation, 'active');
    }
    this.#mark(lease, 'start_lease', 'DONE');
    this.#set(lease, 'ACTIVE');
  }

  #ended(lease: LeaseRecord): void {
    if (lease.status !== 'TERMINATING') return;
    const ids = new Set(lease.reservations.map(({ id }) => id));
    const left = this.#world.state.servers.some(({ reservationId, hostName }) => hostName !== null && ids.has(reservationId ?? ''));
    if (left) {
      this.#world.schedule.after(1_000, 'lease-ended', lease.id);
      return;
    }
    for (const reservation of lease.reservations) {
      this.#mend(reservation, 'deleted');
      reservation.holds = [];
    }
    this.#mark(lease, 'end_lease', 'DONE');
    this.#set(lease, 'TERMINATED');
  }

  #mend(reservation: ReservationRecord, status: ReservationRecord['status']): void {
    Object.assign(reservation, { status, updatedAt: this.#world.now() });
  }

  #set(lease: LeaseRecord, status: LeaseRecord['status']): void {
    Object.assign(lease, { status, updatedAt: this.#world.now() });
    this.#world.changed();
  }

  #mark(lease: LeaseRecord, type: LeaseEventRecord['type'], status: LeaseEventRecord['status']): void {
    const found = lease.events.find((one) => one.type === type);
    if (found) Object.assign(found, { status, updatedAt: this.#world.now() });
    this.#world.changed();
  }
}

function isStable(status: LeaseRecord['status']): boolean {
  return status === 'PENDING' || status === 'ACTIVE' || status === 'TERMINATED' || status === 'ERROR';
}
