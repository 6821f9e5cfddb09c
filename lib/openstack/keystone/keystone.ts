import { z } from 'zod';
import { type Clock, systemClock } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import type { Secret } from '@/lib/core/secret';
import { type Answer, jsonOf } from '@/lib/web/answer';
import type { DoorRequest } from '@/lib/web/door';
import { doorOf } from '@/lib/web/doors';
import type { Purpose } from '../errors/circumstance';
import { explain } from '../errors/explain';
import { unreadable } from '../errors/unreadable';
import { peerOf } from '../peer';
import { siteName } from '../site-name';
import type { CloudAuth, CloudProject, CloudUser, IdentityEndpoint } from '../types';
import { readToken, type Token } from './token';

type Federated = Extract<CloudAuth, { kind: 'oidc' }>;
type Direct = Exclude<CloudAuth, { kind: 'oidc' }>;
type Details = { headers?: Record<string, string>; body?: unknown; secrets: string[]; protocol?: string; identityProvider?: string };

const projectsBody = z.object({ projects: z.array(z.object({ id: z.string(), name: z.string(), enabled: z.boolean().default(true) })) });

/** Keystone v3 of one site, as far as people sign in there. It keeps nothing. */
export class Keystone {
  readonly #endpoint: IdentityEndpoint;
  readonly #kind: CloudAuth['kind'];
  readonly #clock: Clock;

  /** @param kind how the person signs in: refusals are explained by it */
  constructor(endpoint: IdentityEndpoint, kind: CloudAuth['kind'], clock: Clock = systemClock) {
    this.#endpoint = endpoint;
    this.#kind = kind;
    this.#clock = clock;
  }

  /**
   * Signs in with a password (the token has no scope) or an application credential (scoped to its own project).
   * @throws AppError `credential-invalid`, `credential-expired`
   */
  async signIn(auth: Direct): Promise<Token> {
    const secrets = [(auth.kind === 'password' ? auth.password : auth.secret).reveal()];
    return this.#token(await this.#call('POST', '/auth/tokens', 'sign-in', { body: { auth: directBody(auth) }, secrets }));
  }

  /**
   * Signs in with an access token of the person's OpenID provider; the token has no scope.
   * (docs.openstack.org/api-ref/identity/v3-ext, Request an unscoped OS-FEDERATION token)
   * @throws AppError `credential-expired`, `vo-not-mapped`, `protocol-unsupported`, `identity-provider-unknown`
   */
  async signInFederated(auth: Federated, protocol: string, accessToken: Secret): Promise<Token> {
    const path = `/OS-FEDERATION/identity_providers/${encodeURIComponent(auth.identityProvider)}/protocols/${encodeURIComponent(protocol)}/auth`;
    const secrets = [accessToken.reveal()];
    const headers = { authorization: `Bearer ${accessToken.reveal()}` };
    return this.#token(await this.#call('POST', path, 'sign-in', { headers, secrets, protocol, identityProvider: auth.identityProvider }));
  }

  /**
   * A token for a project, by an unscoped one.
   * @throws AppError `project-not-yours`; also when the unscoped token is no longer good: Keystone does not tell them apart
   */
  async scope(unscoped: Token, projectId: string): Promise<Token> {
    const id = unscoped.value.reveal();
    const body = { auth: { identity: { methods: ['token'], token: { id } }, scope: { project: { id: projectId } } } };
    return this.#token(await this.#call('POST', '/auth/tokens', 'scope', { body, secrets: [id] }));
  }

  /** The projects that the token's owner has a role in. @throws AppError `credential-expired` when the token is no longer good */
  async projects(token: Token): Promise<CloudProject[]> {
    const details = { headers: { 'x-auth-token': token.value.reveal() }, secrets: [token.value.reveal()] };
    const answer = await this.#call('GET', '/auth/projects', 'use', details).catch((error: unknown) => {
      // Keystone before Ocata has the list under the federation extension only
      if (error instanceof AppError && error.upstream?.status === 404) return this.#call('GET', '/OS-FEDERATION/projects', 'use', details);
      throw error;
    });
    const parsed = projectsBody.safeParse(jsonOf(answer));
    if (!parsed.success) throw unreadable(siteName(this.#endpoint), 'identity', answer);
    return parsed.data.projects.filter(({ enabled }) => enabled).map(({ id, name }) => ({ id, name }));
  }

  /** Makes a token worthless. One that is worthless already is fine. */
  async revoke(token: Token): Promise<void> {
    const value = token.value.reveal();
    await this.#call('DELETE', '/auth/tokens', 'use', {
      headers: { 'x-auth-token': value, 'x-subject-token': value },
      secrets: [value],
    }).catch((error: unknown) => {
      const status = error instanceof AppError ? error.upstream?.status : undefined;
      if (status !== 401 && status !== 404) throw error;
    });
  }

  /** Calls Keystone with a token. @throws AppError */
  callAs(token: Token, method: string, path: string, purpose: Purpose, body?: unknown): Promise<Answer> {
    return this.#call(method, path, purpose, { headers: { 'x-auth-token': token.value.reveal() }, secrets: [token.value.reveal()], body });
  }

  async #call(method: string, path: string, purpose: Purpose, { headers, body, secrets, ...tried }: Details): Promise<Answer> {
    const request: DoorRequest = {
      service: 'identity',
      method,
      url: new URL(this.#endpoint.authUrl + path),
      headers,
      body,
      // a sign-in only makes a token, which ends by itself: asking twice does no harm
      repeatable: method === 'GET' || purpose === 'sign-in' || purpose === 'scope',
    };
    const answer = await doorOf(peerOf(this.#endpoint)).send(request);
    if (answer.status >= 200 && answer.status < 300) return answer;
    const about = { site: siteName(this.#endpoint), service: 'identity', method, purpose, signedInBy: this.#kind, secrets, ...tried };
    throw explain(about, answer, this.#clock.now());
  }

  #token(answer: Answer): Token {
    const token = readToken(answer.headers['x-subject-token'] ?? '', jsonOf(answer));
    if (!token) throw unreadable(siteName(this.#endpoint), 'identity', answer);
    return token;
  }
}

/** The part `auth` of a request for a token (docs.openstack.org/api-ref/identity/v3, Authentication and token management). */
function directBody(auth: Direct): unknown {
  if (auth.kind === 'password') {
    const user = { ...userBody(auth.user), password: auth.password.reveal() };
    return { identity: { methods: ['password'], password: { user } }, scope: 'unscoped' };
  }
  // An application credential has its project in it: Keystone refuses any scope beside it.
  const secret = auth.secret.reveal();
  const credential = 'id' in auth ? { id: auth.id, secret } : { name: auth.name, user: userBody(auth.user), secret };
  return { identity: { methods: ['application_credential'], application_credential: credential } };
}

function userBody(user: CloudUser): object {
  if ('id' in user) return { id: user.id };
  return { name: user.name, domain: 'domain' in user ? { name: user.domain } : { id: user.domainId } };
}
