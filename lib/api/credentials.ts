import type { Person } from '@/lib/auth/types';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import { type CredentialRecord, type Login, ownSignIn, parseCloudsYaml, withSecret } from '@/lib/credentials';
import { identityEndpoint, withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import type { Credential, NewCredential } from './contract/people';
import { invalidInput } from './http/body';
import { notFound } from './http/reply';
import type { Services } from './services';
import { usesOwnSignIn } from './site-desk';
import { problemView } from './views';

const TRY_MS = 10_000;

/** A person's credentials: their own sign-in at each site that takes it, then the stored ones. */
export async function listCredentials(services: Services, person: Person): Promise<Credential[]> {
  const { credentials, sites } = services;
  const [records, all, uses] = await Promise.all([credentials.records.list(person.id), sites.of(person.id), countUses(services, person)]);
  const own = all.filter((site) => usesOwnSignIn(person, site)).map((site) => ownSignInView(services, person, site, uses));
  return [...own, ...records.map((record) => view(record, uses))];
}

/** One of them. @throws AppError `not-found` */
export async function readCredential(services: Services, person: Person, id: string): Promise<Credential> {
  const found = (await listCredentials(services, person)).find((credential) => credential.id === id);
  if (!found) throw notFound('credential');
  return found;
}

/**
 * Stores a credential after it was tried at its site.
 * @throws AppError saying what the site said against it; nothing is stored then
 */
export async function addCredential(services: Services, person: Person, given: NewCredential): Promise<Credential> {
  const site = await services.sites.find(person.id, given.site);
  if (!site) throw invalidInput([{ path: 'site', message: 'There is no such site.' }]);
  const { login, shown, project: named } = readLogin(given, site);
  const method = login.kind;
  if (!site.methods.includes(method)) {
    throw invalidInput([{ path: 'kind', message: `${site.name} does not take this kind of credential.` }]);
  }
  const project = await tryLogin(services, site, login, given.project ?? named);
  const record = await services.credentials.records.add(person.id, {
    site: site.id,
    name: given.name,
    kind: given.kind,
    login,
    shown,
    project,
  });
  services.desk.forget(person.id);
  return view(record, new Map());
}

/** Renames a credential, or puts a new secret in it after trying that. */
export async function changeCredential(
  services: Services,
  person: Person,
  id: string,
  change: { name?: string; secret?: string },
): Promise<Credential> {
  const { credentials, sites, desk } = services;
  const record = await credentials.records.find(person.id, id);
  if (!record) throw notFound('credential');
  if (change.secret !== undefined) {
    const site = await sites.find(person.id, record.site);
    if (!site) throw notFound('site');
    const login = withSecret(await credentials.records.login(record, 'change its secret'), new Secret(change.secret));
    await tryLogin(services, site, login, record.project_id ?? undefined);
    await credentials.records.replaceLogin(person.id, id, login);
    desk.forget(person.id);
  }
  if (change.name !== undefined) await credentials.records.rename(person.id, id, change.name);
  return await readCredential(services, person, id);
}

/** Tries a credential at its site now and notes the outcome; a refusal is part of the answer, not an error. */
export async function checkCredential(services: Services, person: Person, id: string): Promise<Credential> {
  const { credentials, sites, desk } = services;
  const before = await readCredential(services, person, id);
  const site = await sites.find(person.id, before.site);
  if (!site) throw notFound('site');
  desk.forget(person.id);
  try {
    const auth = await credentials.cloudAuthFor(person.id, id, site);
    const projects = await withDeadline((options) => services.listProjects(identityEndpoint(site), auth, options), TRY_MS, late(site));
    if (projects.length === 0) throw new AppError({ code: 'project-not-yours', title: `You have no project at ${site.name}` });
    await credentials.records.noteCheck(person.id, id, null);
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    await credentials.records.noteCheck(person.id, id, problem);
    return { ...(await readCredential(services, person, id)), problem: problemView(problem) };
  }
  return await readCredential(services, person, id);
}

/**
 * Deletes a credential.
 * @throws AppError `not-found`; `conflict` while deployments act with it
 */
export async function removeCredential(services: Services, person: Person, id: string): Promise<void> {
  const { name, deployments, kind } = await readCredential(services, person, id);
  if (kind === 'oidc') {
    throw new AppError({
      code: 'conflict',
      title: 'Your own sign-in can’t be deleted',
      detail: 'This is your sign-in, not a stored credential.',
      remedy: 'Sign out to end it.',
    });
  }
  if (deployments > 0) {
    throw new AppError({
      code: 'conflict',
      title: `“${name}” is in use`,
      detail: `${deployments} ${deployments === 1 ? 'deployment acts' : 'deployments act'} with “${name}”, and could no longer be changed or deleted without it.`,
      remedy: 'Delete those deployments first.',
    });
  }
  await services.credentials.records.remove(person.id, id);
  services.desk.forget(person.id);
}

interface Given {
  login: Login;
  shown: Record<string, string>;
  project?: string;
}

function readLogin(given: NewCredential, site: Site): Given {
  if (given.kind === 'applicationCredential') {
    return {
      login: { kind: given.kind, id: given.id, secret: new Secret(given.secret) },
      shown: { id: given.id, secret: ending(given.secret) },
    };
  }
  if (given.kind === 'password') {
    const user = { name: given.username, domain: given.userDomain };
    return {
      login: { kind: given.kind, user, password: new Secret(given.password) },
      shown: { username: user.name, userDomain: user.domain },
    };
  }
  const entry = parseCloudsYaml(given.yaml, given.cloud);
  if (!sameEndpoint(entry.authUrl, site.authUrl)) {
    throw invalidInput([
      { path: 'yaml', message: `This entry is for ${hostOf(entry.authUrl)}, and ${site.name} is at ${hostOf(site.authUrl)}.` },
    ]);
  }
  const { login, cloud, project } = entry;
  if (login.kind === 'password') {
    const { user, secret } = login;
    return { login: { kind: 'password', user, password: secret }, shown: { cloud, username: user.name, userDomain: user.domain }, project };
  }
  const shown: Record<string, string> = 'id' in login ? { id: login.id } : { applicationCredential: login.name, username: login.user.name };
  return { login, shown: { cloud, ...shown, secret: ending(login.secret.reveal()) }, project };
}

// Enough to tell two secrets apart, and only of ones too long to guess from it.
function ending(secret: string): string {
  return secret.length >= 20 ? `…${secret.slice(-4)}` : '…';
}

function sameEndpoint(given: string, known: string): boolean {
  if (!URL.canParse(given)) return false;
  const [a, b] = [new URL(given), new URL(known)];
  const path = (url: URL) => url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
  return a.protocol === b.protocol && a.host === b.host && path(a) === path(b);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address at all';
}

const late = (site: Site): string => `${site.name} did not answer within ${TRY_MS / 1000} s`;

async function tryLogin(
  services: Services,
  site: Site,
  login: Login,
  wanted: string | undefined,
): Promise<{ id: string; name: string } | null> {
  const projects = await withDeadline((options) => services.listProjects(identityEndpoint(site), login, options), TRY_MS, late(site));
  const project = wanted === undefined ? projects[0] : projects.find(({ id, name }) => id === wanted || name === wanted);
  if (!project) {
    throw new AppError({
      code: 'project-not-yours',
      title:
        wanted === undefined ? `This credential has no project at ${site.name}` : `This credential does not lead to the project ${wanted}`,
      detail: `${site.name} accepts the credential, and lists ${projects.map(({ name }) => name).join(', ') || 'no projects'} for it.`,
      remedy: 'Choose one of the listed projects, or ask the project’s leader to add you.',
    });
  }
  // signing in to the project shows what a list does not: a role in it, and a catalogue
  const cloud = await withDeadline(
    (options) => services.connectCloud(identityEndpoint(site), login, project.id, options),
    TRY_MS,
    late(site),
  );
  return wanted === undefined && projects.length > 1 ? null : cloud.identity.project;
}

async function countUses({ store }: Services, person: Person): Promise<Map<string, number>> {
  const rows = await store.db
    .selectFrom('resources')
    .innerJoin('deployments', 'deployments.id', 'resources.deployment_id')
    .where('deployments.user_id', '=', person.id)
    .where('deployments.deleted_at', 'is', null)
    .groupBy('resources.credential')
    .select(({ fn }) => ['resources.credential', fn.count('deployments.id').distinct().as('uses')])
    .execute();
  return new Map(rows.map(({ credential, uses }) => [credential, Number(uses)]));
}

function view(record: CredentialRecord, uses: ReadonlyMap<string, number>): Credential {
  const { id, kind, site, name, shown, project_id, project_name } = record;
  return {
    id,
    kind,
    site,
    name,
    project: project_id === null ? null : { id: project_id, name: project_name ?? project_id },
    shown,
    expiresAt: record.expires_at?.toISOString() ?? null,
    checkedAt: record.checked_at?.toISOString() ?? null,
    problem: problemView(record.problem),
    createdAt: record.created_at.toISOString(),
    deployments: uses.get(id) ?? 0,
  };
}

function ownSignInView(services: Services, person: Person, site: Site, uses: ReadonlyMap<string, number>): Credential {
  const id = ownSignIn(site.id);
  const provider = services.credentials.openId(person.provider)?.provider.name ?? person.provider;
  return {
    id,
    kind: 'oidc',
    site: site.id,
    name: `Your sign-in with ${provider}`,
    project: null,
    shown: { provider },
    expiresAt: null,
    checkedAt: null,
    problem: problemView(services.desk.known(person, site)?.reason),
    createdAt: null,
    deployments: uses.get(id) ?? 0,
  };
}
