import { AppError, type Problem } from '@/lib/core/errors';
import type { CredentialRecord, Revocation } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import { deleteApplicationCredential, findApplicationCredentials } from '@/lib/openstack';
import { identityEndpoint } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { OwedRevocation } from '../types';

/** The errand of a revocation that is still to be done. */
export const revocationErrand = (id: string): string => `revocation ${id}`;

/** What a person's renewed, replaced and forgotten application credentials still leave at sites. */
export async function listRevocations({ credentials, sites }: KeepingPorts, person: Visitor): Promise<OwedRevocation[]> {
  const [rows, known] = await Promise.all([credentials.revocations.list(person.id), sites.of(person.id)]);
  return rows.map((row) => ({
    id: row.id,
    site: row.site,
    siteName: known.find(({ id }) => id === row.site)?.name ?? sites.own.revive(row.site, row.site_given)?.name ?? row.site,
    name: row.name,
    atSite: row.at_site,
    expiresAt: row.expires_at.toISOString(),
    nextTryAt: row.next_try_at.toISOString(),
    attempts: row.attempts,
    problem: row.problem ?? null,
    createdAt: row.created_at.toISOString(),
  }));
}

/** What is to be noted of a stored credential that Transat made, when it is to end at its site; null for one that is not Transat's to end. */
export function owedFor(record: CredentialRecord, now: Date) {
  const { id: cloudId, atSite = '' } = record.shown;
  if (record.made_with === null || record.project_id === null || cloudId === undefined) return null;
  const { site, name, project_id: project, made_with: madeWith } = record;
  return { site, name, project, madeWith, cloudId, atSite, expiresAt: record.expires_at ?? new Date(now.getTime() + YEAR_MS) };
}
const YEAR_MS = 365 * 86_400_000;

/**
 * Revokes at the site what is noted. What can't be revoked now stays noted, and is tried again in the background until it is
 * revoked or has ended by itself.
 * @returns null: it is done. Otherwise what stood against it
 */
export async function revoke(services: KeepingPorts, owed: Revocation): Promise<Problem | null> {
  const { credentials, clock, store } = services;
  if (owed.expires_at <= clock.now()) {
    await credentials.revocations.settled(owed.id);
    return null;
  }
  try {
    const site = owed.site_given
      ? services.sites.own.revive(owed.site, owed.site_given)
      : await services.sites.find(owed.user_id, owed.site);
    if (!site) throw siteGone(owed.site);
    const by = { madeWith: owed.made_with, project: owed.project };
    await revokeAtSite(services, owed.user_id, site, by, owed.cloud_id ?? { name: owed.at_site });
    await credentials.revocations.settled(owed.id);
    return null;
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    await store.queue.errands.ask(revocationErrand(owed.id), await credentials.revocations.failed(owed.id, problem));
    return problem;
  }
}

/**
 * Deletes an application credential at its site. One that is restricted can't delete itself: what made it can.
 * @param which its id, or its name where only that is known
 */
export async function revokeAtSite(
  { credentials, clock }: KeepingPorts,
  userId: string,
  site: Site,
  { madeWith, project }: { madeWith: string; project: string },
  which: string | { name: string },
): Promise<void> {
  const auth = await credentials.cloudAuthFor(userId, madeWith, site);
  const endpoint = identityEndpoint(site);
  const ids = typeof which === 'string' ? [which] : await findApplicationCredentials(endpoint, auth, project, which.name, clock);
  for (const id of ids) await deleteApplicationCredential(endpoint, auth, project, id, clock);
}

function siteGone(site: string): AppError {
  return new AppError({
    code: 'not-found',
    title: `The site ${site} is no longer in the directory`,
    remedy: 'Revoke the application credential on the site’s own pages.',
  });
}
