import type { Clock } from '@/lib/core/clock';
import { newId } from '@/lib/core/ids';
import type { CloudLease, NewLease, Reservation } from '@/lib/openstack/types';

/** A Blazar of one project, as far as the reconciler can tell: leases pass from one state to the next by the clock. */
export class FakeLeases {
  readonly leases = new Map<string, CloudLease>();
  /** that it is left out of lists, or even not found by itself, though it is there */
  hides: 'nothing' | 'in lists' | 'everywhere' = 'nothing';
  readonly #clock: Clock;
  readonly #shown = new Map<string, CloudLease['status']>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  all(): CloudLease[] {
    for (const lease of this.leases.values()) lease.status = this.#statusOf(lease);
    return [...this.leases.values()].map((lease) => ({ ...lease }));
  }

  make({ name, start, end, reservations: asked }: NewLease): CloudLease {
    const id = `lease-${this.leases.size + 1}`;
    const now = this.#clock.now().toISOString();
    const reservations = asked.map((wanted) => ({
      // no two clouds have one of the same id
      id: newId('reservation'),
      kind: wanted.kind,
      status: 'pending',
      ...(wanted.kind === 'flavor:instance'
        ? { amount: wanted.amount }
        : { min: 1, max: wanted.kind === 'physical:host' ? wanted.max : 1 }),
      missingResources: false,
      resourcesChanged: false,
    }));
    const begins = start === 'now' ? now : start;
    const lease: CloudLease = { id, name, status: 'PENDING', start: begins, end, degraded: false, reservations, events: [] };
    this.leases.set(id, lease);
    return { ...lease, status: this.#statusOf(lease) };
  }

  one(id: string): CloudLease | null {
    return this.hides === 'everywhere' ? null : (this.all().find((lease) => lease.id === id) ?? null);
  }

  reservationOf(id: string): string {
    return this.leases.get(id)?.reservations[0]?.id ?? '';
  }

  /** What its site shows of it from now on, whatever the clock says. */
  show(id: string, status: CloudLease['status']): void {
    this.#shown.set(id, status);
  }

  end(id: string): 'gone' {
    this.leases.delete(id);
    return 'gone';
  }

  #statusOf({ id, start, end }: CloudLease): CloudLease['status'] {
    const shown = this.#shown.get(id);
    if (shown) return shown;
    const now = this.#clock.now().getTime();
    if (now < Date.parse(start)) return 'PENDING';
    return now < Date.parse(end) ? 'ACTIVE' : 'TERMINATED';
  }
}

/** The service before it, each call made by `call`. */
export function guardedLeases(fake: FakeLeases, call: <T>(name: string, work: () => T) => Promise<T>): Reservation {
  const unused = () => Promise.reject(new Error('not part of this fake'));
  return {
    leases: () => call('leases', () => ({ items: fake.hides === 'nothing' ? fake.all() : [], gaps: [] })),
    createLease: (lease) => call('createLease', () => fake.make(lease)),
    lease: (id) => call('lease', () => fake.one(id)),
    deleteLease: (id) => call('deleteLease', () => fake.end(id)),
    hosts: unused,
    hostProperties: unused,
    allocations: unused,
    floatingIps: unused,
    segments: unused,
    hostsOf: unused,
    changeLease: unused,
    mayLease: unused,
  };
}
