import { beforeAll, expect, test } from 'vitest';
import { connectCloud, createApplicationCredential, deleteApplicationCredential } from '..';
import type { Cloud, NewReservation, PropertyCondition, Reservation } from '../types';
import { lodge } from './lodging';
import { type ContractSubject, memberOf, projectId, runName, signedIn } from './subject';

const name = `${runName}-lease`;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const oneHost = (where?: PropertyCondition[]): NewReservation[] => [{ kind: 'physical:host', min: 1, max: 1, where }];

export function leases(subject: ContractSubject, offered: NonNullable<ContractSubject['leases']>): void {
  let cloud: Cloud;
  let reservation: Reservation;
  beforeAll(async () => {
    cloud = await signedIn(subject);
    reservation = blazar(cloud);
    return async () => {
      for (const lease of (await reservation.leases()).items) if (lease.name.startsWith(name)) await reservation.deleteLease(lease.id);
    };
  });

  test('hosts can be told apart by their kind', async () => {
    const hosts = (await reservation.hosts()).items;
    expect(hosts.length).toBeGreaterThan(1);
    for (const host of hosts) expect(host).toMatchObject({ nodeType: expect.stringMatching(/./), properties: { uid: expect.any(String) } });
    expect(JSON.stringify(hosts)).not.toContain('trust_id');
  });

  test('a lease for tomorrow is made, found, and deleted', async () => {
    const [start, end] = [inHours(24), inHours(26)];
    const made = await reservation.createLease({ name: `${name}-tomorrow`, start, end, reservations: oneHost() });
    expect(Date.parse(made.start) - Date.parse(start)).toBeGreaterThanOrEqual(0);
    expect(Date.parse(made.start) - Date.parse(start)).toBeLessThan(60_000);
    expect(await reservation.lease(made.id)).toMatchObject({
      name: `${name}-tomorrow`,
      status: 'PENDING',
      degraded: false,
      reservations: [{ kind: 'physical:host', min: 1 }],
    });
    expect((await reservation.leases()).items.map(({ id }) => id)).toContain(made.id);
    // upstream shows it to administrators only
    const allocations = await reservation.allocations();
    if (allocations !== null) {
      expect(allocations.items.flatMap(({ taken }) => taken)).toContainEqual(
        expect.objectContaining({ leaseId: made.id, start: made.start, end: made.end }),
      );
      expect(JSON.stringify(allocations)).not.toContain('user_name');
    }
    await reservation.deleteLease(made.id);
    expect(await reservation.lease(made.id)).toBeNull();
    await reservation.deleteLease(made.id);
  });

  test('more than there is, and what there is not, are refused as such', async () => {
    const lease = { name: `${name}-greedy`, start: inHours(48), end: inHours(49) };
    const many = reservation.createLease({ ...lease, reservations: [{ kind: 'physical:host', min: 900, max: 900 }] });
    await expect(many).rejects.toMatchObject({ code: 'no-host-available' });
    const none = reservation.createLease({ ...lease, reservations: oneHost([{ property: 'node_type', op: '=', value: 'no-such-kind' }]) });
    await expect(none).rejects.toMatchObject({ code: 'no-host-available' });
    const past = reservation.createLease({ ...lease, start: inHours(-5), reservations: oneHost() });
    await expect(past).rejects.toMatchObject({ code: 'invalid-input', upstream: { status: 400 }, fields: [{ path: 'start' }] });
  });

  test('a server runs on a reserved host, and on none without the reservation', async () => {
    const lease = await reservation.createLease({ name: `${name}-now`, start: 'now', end: inHours(1), reservations: oneHost() });
    const lodging = await lodge(cloud, subject, `${runName}-metal`);
    try {
      const status = async () => (await reservation.lease(lease.id))?.status;
      await expect.poll(status, { timeout: 90_000, interval: 1_000 }).toBe('ACTIVE');
      const reservationId = lease.reservations[0]?.id;
      const on = await cloud.compute.createServer(await lodging.request(`${runName}-metal-on`, offered.flavor, { reservationId }));
      const off = await cloud.compute.createServer(await lodging.request(`${runName}-metal-off`, offered.flavor));
      const servers = async () => [(await cloud.compute.server(on.id))?.status, (await cloud.compute.server(off.id))?.status];
      await expect.poll(servers, { timeout: 90_000, interval: 1_000 }).toEqual(['ACTIVE', 'ERROR']);
      expect((await cloud.compute.server(off.id))?.fault?.message).toMatch(/No valid host was found/);
    } finally {
      await lodging.leave();
      await reservation.deleteLease(lease.id);
    }
  });

  test('an application credential makes leases where the site allows it, and is told why where not', async () => {
    const project = await projectId(subject);
    const made = await createApplicationCredential(subject.endpoint, memberOf(subject), project, { name, description: '' });
    try {
      const other = await connectCloud(subject.endpoint, { kind: 'applicationCredential', ...made });
      const lease = blazar(other).createLease({ name: `${name}-delegated`, start: inHours(72), end: inHours(73), reservations: oneHost() });
      if (offered.byApplicationCredential) await blazar(other).deleteLease((await lease).id);
      else await expect(lease).rejects.toMatchObject({ code: 'upstream-refused', remedy: expect.stringContaining('OpenID Connect') });
    } finally {
      await deleteApplicationCredential(subject.endpoint, memberOf(subject), project, made.id);
    }
  });
}

function blazar({ reservation }: Cloud): Reservation {
  if (!reservation) throw new Error('The cloud has no Blazar');
  return reservation;
}
