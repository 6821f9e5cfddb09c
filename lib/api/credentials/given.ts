import { Secret } from '@/lib/core/secret';
import { type Login, parseCloudsYaml } from '@/lib/credentials';
import type { Site } from '@/lib/sites/types';
import type { NewCredential } from '../contract/credentials';
import { invalidInput } from '../http/body';

/** What a person gave to sign in with, read. */
export interface Given {
  login: Login;
  /** what is no secret of it */
  shown: Record<string, string>;
  /** id or name, where it names one */
  project?: string;
}

/** Reads what a person gave for a site. @throws AppError `invalid-input` naming the field */
export function readGiven(given: NewCredential, site: Site): Given {
  if (given.kind === 'applicationCredential') return applicationCredential(given.id, new Secret(given.secret));
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
  return { login, shown: { cloud, ...shown, secret: ending(login.secret) }, project };
}

/** An application credential by its id. */
export function applicationCredential(id: string, secret: Secret): Given {
  return { login: { kind: 'applicationCredential', id, secret }, shown: { id, secret: ending(secret) } };
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
  const path = (url: URL) => url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
  return a.protocol === b.protocol && a.host === b.host && path(a) === path(b);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'no address at all';
}
