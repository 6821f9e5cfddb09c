import type { Person } from '@/lib/auth/types';
import { AppError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { type CredentialRecord, type Login, ownDevice } from '@/lib/credentials';
import { deleteApplicationCredential } from '@/lib/openstack';
import { identityEndpoint } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { Credential } from '../contract/credentials';
import { notFound } from '../http/reply';
import type { Services } from '../services';
import { disconnect } from './device';
import { readCredential } from './list';
import { makeAtSite } from './make';

/**
 * Puts a new application credential in the place of one that Transat made: a new one is made and tried, then the old one is revoked.
 * It lives as long as the old one was to.
 * @throws AppError as `makeCredential`; `conflict` for one that was not made here. The old one stays then
 */
export async function rotateCredential(services: Services, person: Person, id: string): Promise<Credential> {
  const { credentials, sites, desk, clock } = services;
  const record = await credentials.records.find(person.id, id);
  const site = record && (await sites.find(person.id, record.site));
  if (!record || !site) throw notFound('credential');
  const { made_with: madeWith, project_id: project } = record;
  if (madeWith === null || project === null) throw notMade(record.name);
  const old = await credentials.records.login(record, 'renew it');
  const lives = (record.expires_at?.getTime() ?? 0) - (record.made_at ?? record.created_at).getTime();
  const expiresAt = new Date(clock.now().getTime() + lives);
  const made = await makeAtSite(services, person, site, { madeWith, project, expiresAt });
  await credentials.records.replaceLogin(person.id, id, { ...made, madeWith });
  desk.forget(person.id);
  await revokeAtSite(services, person, site, record, old).catch((error: unknown) => {
    // the new one works; the old one ends by itself at its day
    log.warn({ site: site.id, reason: AppError.from(error).code }, 'a replaced application credential could not be revoked');
  });
  return await readCredential(services, person, id);
}

/**
 * Deletes a credential; one that Transat made is revoked at the site, and a connected account is ended at its provider.
 * @throws AppError `not-found`; `conflict` while deployments act with it (unless `inUse`), and where it could not be revoked (unless `keepAtSite`)
 */
export async function removeCredential(
  services: Services,
  person: Person,
  id: string,
  sure: { inUse?: boolean; keepAtSite?: boolean } = {},
): Promise<void> {
  const { credentials, sites, desk } = services;
  const credential = await readCredential(services, person, id);
  if (credential.kind === 'oidc') throw isSignIn();
  if (credential.deployments > 0 && !sure.inUse) throw inUse(credential);
  const site = await sites.find(person.id, credential.site);
  if (site && id === ownDevice(site.id)) {
    await disconnect(services, person, site);
  } else {
    const record = await credentials.records.find(person.id, id);
    if (!record) throw notFound('credential');
    if (record.made_with !== null && site && !sure.keepAtSite) {
      const login = await credentials.records.login(record, 'revoke it');
      await revokeAtSite(services, person, site, record, login).catch((error: unknown) => {
        throw notRevoked(record.name, site, AppError.from(error));
      });
    }
    await credentials.records.remove(person.id, id);
  }
  desk.forget(person.id);
}

// An application credential that is restricted can't delete itself: what made it can.
async function revokeAtSite(services: Services, person: Person, site: Site, record: CredentialRecord, login: Login): Promise<void> {
  if (record.made_with === null || login.kind !== 'applicationCredential' || !('id' in login)) return;
  const auth = await services.credentials.cloudAuthFor(person.id, record.made_with, site);
  await deleteApplicationCredential(identityEndpoint(site), auth, record.project_id ?? '', login.id, services.clock);
}

function isSignIn(): AppError {
  return new AppError({
    code: 'conflict',
    title: 'Your own sign-in can’t be deleted',
    detail: 'This is your sign-in, not a stored credential.',
    remedy: 'Sign out to end it.',
  });
}

function notMade(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” was not made by Transat`,
    detail: 'Transat can renew only what it made itself.',
    remedy: 'Make a new one at the site, and put its id and secret in place of the old ones.',
  });
}

function inUse({ name, deployments, usedBy }: Credential): AppError {
  const names = usedBy.slice(0, 8).map((each) => `“${each.name}”`);
  const more = deployments > names.length ? ` and ${deployments - names.length} more` : '';
  return new AppError({
    code: 'conflict',
    title: `“${name}” is in use`,
    detail: `${names.join(', ')}${more} ${deployments === 1 ? 'acts' : 'act'} with “${name}”, and could no longer be changed or deleted without it.`,
    remedy: 'Delete those deployments first, or say that you are sure (`inUse=true`).',
  });
}

function notRevoked(name: string, site: Site, { detail, upstream }: AppError): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” could not be revoked at ${site.name}`,
    detail: `It is still here, since it would live on at ${site.name}. ${detail}`,
    remedy: `Sign in again or connect your account, then delete it again. Or revoke it on ${site.name}’s own pages and forget it here (\`keepAtSite=true\`).`,
    upstream,
  });
}
