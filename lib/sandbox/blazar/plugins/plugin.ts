import type { World } from '../../cloud/world';
import type { ServerLife } from '../../nova/life';
import type { Asked, LeaseRecord, ReservationRecord } from '../../state/leases';
import type { Span } from '../calendar';
import { blazarError, missing } from '../errors';

/** The cloud that a plugin works on. */
export interface Ground {
  world: World;
  life: ServerLife;
}

/** What Blazar can reserve, one kind each. All refuse in Blazar's words (Refusal), or as {@link Breaking} where a refused change breaks the lease. */
export interface Plugin<A extends Asked = Asked> {
  /** Reads what is asked for. */
  read(given: Record<string, unknown>, projectId: string): A;
  /** Chooses what a new reservation will hold. */
  allocate(asked: A, span: Span): string[];
  /** What a reservation asks for and holds under new dates and wishes. */
  change(lease: LeaseRecord, reservation: ReservationRecord<A>, given: Record<string, unknown>, span: Span): { asked: A; holds: string[] };
  start(lease: LeaseRecord, reservation: ReservationRecord<A>): void;
  /** @param atOnce ends what runs on it now, not in its own time */
  end(lease: LeaseRecord, reservation: ReservationRecord<A>, atOnce: boolean): void;
  /** The columns that its reservations have beside those of all. */
  show(asked: A, reservation: ReservationRecord<A>): Record<string, unknown>;
}

/** That keys are there, whatever they hold. @throws Refusal 400 */
export function require(given: Record<string, unknown>, ...names: string[]): void {
  const lacking = names.filter((name) => !(name in given));
  if (lacking.length > 0) throw missing(lacking.join(','));
}

/** A whole number of 1 or more, also as text. @throws Refusal 400 */
export function amountOf(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) throw badAmount('amount must be an integer');
  if (number < 1) throw badAmount('amount must be >= 1');
  return number;
}

// Blazar gives the whole sentence where the name of the parameter should be, so nothing stands before it
const badAmount = (sentence: string) => blazarError(400, sentence);

/** Whether new dates reach beyond old ones. */
export const reachesBeyond = (span: Span, before: Span) => span.start < before.start || span.end > before.end;

/** Ends the servers that stand on a reservation, whoever owns them. */
export function endServers({ world, life }: Ground, reservationId: string, atOnce: boolean): void {
  for (const server of world.state.servers.filter((one) => one.reservationId === reservationId && one.hostName !== null)) {
    if (atOnce) life.removeNow(server);
    else life.remove(server);
  }
}
