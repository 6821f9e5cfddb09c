import { matches, wantsOf } from '../resources/match';
import type { Condition, Host, HostReservation, LeaseSite } from '../types';
import { exactly } from './expression';

/** A reservation of hosts as Blazar is asked for it. */
export interface HostRequest {
  kind: 'physical:host';
  min: number;
  max: number;
  where: Condition[];
}

/** More hosts are not excluded one by one. */
const MOST_EXCLUDED = 60;

/** What a reservation asks for, as conditions that Blazar can be sent: it compares all that is not `=` or `!=` as text. */
export function sendable(reservation: HostReservation, { hosts, rules }: Pick<LeaseSite, 'hosts' | 'rules'>): Condition[] {
  const usual = wantsOf(reservation, rules);
  const { nodeType, properties = [] } = hosts?.some((host) => matches(host, usual)) ? usual : wantsOf(reservation, {});
  const type: Condition[] = nodeType === undefined ? [] : [{ name: 'node_type', op: '=', value: nodeType }];
  return [...type, ...properties.filter(({ op }) => op === '=' || op === '!=')];
}

/**
 * Asks for hosts that were chosen. One reservation of all of them is better than one for each: it can grow, and its servers may take any of its hosts.
 * Blazar has no “one of these”, so the others that it could take are excluded; where they are too many, each host is a reservation.
 * @param chosen null: the site does not show its hosts, so Blazar chooses
 * @param free ids of all hosts that are free in the time of the lease
 */
export function hostRequests(
  reservation: HostReservation,
  site: LeaseSite,
  chosen: readonly Host[] | null,
  free: ReadonlySet<string>,
): HostRequest[] {
  const one = (condition: Condition): HostRequest => ({ kind: 'physical:host', min: 1, max: 1, where: [condition] });
  if (reservation.hosts) {
    const known = new Map((site.hosts ?? []).map((host) => [host.uid, host]));
    return reservation.hosts.map((uid) => one(exactly(known.get(uid) ?? { uid, properties: { uid } })));
  }
  const conditions = sendable(reservation, site);
  const { min, max } = reservation;
  if (!chosen) return [{ kind: 'physical:host', min, max, where: conditions }];
  const others = (site.hosts ?? []).filter(
    (host) => free.has(host.id) && !chosen.includes(host) && matches(host, { properties: conditions }),
  );
  if (others.length > MOST_EXCLUDED) return chosen.map((host) => one(exactly(host)));
  const excluded = others.map((host): Condition => ({ ...exactly(host), op: '!=' }));
  return [{ kind: 'physical:host', min, max: chosen.length, where: [...conditions, ...excluded] }];
}
