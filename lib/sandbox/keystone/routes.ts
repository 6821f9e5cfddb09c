import type { World } from '../cloud/world';
import { parseJson } from '../http/body';
import type { Answer, Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { TokenRecord, UserRecord } from '../state/records';
import { applicationCredentialRoutes } from './application-credentials';
import { authenticate, unsupportedMethod } from './authenticate';
import { catalog } from './catalog';
import { bearerRefused, keystoneError, malformed, unauthenticated } from './errors';
import { federatedUser, findUser } from './people';
import { findSession, issueToken, type KeystoneSession, tokenBody, tokenOf } from './sessions';
import { trustRoute } from './trusts';

/** Keystone v3, as far as people need it: tokens, federation, projects, application credentials. Paths begin with /v3. */
export function keystoneRoutes(world: World): Route[] {
  const signedIn = (call: Call): KeystoneSession => {
    const session = findSession(world, tokenOf(call));
    if (!session) throw unauthenticated(world.url);
    return session;
  };
  const issued = (token: TokenRecord, user: UserRecord, withCatalog: boolean): Answer => ({
    status: 201,
    headers: { 'X-Subject-Token': token.id },
    body: tokenBody(world, token, user, withCatalog),
  });
  const federate = async (call: Call): Promise<Answer> => {
    const claims = await bearerClaims(world, call);
    if ('status' in claims) return claims.status;
    const { federation } = world.definition;
    if (!federation || federation.identityProvider !== call.params.idp) {
      throw keystoneError(404, `Could not find Identity Provider: ${call.params.idp}.`, world.url);
    }
    if (federation.protocol !== call.params.protocol) throw unsupportedMethod(world);
    const user = federatedUser(world, claims.claims);
    if (!user) throw unauthenticated(world.url);
    return issued(issueToken(world, { user, projectId: null, roles: [], methods: [federation.protocol] }), user, false);
  };
  const projects = (call: Call): Answer => {
    const { user, token } = signedIn(call);
    const ids = token.applicationCredentialId && token.projectId ? [token.projectId] : Object.keys(user.projects);
    const body = ids.map((id) => ({
      id,
      name: world.projectName(id) ?? id,
      domain_id: world.definition.domain.id,
      description: '',
      enabled: true,
      parent_id: world.definition.domain.id,
      is_domain: false,
      tags: [],
      options: {},
      links: { self: `${world.url}/v3/projects/${id}` },
    }));
    return { status: 200, body: { projects: body, links: { next: null, self: `${world.url}${call.path}`, previous: null } } };
  };
  const federationPath = '/v3/OS-FEDERATION/identity_providers/:idp/protocols/:protocol/auth';

  return [
    route('GET', '/v3', () => ({ status: 200, body: { version: versionOf(world) } })),
    route('POST', '/v3/auth/tokens', (call) => {
      const body = parseJson(call.text, () => malformed('Expecting to find valid JSON in request body.', world.url));
      const { token, user } = authenticate(world, body);
      return issued(token, user, !call.query.has('nocatalog'));
    }),
    route('GET', '/v3/auth/tokens', (call) => {
      signedIn(call);
      const subject = call.headers['x-subject-token'];
      if (typeof subject !== 'string') {
        throw keystoneError(403, 'You are not authorized to perform the requested action: identity:validate_token.', world.url);
      }
      const session = findSession(world, subject);
      if (!session) throw keystoneError(404, `Could not find token: ${subject}.`, world.url);
      return {
        status: 200,
        headers: { 'X-Subject-Token': session.token.id },
        body: tokenBody(world, session.token, session.user, !call.query.has('nocatalog')),
      };
    }),
    route('DELETE', '/v3/auth/tokens', (call) => {
      signedIn(call);
      const subject = call.headers['x-subject-token'];
      const session = typeof subject === 'string' ? findSession(world, subject) : null;
      if (!session) throw keystoneError(404, 'Could not find token.', world.url);
      world.state.tokens = world.state.tokens.filter((token) => token !== session.token);
      world.changed();
      return { status: 204 };
    }),
    route('GET', federationPath, federate),
    route('POST', federationPath, federate),
    route('GET', '/v3/auth/projects', projects),
    route('GET', '/v3/OS-FEDERATION/projects', projects),
    route('GET', '/v3/auth/domains', (call) => {
      signedIn(call);
      return { status: 200, body: { domains: [], links: { next: null, self: `${world.url}/v3/auth/domains`, previous: null } } };
    }),
    route('GET', '/v3/auth/catalog', (call) => {
      const session = signedIn(call);
      if (!session.projectId) throw keystoneError(403, 'You are not authorized to perform the requested action.', world.url);
      const links = { next: null, self: `${world.url}/v3/auth/catalog`, previous: null };
      return { status: 200, body: { catalog: catalog(world, session.projectId), links } };
    }),
    route('GET', '/v3/users', (call) => {
      signedIn(call);
      throw keystoneError(403, 'You are not authorized to perform the requested action: identity:list_users.', world.url);
    }),
    route('GET', '/v3/users/:id', (call) => {
      const session = signedIn(call);
      const user = findUser(world, call.params.id ?? '');
      if (!user || user.id !== session.user.id) {
        throw keystoneError(403, 'You are not authorized to perform the requested action: identity:get_user.', world.url);
      }
      return {
        status: 200,
        body: { user: { id: user.id, name: user.name, domain_id: user.domainId, enabled: true, password_expires_at: null } },
      };
    }),
    ...applicationCredentialRoutes(world),
    trustRoute(world, signedIn),
  ];
}

const versionOf = (world: World) => ({
  id: 'v3.14',
  status: 'stable',
  updated: '2020-04-07T00:00:00Z',
  links: [{ rel: 'self', href: `${world.url}/v3/` }],
  'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
});

/** The address above all versions: a choice of one. */
export function keystoneRoot(world: World): Route {
  return route('GET', '/', () => ({
    status: 300,
    headers: { Location: `${world.url}/v3/` },
    body: { versions: { values: [versionOf(world)] } },
  }));
}

/** What the OpenID provider says about the call's bearer token, or what mod_auth_openidc answers to it. */
async function bearerClaims(world: World, call: Call): Promise<{ claims: Record<string, unknown> } | { status: Answer }> {
  const bearer = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (!bearer) return { status: bearerRefused('invalid_request', 'No bearer token found in the request') };
  const claims = await world.introspect(bearer);
  return claims ? { claims } : { status: bearerRefused('invalid_token', 'Reference token could not be introspected') };
}

/** Keystone's page for a path that it does not have. */
export function keystoneUnknown(): Answer {
  return {
    status: 404,
    body: '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n',
  };
}
