import { expect, test } from 'vitest';
import { connectCloud, createApplicationCredential, deleteApplicationCredential } from '..';
import type { NewReservation } from '../types';
import { blazarOf } from './leases';
import { type ContractSubject, memberOf, projectId, runName, signedIn } from './subject';

const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

/** Who may make leases, and that it is known before one tries. */
export function delegatedLeases(subject: ContractSubject, offered: NonNullable<ContractSubject['leases']>): void {
  const name = `${runName}-lease-delegated`;

  test('who signs in with a password may make leases, and knows it', async () => {
    expect(await blazarOf(await signedIn(subject)).mayLease()).toBe('yes');
  });

  test('an application credential makes leases where the site allows it; where not, that is known before, and told after', async () => {
    const project = await projectId(subject);
    const flavors = await (await signedIn(subject)).compute.flavors();
    const flavorId = flavors.find((flavor) => flavor.name === offered.leasedFlavor)?.id ?? '';
    const reservations: NewReservation[] = offered.kinds.includes('physical:host')
      ? [{ kind: 'physical:host', min: 1, max: 1 }]
      : [{ kind: 'flavor:instance', flavorId, amount: 1 }];
    const made = await createApplicationCredential(subject.endpoint, memberOf(subject), project, { name, description: '' });
    try {
      const reservation = blazarOf(await connectCloud(subject.endpoint, { kind: 'applicationCredential', ...made }));
      expect(await reservation.mayLease()).toBe(offered.byApplicationCredential ? 'yes' : 'no');
      const lease = reservation.createLease({ name, start: inHours(72), end: inHours(73), reservations });
      if (offered.byApplicationCredential) await reservation.deleteLease((await lease).id);
      else await expect(lease).rejects.toMatchObject({ code: 'upstream-refused', remedy: expect.stringContaining('OpenID Connect') });
    } finally {
      await deleteApplicationCredential(subject.endpoint, memberOf(subject), project, made.id);
    }
  });
}
