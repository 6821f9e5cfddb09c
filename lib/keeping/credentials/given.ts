import { invalidInput } from '@/lib/core/problems';
import { Secret } from '@/lib/core/secret';
import { type Login, readPasted } from '@/lib/credentials';
import type { CloudUser } from '@/lib/openstack/types';
import type { Site } from '@/lib/sites/types';
import type { NewCredential } from '../types';

/** What a person gave to sign in with, read. */
export interface Given {
  login: Login;
  /** what is stored, where that is not the way in itself */
  kept?: { kind: 'ownStore'; name: string };
  /** what is no secret of it */
  shown: Record<string, string>;
  /** id or name, where it names one */
  project?: string;
}

/** Reads what a person gave for a site. @throws AppError `invalid-input` naming the field */
export function readGiven(given: Exclude<NewCredential, { kind: 'ownStore' }>, site: Site): Given {
  if (given.kind === 'applicationCredential') return applicationCredential(given.id, new Secret(given.secret));
  if (given.kind === 'password') {
    const user = { name: given.username, domain: given.userDomain };
    const login: Login = { kind: given.kind, user, password: new Secret(given.password) };
    return { login, shown: shownOf(login) };
  }
  const field = given.kind === 'openrc' ? 'openrc' : 'yaml';
  const pasted = given.kind === 'openrc' ? readPasted(given.openrc, undefined, field) : readPasted(given.yaml, given.secureYaml, field);
  if (pasted.format !== given.kind) throw invalidInput([{ path: field, message: `This is ${nameOf[pasted.format]}.` }]);
  const { cloud, region } = given.kind === 'openrc' ? {} : given;
  const entry = pasted.entry(cloud, region ?? regionFor(pasted, cloud, site));
  if (!sameEndpoint(entry.authUrl, site.authUrl)) {
    throw invalidInput([
      { path: field, message: `This file is for ${hostOf(entry.authUrl)}, and ${site.name} is at ${hostOf(site.authUrl)}.` },
    ]);
  }
  const login = entry.login(given.secret === undefined ? undefined : new Secret(given.secret));
  const from: Record<string, string> = pasted.format === 'openrc' ? {} : { cloud: entry.cloud };
  return { login, shown: { ...from, ...shownOf(login) }, project: login.kind === 'password' ? entry.project : undefined };
}

// of an entry with several regions that of the site is meant
function regionFor({ choices }: ReturnType<typeof readPasted>, cloud: string | undefined, site: Site): string | undefined {
  return choices.find((each) => (cloud === undefined || each.cloud === cloud) && each.region !== undefined && each.region === site.region)
    ?.region;
}

const nameOf = { openrc: 'an openrc file', cloudsYaml: 'a clouds.yaml' };

/** What is no secret of a way in. */
export function shownOf(login: Login): Record<string, string> {
  if (login.kind === 'password') return shownUser(login.user);
  const who: Record<string, string> = 'id' in login ? { id: login.id } : { applicationCredential: login.name, ...shownUser(login.user) };
  return { ...who, secret: ending(login.secret) };
}

function shownUser(user: CloudUser): Record<string, string> {
  if ('id' in user) return { userId: user.id };
  return { username: user.name, userDomain: 'domain' in user ? user.domain : user.domainId };
}

/** An application credential by its id. */
export function applicationCredential(id: string, secret: Secret): Given {
  const login: Login = { kind: 'applicationCredential', id, secret };
  return { login, shown: shownOf(login) };
}

/** Enough to tell two secrets apart, and only of ones too long to guess from it. */
export function ending(secret: Secret): string {
  const text = secret.reveal();
  return text.length >= 20 ? `…${text.slice(-4)}` : '…';
}

/** Whether two addresses are the same Keystone, however its version and slashes are written. */
export function sameEndpoint(given: string, known: string): boolean {
  if (!URL.canParse(given)) return false;
  const [a, b] = [new URL(given), new URL(known)];
  const path = (url: URL) => url.pathname.replace(/\/+$/, '').replace(/\/v(?:3|2\.0)$/, '');
  return a.protocol === b.protocol && a.host === b.host && path(a) === path(b);
}

/** The site that an entry of a file is for: of several at its address that of its region. */
export function siteOf({ authUrl, region }: { authUrl: string; region?: string }, sites: readonly Site[]): Site | undefined {
  const here = sites.filter((site) => sameEndpoint(authUrl, site.authUrl));
  return here.find((each) => each.region === region) ?? here[0];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address at all';
}
