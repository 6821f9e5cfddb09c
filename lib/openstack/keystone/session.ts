import { createHmac, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { siteName } from '../site-name';
import type { CloudAuth, CloudProject, IdentityEndpoint } from '../types';
import { signInByProtocol } from './federation';
import { Keystone } from './keystone';
import type { Token } from './token';
import { TokenCache } from './token-cache';

/** Keys of kept tokens are made with this, so that no secret can be guessed from them. */
const pepper = randomBytes(32);
const caches = new WeakMap<Clock, TokenCache>();

/** One person at one Keystone: signs in when needed, keeps tokens, signs in again when they end. */
export class CloudSession {
  readonly endpoint: IdentityEndpoint;
  readonly auth: CloudAuth;
  readonly clock: Clock;
  readonly #keystone: Keystone;
  readonly #cache: TokenCache;
  #projectId: string | undefined;
  #current: Token | undefined;
  /** what this session has used and must revoke at its end */
  readonly #used = new Set<Token>();

  /** @param projectId may be left out for an application credential, and where only {@link projects} is asked */
  constructor(endpoint: IdentityEndpoint, auth: CloudAuth, projectId?: string, clock: Clock = systemClock) {
    this.endpoint = endpoint;
    this.auth = auth;
    this.clock = clock;
    this.#projectId = projectId;
    this.#keystone = new Keystone(endpoint, auth.kind, clock);
    const known = caches.get(clock);
    this.#cache = known ?? new TokenCache(clock);
    if (!known) caches.set(clock, this.#cache);
  }

  /** A token for the project that lasts two minutes or more. @throws AppError as `ConnectCloud` */
  async token(): Promise<Token> {
    if (this.#current && this.#cache.lasts(this.#current)) return this.#current;
    this.#current = await this.#scoped();
    this.#used.add(this.#current);
    return this.#current;
  }

  /** A new token in place of one that a service refused. */
  async renew(refused: Token): Promise<Token> {
    this.#cache.drop(refused);
    this.#used.delete(refused);
    if (this.#current === refused) this.#current = undefined;
    return this.token();
  }

  /** The projects that this person may act in. */
  async projects(): Promise<CloudProject[]> {
    const first = await this.#first();
    const only = (token: Token, listed: CloudProject[]) => {
      if (this.auth.kind !== 'applicationCredential') return listed;
      return token.project ? [token.project] : [];
    };
    try {
      return only(first, await this.#keystone.projects(first));
    } catch (error) {
      // a kept token may have died; that of a revoked application credential answers 404
      const status = error instanceof AppError ? error.upstream?.status : undefined;
      if (status !== 401 && !(status === 404 && this.auth.kind === 'applicationCredential')) throw error;
      this.#cache.drop(first);
      const second = await this.#first();
      return only(second, await this.#keystone.projects(second));
    }
  }

  /** Revokes the tokens that this session has used, and forgets them. */
  async end(): Promise<void> {
    this.#current = undefined;
    for (const token of this.#used) {
      this.#cache.drop(token);
      if (this.#cache.lasts(token)) await this.#keystone.revoke(token);
    }
    this.#used.clear();
  }

  async #scoped(): Promise<Token> {
    const first = await this.#first();
    if (this.auth.kind === 'applicationCredential') {
      if (this.#projectId === undefined || first.project?.id === this.#projectId) return first;
      throw otherProject(siteName(this.endpoint), first.project?.name ?? '');
    }
    this.#projectId ??= onlyProject(await this.projects(), siteName(this.endpoint), this.auth.kind);
    const projectId = this.#projectId;
    return this.#cache.get(await this.#key(projectId), () => this.#scope(first, projectId));
  }

  /** Keystone says the same words for "not your project" and "no good token"; asking for the projects tells them apart. */
  async #scope(first: Token, projectId: string): Promise<Token> {
    try {
      return await this.#keystone.scope(first, projectId);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'project-not-yours') throw error;
      const alive = await this.#keystone.projects(first).then(
        () => true,
        (reason: unknown) => !(reason instanceof AppError && reason.upstream?.status === 401),
      );
      if (alive) throw error;
      this.#cache.drop(first);
      return this.#keystone.scope(await this.#first(), projectId);
    }
  }

  /** The token of the sign-in itself: unscoped, but for application credentials. */
  async #first(): Promise<Token> {
    const token = await this.#signIn();
    this.#used.add(token);
    return token;
  }

  async #signIn(): Promise<Token> {
    const { auth } = this;
    if (auth.kind !== 'oidc') return this.#cache.get(await this.#key(), () => this.#keystone.signIn(auth));
    const accessToken = await auth.accessToken();
    return this.#cache.get(this.#keyOf([accessToken]), () => signInByProtocol(this.#keystone, this.endpoint, auth, accessToken));
  }

  async #key(projectId?: string): Promise<string> {
    const { auth } = this;
    const extra = projectId === undefined ? [] : [projectId];
    if (auth.kind === 'oidc') return this.#keyOf([await auth.accessToken(), ...extra]);
    if (auth.kind === 'password') return this.#keyOf([JSON.stringify(auth.user), auth.password, ...extra]);
    const owner = 'id' in auth ? [auth.id] : [auth.name, JSON.stringify(auth.user)];
    return this.#keyOf([...owner, auth.secret, ...extra]);
  }

  /**
   * The secret itself is part of the key: who has the name but not the secret must not get a kept token. Of an access token
   * nothing else will do, for what is written in it has not been verified here.
   */
  #keyOf(parts: (string | Secret)[]): string {
    const { site, authUrl } = this.endpoint;
    const idp = this.auth.kind === 'oidc' ? [this.auth.identityProvider, this.auth.protocol] : [];
    const plain = parts.map((part) => (typeof part === 'string' ? part : part.reveal()));
    return createHmac('sha256', pepper)
      .update(JSON.stringify([site, authUrl, this.auth.kind, idp, plain]))
      .digest('base64');
  }
}

function onlyProject(projects: CloudProject[], site: string, kind: CloudAuth['kind']): string {
  const [first, second] = projects;
  if (first && !second) return first.id;
  if (!first) {
    throw new AppError({
      code: kind === 'oidc' ? 'vo-not-mapped' : 'project-not-yours',
      title: 'You have no project at this site',
      detail: `${site} let you in, but you have no role in any project there.`,
      remedy: kind === 'oidc' ? 'Choose a site that supports your VO.' : 'Ask the site for a project.',
    });
  }
  throw new AppError({
    code: 'invalid-input',
    title: 'Choose a project',
    detail: `You have several projects at ${site}: ${projects.map(({ name }) => name).join(', ')}.`,
    remedy: 'Say which of them is meant.',
    fields: [{ path: 'projectId', message: 'Choose one of your projects' }],
  });
}

function otherProject(site: string, name: string): AppError {
  return new AppError({
    code: 'project-not-yours',
    title: 'The application credential is for another project',
    detail: `At ${site} this application credential acts in the project ${name} and in no other.`,
    remedy: 'Choose that project, or make an application credential in the one you want.',
  });
}
