import type { HostDefinition } from '../cloud/definition';
import type { World } from '../cloud/world';
import type { LeaseRecord, ReservationRecord } from '../state/leases';
import { othersOf } from './others';

/** That something is taken, and by which lease. */
export interface Taken {
  start: number;
  end: number;
  leaseId: string;
  reservationId: string;
  /** left out: somebody else's, of whom nothing more is known */
  reservation?: ReservationRecord;
}
export interface Span {
  start: number;
  end: number;
}

const overlap = (one: Span, other: Span) => one.start < other.end && other.start < one.end;

/** Who has what and when, as it is now: hosts, floating IPs, segments. Made anew for each look. */
export class Calendar {
  readonly #taken = new Map<string, Taken[]>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    for (const lease of world.state.leases) {
      for (const reservation of lease.reservations) {
        if (reservation.status === 'deleted') continue;
        const { start, end } = lease;
        const taken = { start, end, leaseId: lease.id, reservationId: reservation.id, reservation };
        for (const id of new Set(reservation.holds)) {
          const known = this.#taken.get(id);
          if (known) known.push(taken);
          else this.#taken.set(id, [taken]);
        }
      }
    }
  }

  /** Everything that a thing is taken for, now and later, our people's first. */
  of(id: string): Taken[] {
    return [...(this.#taken.get(id) ?? []), ...this.others(id)];
  }

  /** Only what other people have of it. Who of our people was there first stays. */
  others(id: string): Taken[] {
    const host = this.#host(id);
    if (!host) return [];
    const ours = this.#taken.get(id) ?? [];
    return othersOf(`${this.#world.definition.id}/${id}`, host.busy, this.#world.now())
      .filter((other) => !ours.some((one) => one.reservation?.asked.kind === 'physical:host' && overlap(one, other)))
      .map(({ id: leaseId, reservationId, start, end }) => ({ leaseId, reservationId, start, end }));
  }

  isFree(id: string, span: Span, except?: LeaseRecord): boolean {
    return !this.of(id).some((taken) => taken.leaseId !== except?.id && overlap(taken, span));
  }

  /**
   * Picks as Blazar does: things that nobody has at any time first, if they alone suffice; else those that are free in the span before them,
   * whatever comes after.
   * @param candidates ids in Blazar's order
   * @returns up to `max` ids; null where there are fewer than `min`
   */
  pick(candidates: readonly string[], span: Span, { min, max }: { min: number; max: number }): string[] | null {
    const never = candidates.filter((id) => this.of(id).length === 0);
    if (never.length >= min) return never.slice(0, max);
    const all = [...candidates.filter((id) => this.of(id).length > 0 && this.isFree(id, span)), ...never];
    return all.length >= min ? all.slice(0, max) : null;
  }

  #host(id: string): HostDefinition | undefined {
    return hostIndex(this.#world).get(id);
  }
}

const indexes = new WeakMap<readonly HostDefinition[], Map<string, HostDefinition>>();

/** The hosts of a cloud by their ids. */
export function hostIndex(world: World): Map<string, HostDefinition> {
  const hosts = world.definition.blazar?.hosts ?? [];
  const known = indexes.get(hosts);
  if (known) return known;
  const made = new Map(hosts.map((host) => [host.id, host]));
  indexes.set(hosts, made);
  return made;
}
