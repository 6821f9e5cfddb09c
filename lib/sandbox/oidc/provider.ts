import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type ClientMetadata, type Configuration, type JWKS, type KoaContextWithOIDC } from 'oidc-provider';
import type { SandboxSecrets } from '../secrets';
import { type Stored, storeIn } from './adapter';
import { portalClient, portalTokens } from './long-lived';
import { formPage, messagePage, signInPage } from './page';
import { claimsOf, europeanRealm, personBySubject, type Realm, subjectOf } from './people';

const keycloak = '/protocol/openid-connect';
const DAY = 86_400;

export interface ProviderOptions {
  realm: Realm;
  /** of the sandbox, without a trailing slash */
  url: string;
  /** of the product */
  transatUrl: string;
  secrets: SandboxSecrets;
  stored: Stored;
  changed: () => void;
}

/** An OpenID provider with a Keycloak realm's paths, its scopes and claims, as an HTTP handler below the realm's path. */
export function openIdProvider(options: ProviderOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const provider = new Provider(`${options.url}${options.realm.path}`, configuration(options));
  portalTokens(provider, options.secrets.cookieKey);
  // Behind the product the machine's own plain HTTP is all there is; cookies and addresses follow the request.
  const callback = provider.callback();
  return (request, response) => {
    const original = request.url ?? '/';
    // oidc-provider finds its mount point in what Express would set
    Object.assign(request, { originalUrl: original, baseUrl: options.realm.path });
    request.url = original.slice(options.realm.path.length) || '/';
    if (!request.url.startsWith('/interaction/')) {
      // it answers its own errors, and never rejects
      void callback(request, response);
      return;
    }
    interact(provider, options.realm, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      html(response, 400, messagePage('This sign-in has ended', `Go back to Transat and sign in again. (${message})`));
    });
  };
}

async function interact(provider: Provider, realm: Realm, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    const chosen = new URL(request.url ?? '/', 'http://sandbox.invalid').searchParams.get('user') ?? params.login_hint;
    const person = realm.people.find((one) => one.id === chosen);
    if (!person) return html(response, 200, signInPage(realm.people));
    return provider.interactionFinished(request, response, { login: { accountId: subjectOf(realm, person.id) } });
  }
  // Check-in asks nobody's consent for clients that are registered with it
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  const grant = known ?? new provider.Grant({ clientId: String(params.client_id), accountId: session?.accountId });
  grant.addOIDCScope(String(params.scope ?? 'openid'));
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';

function clients(options: ProviderOptions): ClientMetadata[] {
  const keystone = {
    client_id: 'keystone',
    client_secret: options.secrets.keystoneSecret,
    redirect_uris: [],
    response_types: [],
    grant_types: [],
  };
  const cli: ClientMetadata = {
    client_id: 'cli',
    client_name: 'Command line',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1:9/cb'],
    grant_types: ['authorization_code', 'refresh_token', deviceCode],
    response_types: ['code'],
  };
  const portal = { ...deviceClient, client_id: portalClient, client_name: 'Token portal' };
  return options.realm === europeanRealm ? [product(options), cli, portal, keystone] : [deviceClient, cli, keystone];
}

/** The public client that Chameleon gives to programs. */
const deviceClient: ClientMetadata = {
  client_id: 'chi-cli-device-token',
  client_name: 'Device token',
  token_endpoint_auth_method: 'none',
  redirect_uris: [],
  response_types: [],
  grant_types: [deviceCode, 'refresh_token'],
};

function product({ transatUrl, secrets }: ProviderOptions): ClientMetadata {
  return {
    client_id: 'transat',
    client_name: 'Transat',
    client_secret: secrets.clientSecret,
    redirect_uris: [`${transatUrl}/api/auth/callback/sandbox`],
    post_logout_redirect_uris: [`${transatUrl}/`, transatUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
}

function configuration(options: ProviderOptions): Configuration {
  const { realm, secrets, stored, changed } = options;
  const cookie = `_sandbox${realm.path.replaceAll(/\W/g, '_')}`;
  const page = (ctx: KoaContextWithOIDC, body: string) => {
    ctx.type = 'html';
    ctx.body = body;
  };
  return {
    adapter: storeIn(stored, changed),
    clients: clients(options),
    // made by this machine and read back through a schema; the library checks the key itself
    jwks: secrets.jwks as JWKS,
    cookies: {
      keys: [secrets.cookieKey],
      names: { session: `${cookie}_session`, interaction: `${cookie}_interaction`, resume: `${cookie}_resume` },
    },
    scopes: ['openid', 'offline_access', 'profile', 'email', 'aarc', 'voperson_id', 'eduperson_entitlement', 'entitlements'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username'],
      email: ['email', 'email_verified', 'voperson_verified_email'],
      voperson_id: ['voperson_id'],
      eduperson_entitlement: ['eduperson_entitlement'],
      entitlements: ['entitlements'],
      aarc: ['name', 'given_name', 'family_name', 'email', 'email_verified', 'voperson_id'],
    },
    // entitlements are promised in userinfo and introspection only, as at Check-in
    conformIdTokenClaims: true,
    findAccount: (_ctx, subject) => {
      const person = personBySubject(realm, subject);
      return person && { accountId: subject, claims: async () => claimsOf(realm, person) };
    },
    // what introspection tells beside the standard claims, which is all that a Keystone sees of a person
    extraTokenClaims: (_ctx, token) => {
      const person = 'accountId' in token ? personBySubject(realm, token.accountId) : undefined;
      if (!person) return undefined;
      const { sub: _sub, ...claims } = claimsOf(realm, person);
      return { ...claims, username: person.id };
    },
    pkce: { required: () => true },
    rotateRefreshToken: (ctx) => ctx.oidc.client?.clientId !== portalClient,
    // Keycloak gives one to devices in any case, which ends with the session at the provider
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && (code.kind === 'DeviceCode' || code.scopes.has('offline_access')),
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      DeviceCode: 600,
      Grant: 365 * DAY,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 365 * DAY,
      Session: DAY,
    },
    interactions: { url: (_ctx, interaction) => `${realm.path}/interaction/${interaction.uid}` },
    routes: {
      authorization: `${keycloak}/auth`,
      token: `${keycloak}/token`,
      userinfo: `${keycloak}/userinfo`,
      jwks: `${keycloak}/certs`,
      introspection: `${keycloak}/token/introspect`,
      revocation: `${keycloak}/revoke`,
      end_session: `${keycloak}/logout`,
      device_authorization: `${keycloak}/auth/device`,
      code_verification: '/device',
    },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (ctx, form, _out, error) =>
          page(
            ctx,
            error?.name === 'AbortedError'
              ? messagePage('Refused', 'Nothing was connected. You can close this page.')
              : formPage(
                  'Connect a device',
                  error ? 'That code is not known, or was used before. Look at it again.' : 'Enter the code that you were shown.',
                  form,
                  { label: 'Go on' },
                ),
          ),
        userCodeConfirmSource: (ctx, form, _client, _device, code) =>
          page(
            ctx,
            formPage('Connect this device?', `You should have been shown the code ${code}. If you did not start this, refuse.`, form, [
              { label: 'Connect' },
              { label: 'Refuse', name: 'abort', value: 'yes' },
            ]),
          ),
        successSource: (ctx) => page(ctx, messagePage('Connected', 'You can close this page and go back to where you came from.')),
      },
      rpInitiatedLogout: {
        enabled: true,
        // who comes with an ID token is signed out at once, as by Keycloak; others are asked
        logoutSource: (ctx, form) =>
          page(
            ctx,
            formPage(
              'Sign out',
              'You are about to sign out of the sandbox.',
              form,
              { label: 'Sign out', name: 'logout', value: 'yes' },
              ctx.oidc.entities.IdTokenHint !== undefined,
            ),
          ),
        postLogoutSuccessSource: (ctx) => page(ctx, messagePage('Signed out', 'You have signed out of the sandbox.')),
      },
    },
    renderError: (ctx, out) => page(ctx, messagePage('This sign-in can’t go on', `${out.error}: ${out.error_description ?? ''}`)),
  };
}
