import { describe, expect, test } from 'vitest';
import type { Cloud, NewReservation, Reservation } from '../types';
import type { ContractSubject } from './subject';

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();
const soon = { timeout: 240_000, interval: 500 };

/** What Blazar must do with machines, by their flavor or by a size of one's own, and with floating IPs. */
export function flavorLeases(
  people: () => { cloud: Cloud; mine: Reservation },
  offered: NonNullable<ContractSubject['leases']>,
  name: string,
): void {
  const flavorId = async ({ compute }: Cloud) => (await compute.flavors()).find((flavor) => flavor.name === offered.leasedFlavor)?.id ?? '';
  const machines = async (amount = 1): Promise<NewReservation[]> => [
    { kind: 'flavor:instance', flavorId: await flavorId(people().cloud), amount },
  ];

  describe('machines by their flavor', () => {
    test('are kept, and give the project a flavor of its own while the lease runs', async () => {
      const { cloud, mine } = people();
      const lease = await mine.createLease({ name: `${name}-flavor`, start: 'now', end: inHours(1), reservations: await machines() });
      try {
        const [reservation] = lease.reservations;
        expect(reservation).toMatchObject({
          kind: 'flavor:instance',
          amount: 1,
          flavor: { id: await flavorId(cloud), name: offered.leasedFlavor, vcpus: expect.any(Number), ramMiB: expect.any(Number) },
        });
        const flavors = async () => (await cloud.compute.flavors()).filter(({ id }) => id === reservation?.id);
        await expect.poll(async () => (await mine.lease(lease.id))?.status, soon).toBe('ACTIVE');
        expect(await flavors()).toMatchObject([{ name: `reservation:${reservation?.id}`, vcpus: reservation?.flavor?.vcpus }]);
        expect(await mine.deleteLease(lease.id)).toBe('gone');
        expect(await flavors()).toEqual([]);
      } finally {
        await mine.deleteLease(lease.id);
      }
    }, 900_000);

    test('are extended where the site does that, and else it is told that it does not', async () => {
      const { mine } = people();
      const lease = await mine.createLease({
        name: `${name}-longer`,
        start: inHours(24),
        end: inHours(25),
        reservations: await machines(),
      });
      const change = mine.changeLease(lease.id, { end: inHours(26) });
      if (offered.flavorsExtend) expect(Date.parse((await change).end)).toBeGreaterThan(Date.parse(lease.end));
      else await expect(change).rejects.toMatchObject({ code: 'upstream-refused', upstream: { status: 409 } });
      // a refusal breaks the lease; who looks anew finds it whole
      expect(await mine.changeLease(lease.id, {})).toMatchObject({ status: 'PENDING' });
      await mine.deleteLease(lease.id);
    });

    test('that are too many, or of a flavor that is not there, are refused as such', async () => {
      const { mine } = people();
      const span = { name: `${name}-many`, start: inHours(24), end: inHours(25) };
      const many = mine.createLease({ ...span, reservations: await machines(90_000) });
      await expect(many).rejects.toMatchObject({ code: 'no-host-available' });
      const strange = mine.createLease({ ...span, reservations: [{ kind: 'flavor:instance', flavorId: 'no-such-flavor', amount: 1 }] });
      await expect(strange).rejects.toMatchObject({ code: 'flavor-not-found' });
    });
  });

  test('machines of a size of one’s own are kept', async () => {
    const { mine } = people();
    const size: NewReservation = { kind: 'virtual:instance', amount: 1, vcpus: 1, ramMiB: 128, diskGiB: 1 };
    const lease = await mine.createLease({ name: `${name}-size`, start: inHours(24), end: inHours(25), reservations: [size] });
    expect(lease.reservations).toMatchObject([{ kind: 'virtual:instance', amount: 1, flavor: { vcpus: 1, ramMiB: 128, diskGiB: 1 } }]);
    await mine.deleteLease(lease.id);
  });

  test('more floating IPs than there are are a shortage', async () => {
    const { cloud, mine } = people();
    const network = (await cloud.network.networks()).find(({ external }) => external);
    const greedy: NewReservation = { kind: 'virtual:floatingip', networkId: network?.id ?? '', amount: 900 };
    const lease = mine.createLease({ name: `${name}-addresses`, start: inHours(24), end: inHours(25), reservations: [greedy] });
    await expect(lease).rejects.toMatchObject({ code: 'no-host-available', title: expect.stringContaining('floating IP') });
    const listed = await mine.floatingIps();
    expect(listed === null || Array.isArray(listed.items)).toBe(true);
  });
}
