import { AppError } from '@/lib/core/errors';
import { mayCreate } from '@/lib/openstack';
import type { CallOptions, Cloud, CloudAuth } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import type { CredentialCheck } from '../types';

/** How much of the quota of compute is left; it is read, so it also shows that Nova answers this credential. */
export async function quotaCheck({ compute }: Pick<Cloud, 'compute'>, options: CallOptions): Promise<CredentialCheck> {
  try {
    const { cores, instances } = await compute.limits(options);
    const full = [cores, instances].some(({ limit, used }) => limit !== null && used >= limit);
    const detail = `${countOf(instances)} servers and ${countOf(cores)} virtual CPUs are in use.`;
    return { what: 'quota', state: full ? 'bad' : 'good', detail: full ? `${detail} There is no room for another server.` : detail };
  } catch (error) {
    return { what: 'quota', state: 'bad', detail: AppError.from(error).detail };
  }
}

/** Whether the roles let one create servers, without creating one. */
export function serverCheck(roles: readonly string[]): CredentialCheck {
  const held = roles.join(', ') || 'none';
  const may = mayCreate(roles);
  if (may === 'yes') return { what: 'servers', state: 'good', detail: `Your roles in the project (${held}) let you create servers.` };
  if (may === 'no') {
    return {
      what: 'servers',
      state: 'bad',
      detail: `Your roles in the project (${held}) only read. Ask its leader for the role “member”.`,
    };
  }
  return { what: 'servers', state: 'unknown', detail: `What your roles (${held}) allow is not known until a server is created.` };
}

/**
 * Whether leases can be made, without making one. Blazar makes a trust for each lease, and Keystones that have the fixes of 2026 refuse
 * trusts to application credentials (LP#2150089): so Keystone is asked for one that it could not make.
 * @returns null where the site has no leases
 */
export async function leaseCheck(
  site: Site,
  { identity, reservation }: Pick<Cloud, 'identity' | 'reservation'>,
  kind: CloudAuth['kind'],
  options: CallOptions,
): Promise<CredentialCheck | null> {
  if (!reservation) return null;
  const told = await Promise.all([reservation.leases(options), reservation.mayLease(options)]).catch((error: unknown) =>
    AppError.from(error),
  );
  if (told instanceof AppError) return { what: 'leases', state: 'bad', detail: told.detail };
  const [, may] = told;
  if (may === 'yes') return { what: 'leases', state: 'good', detail: 'Leases can be read, and your roles let you make them.' };
  if (may === 'unknown')
    return { what: 'leases', state: 'unknown', detail: 'Leases can be read. Whether you may make them is not known until you do.' };
  if (kind !== 'applicationCredential' || mayCreate(identity.roles) === 'no') {
    return { what: 'leases', state: 'bad', detail: 'Leases can be read, and your roles let you make none.' };
  }
  const better = site.deviceFlow ? ` Connect with ${site.deviceFlow.name} to make them.` : ' Use a password or your sign-in to make them.';
  return {
    what: 'leases',
    state: 'bad',
    detail: `Leases can be read, but ${site.name} lets no application credential make one: a lease needs a trust of yours, and it takes none from those.${better}`,
  };
}

const countOf = ({ limit, used }: { limit: number | null; used: number }) => (limit === null ? `${used}` : `${used} of ${limit}`);
