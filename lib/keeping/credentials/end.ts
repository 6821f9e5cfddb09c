import { AppError } from '@/lib/core/errors';
import { listed } from '@/lib/core/listed';
import { notFound } from '@/lib/core/problems';
import { ownDevice, type Revocation } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import type { Site } from '@/lib/sites/types';
import type { KeepingPorts } from '../ports';
import type { Credential } from '../types';
import { disconnect } from './device';
import { readCredential } from './list';
import { makeAtSite, orRevoke } from './make';
import { owedFor, revoke, revokeAtSite } from './revoke';

/** How long a renewed one lives where it is not known how long the one before was to. */
const USUAL_LIFE_MS = 30 * 86_400_000;

/**
 * Puts a new application credential in the place of one that Transat made: a new one is made and tried, then the old one is revoked.
 * It lives as long as the old one was to.
 * @throws AppError as `makeCredential`; `conflict` for one that was not made here. The old one stays then
 */
export async function rotateCredential(services: KeepingPorts, person: Visitor, id: string): Promise<Credential> {
  const { credentials, sites, desk, clock } = services;
  const record = await credentials.records.find(person.id, id);
  const site = record && (await sites.find(person.id, record.site));
  if (!record || !site) throw notFound('credential');
  const { made_with: madeWith, project_id: project } = record;
  const owed = owedFor(record, clock.now());
  if (madeWith === null || project === null || !owed) throw notMade(record.name);
  const madeAt = record.made_at ?? record.created_at;
  const lives = record.expires_at === null ? USUAL_LIFE_MS : record.expires_at.getTime() - madeAt.getTime();
  const expiresAt = new Date(clock.now().getTime() + lives);
  const { note, ...made } = await makeAtSite(services, person, site, { name: record.name, madeWith, project, expiresAt });
  const { revocations } = credentials;
  let old: Revocation | undefined;
  const replacing = credentials.records.replaceLogin(record, { ...made, madeWith }, async (trx) => {
    await revocations.within(trx).settled(note.id);
    old = await revocations.within(trx).owe(person.id, owed);
  });
  const done = replacing.then((replaced) => {
    if (!replaced) throw changedMeanwhile(record.name);
  });
  await orRevoke(services, note, done);
  desk.forget(person.id);
  // the new one works; the old one is revoked later where it can't be now
  if (old) await revoke(services, old);
  return await readCredential(services, person, id);
}

/**
 * Deletes a credential; one that Transat made is revoked at the site, and a connected account is ended at its provider.
 * @throws AppError `not-found`; `conflict` while deployments act with it, or leases that it made go on (unless `inUse`), and where it could not be revoked (unless `keepAtSite`)
 */
export async function removeCredential(
  services: KeepingPorts,
  person: Visitor,
  id: string,
  sure: { inUse?: boolean; keepAtSite?: boolean } = {},
): Promise<void> {
  const { credentials, sites, desk } = services;
  const credential = await readCredential(services, person, id);
  if (credential.kind === 'oidc') throw isSignIn();
  if (credential.deployments + credential.leases.length > 0 && !sure.inUse) throw inUse(credential);
  const site = await sites.find(person.id, credential.site);
  if (site && id === ownDevice(site.id)) {
    await disconnect(services, person, site);
  } else {
    const record = await credentials.records.find(person.id, id);
    if (!record) throw notFound('credential');
    const owed = owedFor(record, services.clock.now());
    if (owed && site && !sure.keepAtSite) {
      await revokeAtSite(services, person.id, site, owed, owed.cloudId).catch((error: unknown) => {
        throw notRevoked(record.name, site, AppError.from(error));
      });
    }
    await credentials.records.remove(person.id, id);
  }
  desk.forget(person.id);
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

/** The problem for what another request has changed since it was read. */
export function changedMeanwhile(name: string): AppError {
  return new AppError({
    code: 'conflict',
    title: `“${name}” was changed at the same time`,
    detail: `Another request put something else in the place of “${name}”, or deleted it, while this one was at work. That stays.`,
    remedy: 'Look at it again, and repeat this if it is still wanted.',
  });
}

function inUse({ name, deployments, usedBy, leases }: Credential): AppError {
  const [who, many] = [namesOf(usedBy, deployments), leases.length];
  const acting =
    deployments === 1
      ? `${who} acts with “${name}”, and could no longer be changed or deleted without it.`
      : `${who} act with “${name}”, and could no longer be changed or deleted without it.`;
  const charged =
    many === 1
      ? `The lease ${namesOf(leases, many)} goes on without it, and is charged for until its end.`
      : `The leases ${namesOf(leases, many)} go on without it, and are charged for until their end.`;
  return new AppError({
    code: 'conflict',
    title: `“${name}” is in use`,
    detail: [...(deployments > 0 ? [acting] : []), ...(many > 0 ? [charged] : [])].join(' '),
    remedy: `Delete those ${[...(deployments > 0 ? ['deployments'] : []), ...(many > 0 ? ['leases'] : [])].join(' and ')} first, or say that you are sure (\`inUse=true\`).`,
  });
}

function namesOf(all: readonly { name: string }[], count: number): string {
  const names = all.slice(0, 5).map(({ name }) => `“${name}”`);
  return listed(count > names.length ? [...names, `${count - names.length} more`] : names, 'and', String);
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
