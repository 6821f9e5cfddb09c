import { beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import type { Cloud, CloudLease, LeaseHost, LeaseStatus, NewLease, NewReservation, PropertyCondition, Reservation } from '../types';
import { flavorLeases } from './flavor-leases';
import { lodge } from './lodging';
import { type ContractSubject, runName, signedIn } from './subject';

const name = `${runName}-lease`;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const soon = { timeout: 240_000, interval: 500 };
/** A busy site takes its time for each of a lease's steps. */
const PATIENCE_MS = 900_000;

/** What Blazar must do for Transat; the lease's host is leased whole. */
export function leases(subject: ContractSubject, offered: NonNullable<ContractSubject['leases']>): void {
  let cloud: Cloud;
  let mine: Reservation;
  let others: Reservation;
  beforeAll(async () => {
    cloud = await signedIn(subject);
    mine = blazarOf(cloud);
    others = blazarOf(await offered.otherProject());
    return () => Promise.all([sweep(mine), sweep(others)]);
  });
  const make = (what: string, rest: Partial<NewLease> = {}) =>
    mine.createLease({ name: `${name}-${what}`, start: inHours(24), end: inHours(26), reservations: oneHost(), ...rest });
  const status =
    (id: string, of = mine) =>
    async (): Promise<LeaseStatus | 'GONE'> =>
      (await of.lease(id))?.status ?? 'GONE';
  /** A lease that its site would not delete, because it was starting it. Who comes too late comes again. */
  async function deletedWhileStarting(within: ExpectStatic): Promise<{ lease: CloudLease; refusal: unknown }> {
    for (let tries = 0; tries < 4; tries++) {
      // of hosts that nobody boots on here at the same time
      const where: PropertyCondition[] = [{ property: 'node_type', op: '!=', value: offered.nodeType }];
      const reservations: NewReservation[] = [{ kind: 'physical:host', min: 2, max: 2, where }];
      const lease = await make('starting', { start: 'now', end: inHours(1), reservations });
      await within.poll(status(lease.id), { ...soon, interval: 50 }).not.toBe('PENDING');
      const refusal = await mine.deleteLease(lease.id).catch((error: unknown) => error);
      if (refusal !== 'gone') return { lease, refusal };
    }
    throw new Error('No lease was ever found starting');
  }
  const metal = describe.skipIf(!offered.kinds.includes('physical:host'));

  metal('what there is', () => {
    test('hosts can be told apart by their kind, and by what their properties are', async () => {
      const { items, gaps } = await mine.hosts();
      expect(gaps).toEqual([]);
      expect(items.length).toBeGreaterThan(1);
      for (const host of items)
        expect(host).toMatchObject({ nodeType: expect.stringMatching(/./), properties: { uid: expect.any(String) } });
      expect(JSON.stringify(items)).not.toContain('trust_id');
      const properties = await mine.hostProperties();
      const kinds = properties?.items.find(({ property }) => property === 'node_type')?.values.sort();
      expect(kinds).toEqual([...new Set(items.map(({ nodeType }) => nodeType))].sort());
    });
  });

  metal('a lease that begins later', () => {
    test('is made, found, renamed, moved, grown, and deleted', async () => {
      const [start, end] = [inHours(24), inHours(26)];
      const made = await make('tomorrow', { start, end });
      expect(Date.parse(made.start) - Date.parse(start)).toBeGreaterThanOrEqual(0);
      expect(Date.parse(made.start) - Date.parse(start)).toBeLessThan(60_000);
      expect(await mine.lease(made.id)).toMatchObject({
        name: `${name}-tomorrow`,
        status: 'PENDING',
        degraded: false,
        reservations: [{ kind: 'physical:host', status: 'pending', min: 1, max: 1 }],
        events: expect.arrayContaining([expect.objectContaining({ type: 'start_lease', at: made.start, status: 'UNDONE' })]),
      });
      expect((await mine.leases()).items.map(({ id }) => id)).toContain(made.id);
      const allocations = await mine.allocations();
      expect(allocations?.items.flatMap(({ taken }) => taken)).toContainEqual(
        expect.objectContaining({ leaseId: made.id, start: made.start, end: made.end }),
      );
      expect(JSON.stringify(allocations)).not.toContain('user_name');
      expect(await mine.hostsOf(made.id)).toHaveLength(1);

      const moved = await mine.changeLease(made.id, { name: `${name}-moved`, start: inHours(25), end: inHours(27) });
      expect(moved).toMatchObject({ name: `${name}-moved`, status: 'PENDING' });
      expect(Date.parse(moved.start)).toBeGreaterThan(Date.parse(made.start));
      const [reservation] = moved.reservations;
      const grown = await mine.changeLease(made.id, { reservations: [{ id: reservation?.id ?? '', min: 2, max: 2 }] });
      expect(grown.reservations).toMatchObject([{ min: 2, max: 2 }]);
      expect(await mine.hostsOf(made.id)).toHaveLength(2);
      expect(await mine.changeLease(made.id, {})).toMatchObject({ status: 'PENDING' });
      expect(await mine.deleteLease(made.id)).toBe('gone');
      expect(await mine.lease(made.id)).toBeNull();
      expect(await mine.deleteLease(made.id)).toBe('gone');
    });
  });

  metal('what can’t be', () => {
    test('more than there is, and what there is not, are a shortage', async () => {
      const many = make('greedy', { reservations: [{ kind: 'physical:host', min: 900, max: 900 }] });
      await expect(many).rejects.toMatchObject({ code: 'no-host-available', upstream: { status: 500 } });
      const none = make('strange', { reservations: oneHost([{ property: 'node_type', op: '=', value: 'no-such-kind' }]) });
      await expect(none).rejects.toMatchObject({ code: 'no-host-available' });
    });

    test.each([
      ['a start that has passed', { start: inHours(-5) }, 'invalid-input', 'start'],
      ['an end before the start', { end: inHours(23) }, 'invalid-input', 'end'],
      ['no hosts', { reservations: [{ kind: 'physical:host', min: 0, max: 0 }] }, 'invalid-input', 'reservations'],
      ['fewer at most than at least', { reservations: [{ kind: 'physical:host', min: 2, max: 1 }] }, 'invalid-input', 'reservations'],
      ['a property that no host has', { reservations: oneHost([{ property: 'no.such', op: '=', value: 'x' }]) }, 'upstream-refused', null],
      ['a kind that is not leased there', { reservations: [offered.absent] }, 'upstream-refused', null],
    ] as [string, Partial<NewLease>, string, string | null][])('%s is refused as such', async (_what, rest, code, field) => {
      const refusal = await make('bad', rest).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code, ...(field ? { fields: [{ path: field }] } : {}) });
    });

    test('a lease of another project is not there for us, whatever we do to it', async () => {
      const theirs = await others.createLease({ name: `${name}-theirs`, start: inHours(30), end: inHours(31), reservations: oneHost() });
      expect(await mine.lease(theirs.id)).toBeNull();
      expect((await mine.leases()).items.map(({ id }) => id)).not.toContain(theirs.id);
      await expect(mine.changeLease(theirs.id, { name: `${name}-stolen` })).rejects.toMatchObject({ code: 'not-found' });
      expect(await mine.deleteLease(theirs.id)).toBe('gone');
      expect(await others.lease(theirs.id)).toMatchObject({ name: `${name}-theirs` });
      await others.deleteLease(theirs.id);
    });
  });

  // each takes a busy site minutes of waiting, and hosts of its own
  describe.skipIf(!offered.kinds.includes('physical:host')).concurrent('a lease that runs', () => {
    test(
      'gives its host to its servers, is extended as far as others let it, keeps what it has, and ends when it is told',
      async ({ expect }) => {
        const host = await freeHost(mine, 4, offered.nodeType);
        const lease = await make('now', { start: 'now', end: inHours(1), reservations: oneHost(on(host)) });
        const [reservation] = lease.reservations;
        const next = await others.createLease({
          name: `${name}-next`,
          start: inHours(2),
          end: inHours(3),
          reservations: oneHost(on(host)),
        });
        const lodging = await lodge(cloud, subject, `${runName}-metal`);
        try {
          await expect.poll(status(lease.id), soon).toBe('ACTIVE');
          const reservationId = reservation?.id;
          const server = async (what: string, rest = {}) =>
            (await cloud.compute.createServer(await lodging.request(`${runName}-metal-${what}`, offered.flavor, rest))).id;
          const [onIt, without] = [await server('on', { reservationId }), await server('off')];
          const states = async () => [(await cloud.compute.server(onIt))?.status, (await cloud.compute.server(without))?.status];
          await expect.poll(states, soon).toEqual(['ACTIVE', 'ERROR']);
          expect((await cloud.compute.server(without))?.fault?.message).toMatch(/No valid host was found/);
          const second = await server('second', { reservationId });
          await expect.poll(async () => (await cloud.compute.server(second))?.status, soon).toBe('ERROR');

          const blocked = mine.changeLease(lease.id, { end: inHours(2.5) });
          await expect(blocked).rejects.toMatchObject({ code: 'no-host-available', cause: expect.stringContaining('very hosts') });
          expect(await blockedFrom(mine, lease)).toBe(next.start);
          const extended = await mine.changeLease(lease.id, { end: next.start });
          expect(extended).toMatchObject({ status: 'ACTIVE', end: next.start });
          expect(await mine.hostsOf(lease.id)).toEqual([host.id]);
          expect(await status(lease.id)()).toBe('ACTIVE');

          await mine.changeLease(lease.id, { end: 'now' });
          await expect.poll(status(lease.id), soon).toBe('TERMINATED');
          expect(await cloud.compute.server(onIt)).toBeNull();
          expect(await mine.changeLease(lease.id, { name: `${name}-ended` })).toMatchObject({
            name: `${name}-ended`,
            status: 'TERMINATED',
          });
        } finally {
          await lodging.leave();
          await mine.deleteLease(lease.id);
          await others.deleteLease(next.id);
        }
      },
      PATIENCE_MS,
    );

    test(
      'is not deleted while it starts, and gives nothing back while it runs',
      async ({ expect }) => {
        const { lease, refusal } = await deletedWhileStarting(expect);
        expect(refusal).toMatchObject({ code: 'conflict', remedy: expect.stringContaining('ten seconds') });
        await expect.poll(status(lease.id), soon).toBe('ACTIVE');
        const [reservation] = lease.reservations;
        const shrunk = mine.changeLease(lease.id, { reservations: [{ id: reservation?.id ?? '', min: 1, max: 1 }] });
        await expect(shrunk).rejects.toMatchObject({ code: 'no-host-available', upstream: { status: 500 } });
        expect(await mine.hostsOf(lease.id)).toHaveLength(2);
        // a busy site ends what runs on it for longer than it is waited for
        expect(['gone', 'going-on']).toContain(await mine.deleteLease(lease.id));
        await expect.poll(() => mine.lease(lease.id), soon).toBeNull();
      },
      PATIENCE_MS,
    );
  });

  if (offered.leasedFlavor) flavorLeases(() => ({ cloud, mine }), offered, name);
}

/** When somebody else has one of a lease's hosts after it. */
async function blockedFrom(reservation: Reservation, lease: CloudLease): Promise<string | undefined> {
  const hosts = await reservation.hostsOf(lease.id);
  const allocations = await reservation.allocations();
  return allocations?.items
    .filter(({ hostId }) => hosts?.includes(hostId))
    .flatMap(({ taken }) => taken.filter(({ leaseId, start }) => leaseId !== lease.id && start >= lease.end).map(({ start }) => start))
    .sort()[0];
}

/** A host of that kind that nobody has in the next hours. */
async function freeHost(reservation: Reservation, hours: number, nodeType: string): Promise<LeaseHost> {
  const [{ items }, allocations] = [await reservation.hosts(), await reservation.allocations()];
  const until = inHours(hours);
  const taken = (id: string) => allocations?.items.find(({ hostId }) => hostId === id)?.taken.some(({ start }) => start < until);
  const found = items.find((host) => host.nodeType === nodeType && host.properties.reservable !== 'false' && !taken(host.id));
  if (!found) throw new Error(`No host of ${nodeType} is free for ${hours} hours`);
  return found;
}

async function sweep(reservation: Reservation): Promise<void> {
  for (const lease of (await reservation.leases()).items) if (lease.name.startsWith(name)) await reservation.deleteLease(lease.id);
}

function oneHost(where?: PropertyCondition[]): NewReservation[] {
  return [{ kind: 'physical:host', min: 1, max: 1, where }];
}

function on({ properties }: LeaseHost): [PropertyCondition] {
  return [{ property: 'uid', op: '=', value: properties.uid ?? '' }];
}

export function blazarOf({ reservation }: Cloud): Reservation {
  if (!reservation) throw new Error('The cloud has no Blazar');
  return reservation;
}
