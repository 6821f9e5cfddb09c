import { exportJWK, generateKeyPair } from 'jose';

/** Where the product would be. */
export const transatUrl = 'http://localhost:4788';
export const secret = 'secret-of-a-test-client';
export const password = 'password-of-a-test-person';

/** A client of the realm, and how its ID tokens are signed. */
interface ClientWishes {
  id: string;
  provider: string;
  alg?: string;
  more?: object;
  attributes?: Record<string, string>;
}

const mapper = (name: string, protocolMapper: string, config: Record<string, string>) => ({
  name,
  protocol: 'openid-connect',
  protocolMapper,
  config: { 'userinfo.token.claim': 'true', 'id.token.claim': 'false', 'access.token.claim': 'false', ...config },
});

const groupMappers = [
  mapper('groups', 'oidc-group-membership-mapper', { 'claim.name': 'groups', 'full.path': 'true' }),
  mapper('roles', 'oidc-usermodel-realm-role-mapper', {
    'claim.name': 'realm_access.roles',
    multivalued: 'true',
    'jsonType.label': 'String',
  }),
  mapper('entitlement', 'oidc-hardcoded-claim-mapper', {
    'claim.name': 'eduperson_entitlement',
    'claim.value': '["urn:geant:kc.test:group:vo.kc.test:operators:role=member#kc.test"]',
    'jsonType.label': 'JSON',
  }),
];

function client({ id, provider, alg, more, attributes }: ClientWishes) {
  return {
    clientId: id,
    enabled: true,
    protocol: 'openid-connect',
    secret,
    redirectUris: [`${transatUrl}/api/auth/callback/${provider}`],
    standardFlowEnabled: true,
    attributes: {
      'pkce.code.challenge.method': 'S256',
      ...(alg ? { 'id.token.signed.response.alg': alg, 'access.token.signed.response.alg': alg } : {}),
      ...attributes,
    },
    protocolMappers: groupMappers,
    ...more,
  };
}

/** A realm with a client of every kind, and the private key of the one that proves itself by it. */
export async function makeRealm(name: string): Promise<{ realm: object; privateKey: CryptoKey }> {
  const { publicKey, privateKey } = await generateKeyPair('PS256', { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'transat', alg: 'PS256', use: 'sig' }] });
  const person = (username: string, more: object) => ({
    username,
    enabled: true,
    credentials: [{ type: 'password', value: password, temporary: false }],
    ...more,
  });
  const realm = {
    realm: name,
    enabled: true,
    sslRequired: 'none',
    requiredActions: [
      { alias: 'VERIFY_PROFILE', name: 'Verify Profile', providerId: 'VERIFY_PROFILE', enabled: false, defaultAction: false },
    ],
    roles: { realm: [{ name: 'researcher' }] },
    groups: [{ name: 'lab', subGroups: [{ name: 'admins' }] }, { name: 'others' }],
    users: [
      person('ann', {
        firstName: 'Ann',
        lastName: 'Bee',
        email: 'ann@kc.test',
        emailVerified: true,
        groups: ['/lab/admins'],
        realmRoles: ['researcher', 'offline_access'],
      }),
      // of whom the provider knows nothing but the name to sign in with
      person('bare', { realmRoles: ['offline_access'] }),
    ],
    clients: [
      client({ id: 'basic', provider: 'kc-basic' }),
      client({ id: 'roles', provider: 'kc-roles' }),
      client({ id: 'urns', provider: 'kc-urns' }),
      client({ id: 'post', provider: 'kc-post' }),
      client({ id: 'public', provider: 'kc-public', more: { publicClient: true, secret: undefined } }),
      client({
        id: 'key',
        provider: 'kc-key',
        more: { clientAuthenticatorType: 'client-jwt' },
        attributes: { 'use.jwks.string': 'true', 'jwks.string': jwks, 'token.endpoint.auth.signing.alg': 'PS256' },
      }),
      client({ id: 'es256', provider: 'kc-es256', alg: 'ES256' }),
      client({ id: 'ps256', provider: 'kc-ps256', alg: 'PS256' }),
      client({ id: 'eddsa', provider: 'kc-eddsa', alg: 'EdDSA' }),
      client({ id: 'signed-userinfo', provider: 'kc-userinfo', attributes: { 'user.info.response.signature.alg': 'RS256' } }),
      client({ id: 'no-code', provider: 'kc-no-code', more: { standardFlowEnabled: false } }),
      client({ id: 'elsewhere', provider: 'another' }),
      client({
        id: 'cli',
        provider: 'cli',
        more: { publicClient: true, directAccessGrantsEnabled: true },
        attributes: { 'oauth2.device.authorization.grant.enabled': 'true' },
      }),
    ],
  };
  return { realm, privateKey };
}

/** Asks Keycloak's administration. */
export async function administer(url: string, adminPassword: string, method: string, path: string, body?: object): Promise<unknown> {
  const login = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: adminPassword }),
  });
  const { access_token }: { access_token?: string } = await login.json();
  const answer = await fetch(`${url}/admin/realms${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}
