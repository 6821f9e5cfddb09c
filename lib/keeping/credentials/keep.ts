import { AppError } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { ownDevice, ownSignIn, type Revocation, withSecret } from '@/lib/credentials';
import { resumeWork } from '@/lib/deploying/requests/resume';
import type { Visitor } from '@/lib/desk/types';
import type { KeepingPorts } from '../ports';
import type { Credential, CredentialChange, NewCredential } from '../types';
import { changedMeanwhile } from './end';
import { applicationCredential, ending, readGiven } from './given';
import { readCredential } from './list';
import { isOwn, readOwn } from './own';
import { owedFor, revoke } from './revoke';
import { tryCredential } from './try';

/**
 * Stores a credential after it was tried at its site.
 * @throws AppError saying what the site said against it; nothing is stored then
 */
export async function addCredential(services: KeepingPorts, person: Visitor, given: NewCredential): Promise<Credential> {
  const site = await services.sites.find(person.id, given.site);
  if (!site) throw invalidInput([{ path: 'site', message: 'There is no such site.' }]);
  const {
    login,
    kept = login,
    shown,
    project: named,
  } = given.kind === 'ownStore' ? await readOwn(services, person, given, site) : readGiven(given, site);
  if (!site.methods.includes(login.kind)) {
    throw invalidInput([{ path: 'kind', message: `${site.name} does not take this kind of credential.` }]);
  }
  const { project, expiresAt, checks } = await tryCredential(services, site, login, given.project ?? named);
  const about = {
    site: site.id,
    name: given.name,
    kind: given.kind === 'cloudsYaml' ? given.kind : login.kind,
    login: kept,
    shown,
    project,
    expiresAt,
    checks,
  };
  const record = await services.credentials.records.add(person.id, about);
  services.desk.forget(person.id);
  return await readCredential(services, person, record.id);
}

/**
 * Renames a credential, or puts a new secret in it after trying that; an application credential's secret comes with a new id.
 * @throws AppError as {@link addCredential}; what was there before stays then
 */
export async function changeCredential(services: KeepingPorts, person: Visitor, id: string, change: CredentialChange): Promise<Credential> {
  const { credentials, sites, desk } = services;
  const record = await credentials.records.find(person.id, id);
  if (!record) throw notFound('credential');
  if (change.id !== undefined && change.secret === undefined) {
    throw invalidInput([{ path: 'secret', message: 'A new id comes with its secret.' }]);
  }
  if (change.secret !== undefined && isOwn(record)) {
    throw invalidInput([{ path: 'secret', message: 'This secret is in your own secrets store: change it there.' }]);
  }
  if (change.secret !== undefined) {
    const site = await sites.find(person.id, record.site);
    if (!site) throw notFound('site');
    const secret = new Secret(change.secret);
    const old = await credentials.records.login(record, 'change its secret');
    if (change.id !== undefined && old.kind === 'password') throw invalidInput([{ path: 'id', message: 'A password has no id.' }]);
    const login = change.id === undefined ? withSecret(old, secret) : applicationCredential(change.id, secret).login;
    const { expiresAt, checks } = await tryCredential(services, site, login, record.project_id ?? undefined);
    const shown = {
      ...record.shown,
      ...(change.id === undefined ? {} : { id: change.id }),
      ...(login.kind === 'password' ? {} : { secret: ending(secret) }),
    };
    const owed = change.id !== undefined && change.id !== record.shown.id ? owedFor(record, services.clock.now()) : null;
    let replacedOne: Revocation | undefined;
    // one that was made here and is replaced by hand is no longer ours to renew; the one before ends at the site
    const kept = { login, shown, expiresAt, checks, madeWith: null };
    const replaced = await credentials.records.replaceLogin(record, kept, async (trx) => {
      if (owed) replacedOne = await credentials.revocations.within(trx).owe(person.id, owed);
    });
    if (!replaced) throw changedMeanwhile(record.name);
    desk.forget(person.id);
    if (replacedOne) await revoke(services, replacedOne);
    await resumeWork(services.ports, person.id);
  }
  if (change.name !== undefined) await credentials.records.rename(person.id, id, change.name);
  return await readCredential(services, person, id);
}

/** Tries a credential at its site now and notes the outcome; a refusal is part of the answer, not an error. */
export async function checkCredential(services: KeepingPorts, person: Visitor, id: string): Promise<Credential> {
  const { credentials, sites, desk } = services;
  const before = await readCredential(services, person, id);
  const site = await sites.find(person.id, before.site);
  if (!site) throw notFound('site');
  desk.forget(person.id);
  try {
    const auth = await credentials.cloudAuthFor(person.id, id, site);
    const { checks, expiresAt } = await tryCredential(services, site, auth, before.project?.id);
    await credentials.records.noteCheck(person.id, id, { problem: null, checks, expiresAt });
    const now = { checks, problem: null, checkedAt: services.clock.now().toISOString() };
    return { ...(await readCredential(services, person, id)), ...(isSignIn(id, site.id) ? now : {}) };
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    await credentials.records.noteCheck(person.id, id, { problem, checks: null });
    return { ...(await readCredential(services, person, id)), problem: problem ?? null };
  }
}

const isSignIn = (id: string, site: string): boolean => id === ownSignIn(site) || id === ownDevice(site);
