import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type Problem } from '@/lib/core/errors';
import { invalidInput, notFound } from '@/lib/core/problems';
import type { Revocation } from '@/lib/credentials';
import type { Visitor } from '@/lib/desk/types';
import { identityEndpoint, type OwnSite, readAuthorities, type SiteAccess, withDeadline } from '@/lib/sites';
import type { Site } from '@/lib/sites/types';
import { listRevocations, owedFor, revoke } from './credentials/revoke';
import type { KeepingPorts } from './ports';
import type { NewSite, OwedRevocation, SiteChange } from './types';

const TRY_MS = 6_000;
const MOST_SITES = 30;
/** How long a deletion waits for the site to revoke what was made there. */
const REVOKE_MS = 5_000;

/** A site of a person's own, and what they can do there as far as it is known. */
export interface Shown {
  site: Site;
  access: SiteAccess | undefined;
}

/**
 * Adds a site of a person's own, after its Keystone has answered.
 * @throws AppError naming the field: `invalid-input`, or what stood against asking the address; nothing is stored then
 */
export async function addSite(services: KeepingPorts, person: Visitor, given: NewSite): Promise<Shown> {
  const { own } = services.sites;
  const known = await own.list(person.id);
  if (known.length >= MOST_SITES) throw tooMany();
  const site = await check(services, person, 'new', given, known);
  const id = await own.add(person.id, site, services.clock.now());
  return { site: own.siteOf(id, site), access: undefined };
}

/**
 * Changes a site of a person's own, after it was tried as {@link addSite} does; where there is a credential for it, its region is looked
 * for in the catalogue too.
 * @throws AppError `not-found`, `conflict` where secrets or deployments stand on the address that would change
 */
export async function changeSite(services: KeepingPorts, person: Visitor, id: string, change: SiteChange): Promise<Shown> {
  const { sites, desk } = services;
  const known = await sites.own.list(person.id);
  const before = known.find((site) => site.id === id);
  if (!before) throw notFound('site');
  const after = await check(services, person, id, changed(descriptionOf(before), change), known);
  if (new URL(after.authUrl).origin !== new URL(before.authUrl).origin) await requireUnused(services, person, before);
  const site = sites.own.siteOf(id, after);
  await checkRegion(services, person, site);
  await sites.own.replace(person.id, id, after);
  return { site, access: await desk.access(person, site) };
}

/**
 * Deletes a site of a person's own, and the credentials for it; those that Transat made there are revoked.
 * @returns what could not be revoked within some seconds; it is tried again in the background
 * @throws AppError `not-found`; `conflict` naming the deployments that stand there
 */
export async function removeSite(services: KeepingPorts, person: Visitor, id: string): Promise<OwedRevocation[]> {
  const { sites, desk, credentials, clock } = services;
  const site = (await sites.own.list(person.id)).find((each) => each.id === id);
  if (!site) throw notFound('site');
  const standing = await deploymentsAt(services, person, id);
  if (standing.length > 0) throw inUse(site, standing);
  const siteGiven = await sites.own.given(person.id, id);
  const owed: Revocation[] = [];
  await sites.own.remove(person.id, id, async (trx) => {
    const { records, revocations } = credentials;
    const made = (await records.list(person.id, id, trx)).flatMap((record) => owedFor(record, clock.now()) ?? []);
    // before the site is gone, since it is needed to revoke them
    await revocations.within(trx).keepSite(person.id, id, siteGiven);
    for (const each of made) owed.push(await revocations.within(trx).owe(person.id, { ...each, siteGiven }));
  });
  desk.forget(person.id);
  const revoking = owed.map((each) => withDeadline(() => revoke(services, each), REVOKE_MS, site.name));
  await Promise.allSettled(revoking);
  const left = new Set(owed.map((each) => each.id));
  return (await listRevocations(services, person)).filter((each) => left.has(each.id));
}

async function check(services: KeepingPorts, person: Visitor, id: string, given: NewSite, known: readonly Site[]): Promise<OwnSite> {
  const { own } = services.sites;
  const authorities = given.ca === undefined ? undefined : readAuthorities(given.ca, services.clock.now());
  if (authorities && 'fault' in authorities) throw invalidInput([{ path: 'ca', message: authorities.fault }]);
  if (known.some((site) => site.id !== id && site.name === given.name)) {
    throw invalidInput([{ path: 'name', message: 'You have a site of this name already.' }]);
  }
  if ((given.lat === undefined) !== (given.lon === undefined)) {
    throw invalidInput([{ path: given.lat === undefined ? 'lat' : 'lon', message: 'Give latitude and longitude together, or neither.' }]);
  }
  const signIn = given.methods.includes('oidc') ? federated(services, person, given) : {};
  const site: OwnSite = { ...given, methods: [...new Set(given.methods)], ca: authorities?.pem, ...signIn };
  const found = await tryAddress(services, own.siteOf(id, site));
  return { ...site, authUrl: found };
}

function federated({ sites }: KeepingPorts, person: Visitor, given: NewSite): Partial<OwnSite> {
  if (given.identityProvider === undefined) {
    throw invalidInput([
      { path: 'identityProvider', message: 'Signing in with your account needs Keystone’s name of the identity provider.' },
    ]);
  }
  if (!sites.own.takesSignIn(given.authUrl, person.provider)) {
    throw invalidInput([
      {
        path: 'methods',
        message:
          'Your sign-in is not sent to this host, so that nobody gets it by a site you add. Use another method, or ask the operator of Transat to name the host (`tokenHosts`).',
      },
    ]);
  }
  return { oidcProvider: person.provider, protocol: given.protocol ?? 'openid' };
}

// Whatever stands against the address is said at its field.
async function tryAddress({ findIdentity }: KeepingPorts, site: Site): Promise<string> {
  const began = performance.now();
  try {
    const late = `${site.name} did not answer within ${TRY_MS / 1000} s`;
    const { authUrl } = await withDeadline((options) => findIdentity(identityEndpoint(site), options), TRY_MS, late);
    return authUrl;
  } catch (error) {
    const thrown = AppError.from(error).toProblem();
    const silent = thrown.code === 'deadline-passed' || (thrown.code === 'site-unreachable' && thrown.upstream?.message === 'no answer');
    // as long as for one that never answers: the time would tell what the words do not
    if (silent) await sleep(Math.max(began + TRY_MS - performance.now(), 0));
    const problem = silent ? noKeystone(site) : thrown;
    const path = problem.code === 'site-tls-untrusted' && site.ca !== undefined ? 'ca' : 'authUrl';
    const detail = problem.detail.replaceAll(`site ${site.id}`, `site “${site.name}”`).replaceAll(` of ${site.id} `, ` of “${site.name}” `);
    throw new AppError({ ...problem, detail, fields: [{ path, message: [detail, problem.cause].filter(Boolean).join(' ') }] });
  }
}

/** The one answer for a closed port, one that something else listens at, and one that is only slow: Transat is no scanner of ports. */
function noKeystone(site: Site): Problem {
  const { host } = new URL(site.authUrl);
  return {
    code: 'site-unreachable',
    title: 'No Keystone answers at this address',
    detail: `No Keystone answers at ${host} within ${TRY_MS / 1000} s.`,
    cause: 'Nothing listens there, or something else does, or it is slow: Transat does not tell which.',
    remedy: 'Compare the address, its scheme and port with the site’s clouds.yaml or RC file. If it is right, try again later.',
  };
}

async function checkRegion(services: KeepingPorts, person: Visitor, site: Site): Promise<void> {
  const { desk } = services;
  desk.forget(person.id);
  const [project] = (await desk.access(person, site)).projects;
  if (!project) return; // nobody can look into the catalogue yet
  await desk.enter(person, { site, project, credential: project.credential }).catch((error: unknown) => {
    const problem = AppError.from(error).toProblem();
    if (problem.code !== 'site-catalog-incomplete') return; // what else is wrong, the site's page says
    desk.forget(person.id);
    throw new AppError({ ...problem, code: 'invalid-input', fields: [{ path: 'region', message: problem.detail }] });
  });
}

async function requireUnused(services: KeepingPorts, person: Visitor, site: Site): Promise<void> {
  const secrets = await services.credentials.records.list(person.id, site.id);
  const standing = await deploymentsAt(services, person, site.id);
  if (standing.length > 0) throw inUse(site, standing);
  if (secrets.length === 0) return;
  const message = `The credentials for “${site.name}” were given for ${new URL(site.authUrl).host}, and are sent nowhere else.`;
  throw new AppError({
    code: 'conflict',
    title: 'The address can’t change while there are credentials for it',
    detail: message,
    remedy: `Delete ${secrets.map(({ name }) => `“${name}”`).join(', ')} first, and add them anew after.`,
    fields: [{ path: 'authUrl', message }],
  });
}

async function deploymentsAt({ store }: KeepingPorts, person: Visitor, site: string): Promise<string[]> {
  const rows = await store.db
    .selectFrom('deployments')
    .innerJoin('resources', 'resources.deployment_id', 'deployments.id')
    .where('deployments.user_id', '=', person.id)
    .where('deployments.deleted_at', 'is', null)
    .where('resources.site', '=', site)
    .select('deployments.name')
    .distinct()
    .orderBy('deployments.name')
    .execute();
  return rows.map(({ name }) => name);
}

/** A description with some of its values replaced, or (null) taken away. */
function changed({ name, authUrl, methods, ...before }: NewSite, change: SiteChange): NewSite {
  const { name: newName, authUrl: newUrl, methods: newMethods, ...rest } = change;
  const given = Object.entries({ ...before, ...rest }).filter(([, value]) => value !== null && value !== undefined);
  return { ...Object.fromEntries(given), name: newName ?? name, authUrl: newUrl ?? authUrl, methods: newMethods ?? methods };
}

function descriptionOf({ name, authUrl, methods, region, identityProvider, protocol, ca, country, city, lat, lon }: Site): NewSite {
  return { name, authUrl, methods, region, identityProvider, protocol, ca, country, city, lat, lon };
}

function inUse(site: Site, names: readonly string[]): AppError {
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}`;
  return new AppError({
    code: 'conflict',
    title: `“${site.name}” is in use`,
    detail:
      names.length === 1
        ? `A deployment stands at “${site.name}”: ${some}.`
        : `${names.length} deployments stand at “${site.name}”: ${some}.`,
    cause: 'Without the site they could no longer be looked after or deleted.',
    remedy: 'Delete those deployments first.',
  });
}

function tooMany(): AppError {
  return new AppError({
    code: 'conflict',
    title: `You have ${MOST_SITES} sites of your own`,
    detail: `A person can add ${MOST_SITES} sites at most.`,
    remedy: 'Delete one that you no longer use.',
  });
}
