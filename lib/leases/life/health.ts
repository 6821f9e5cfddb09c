import { MINUTE } from '../calendar/moments';
import type { Host, Lease, LeaseSite, Moment } from '../types';

/** Something that is not as it should be with a lease. */
export interface Finding {
  what: 'host-missing' | 'host-exchanged' | 'host-out-of-service' | 'was-degraded' | 'too-few-hosts' | 'late-start' | 'late-end' | 'broken';
  severity: 'error' | 'warning' | 'note';
  reservation?: string;
  host?: string;
  detail: string;
  remedy: string;
}

/** A start or end takes half a minute; after this it hangs. */
const HANGS_MS = 10 * MINUTE;

/** What is wrong with a lease, and what to do. Blazar never takes back that it was degraded, so that alone says only that something was. */
export function healthOf(lease: Lease, { hosts, name }: Pick<LeaseSite, 'hosts' | 'name'>, now: Moment): Finding[] {
  const found = [
    ...lease.reservations.flatMap((one) => ofReservation(one, lease, name)),
    ...outOfService(lease, hosts),
    ...hanging(lease, name, now),
  ];
  if (lease.degraded && !found.some(({ what }) => what === 'host-missing' || what === 'host-exchanged'))
    found.push({
      what: 'was-degraded',
      severity: 'note',
      detail: 'A host of this lease failed once, and the lease has what it needs again.',
      remedy: 'There is nothing to do.',
    });
  return found;
}

function ofReservation({ id, kind, min, missing, changed, status }: Lease['reservations'][number], lease: Lease, site: string): Finding[] {
  if (status === 'error' && lease.status !== 'ERROR')
    return [
      {
        what: 'broken',
        severity: 'error',
        reservation: id,
        detail: 'A reservation of this lease failed.',
        remedy: 'Have the lease repaired, or make a new one.',
      },
    ];
  if (missing)
    return [
      {
        what: 'host-missing',
        severity: 'error',
        reservation: id,
        detail: `A host of this lease failed, and ${site} has no other in its place.`,
        remedy: 'Grow the lease by a host, or make a new one; servers that were on the host are lost.',
      },
    ];
  const alone = lease.reservations.filter((one) => one.kind === 'physical:host').length === 1;
  const running = lease.status === 'ACTIVE' && kind === 'physical:host' && alone && lease.hosts && min !== undefined;
  if (running && lease.hosts && lease.hosts.length < min)
    return [
      {
        what: 'too-few-hosts',
        severity: 'error',
        reservation: id,
        detail: `The lease has ${lease.hosts.length} of the ${min} hosts that were asked for.`,
        remedy: 'Grow the lease, or make a new one.',
      },
    ];
  if (changed)
    return [
      {
        what: 'host-exchanged',
        severity: 'warning',
        reservation: id,
        detail: 'A host of this lease failed, and another took its place while it ran.',
        remedy: 'Servers that were on the host are lost: deploy them again.',
      },
    ];
  return [];
}

function outOfService(lease: Lease, hosts: readonly Host[] | null): Finding[] {
  if (lease.status !== 'ACTIVE' && lease.status !== 'PENDING') return [];
  return (hosts ?? [])
    .filter(({ id, reservable }) => lease.hosts?.includes(id) && !reservable)
    .map(({ uid, name }) => ({
      what: 'host-out-of-service',
      severity: 'warning',
      host: uid,
      detail: `The host ${name} was taken out of service.`,
      remedy:
        lease.status === 'PENDING' ? 'Exchange the host before the lease begins.' : 'Exchange the host, and deploy again what was on it.',
    }));
}

function hanging({ status, start, end }: Lease, site: string, now: Moment): Finding[] {
  const begins = (status === 'PENDING' || status === 'STARTING') && now > start + HANGS_MS && now < end;
  const ends = (status === 'ACTIVE' || status === 'TERMINATING') && now > end + HANGS_MS;
  if (begins)
    return [
      {
        what: 'late-start',
        severity: 'warning',
        detail: `The lease should have begun, and ${site} has not started it.`,
        remedy: `Wait, or ask ${site}’s help desk.`,
      },
    ];
  if (ends)
    return [
      {
        what: 'late-end',
        severity: 'warning',
        detail: `The lease should have ended, and ${site} has not ended it.`,
        remedy: `Ask ${site}’s help desk: it may go on charging.`,
      },
    ];
  if (status === 'ERROR')
    return [
      {
        what: 'broken',
        severity: 'error',
        detail: 'The lease is not in order: a change, its start or its end failed.',
        remedy: 'Have it repaired.',
      },
    ];
  return [];
}
