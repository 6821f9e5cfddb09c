import { exportPKCS8 } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuthWorld, openAuthWorld } from '@/lib/auth/testing/world';
import { type ProviderConfig, providerSchema, readProvider } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';
import { administer, makeRealm, password, secret, transatUrl } from './realm';
import { passKeycloak } from './walk';

const url = process.env.TRANSAT_KEYCLOAK_URL ?? '';
const admin = process.env.TRANSAT_KEYCLOAK_ADMIN ?? '';
const name = `transat-${Date.now()}`;
const issuer = `${url}/realms/${name}`;
const paths = { claims: [{ claim: 'groups', as: 'path' }] };
const scopes = 'openid profile email offline_access';
let world: AuthWorld;

/** A provider as the operator would write it; `{env: …}` stands for the client's secret. */
function provider(client: string, given: Record<string, unknown> = {}): ProviderConfig {
  const id = `kc-${client}`;
  const parsed = providerSchema.parse({
    id,
    name: 'Keycloak',
    issuer,
    clientId: client,
    clientSecret: { env: 'S' },
    scopes,
    groups: paths,
    ...given,
  });
  return readProvider(parsed, {
    secret: (ref) => new Secret('file' in ref ? ref.file : ref.env === 'S' ? secret : 'wrong'),
    text: () => '',
  });
}

beforeAll(async () => {
  const { realm, privateKey } = await makeRealm(name);
  await administer(url, admin, 'POST', '', realm);
  const pem = await exportPKCS8(privateKey);
  world = await openAuthWorld(transatUrl, [
    provider('basic', { accessTokensOf: ['cli'] }),
    provider('roles', {
      groups: { claims: [{ claim: 'realm_access.roles', as: 'role', of: 'realm' }] },
      requiredGroups: ['realm::researcher'],
    }),
    provider('urns', { groups: { namespaces: ['urn:geant:kc.test'] }, requiredGroups: ['vo.kc.test:operators'] }),
    provider('post', { clientAuth: 'client_secret_post' }),
    provider('public', { clientSecret: undefined }),
    provider('key', { clientSecret: undefined, privateKeyFile: pem, privateKeyId: 'transat', privateKeyAlg: 'PS256' }),
    provider('es256'),
    provider('ps256'),
    provider('eddsa'),
    provider('userinfo', { clientId: 'signed-userinfo' }),
    provider('wrong', { clientId: 'basic', id: 'kc-basic-wrong', clientSecret: { env: 'W' } }),
    provider('no-code'),
    provider('elsewhere'),
    provider('scope', { clientId: 'basic', scopes: 'openid eduperson_entitlement' }),
    provider('gone', { issuer: `${url}/realms/none` }),
    provider('foreign', { clientId: 'urns', id: 'kc-urns-foreign', groups: {}, requiredGroups: ['vo.kc.test'] }),
  ]);
  // the redirect address is registered letter by letter, so those that share a client need theirs, too
  for (const [client, id] of [
    ['basic', 'kc-basic-wrong'],
    ['urns', 'kc-urns-foreign'],
    ['basic', 'kc-scope'],
  ])
    await addRedirect(client ?? '', id ?? '');
}, 400_000);
afterAll(async () => {
  await world?.store.close();
  await administer(url, admin, 'DELETE', `/${name}`);
});

async function addRedirect(client: string, id: string): Promise<void> {
  const [found] = (await administer(url, admin, 'GET', `/${name}/clients?clientId=${client}`)) as { id: string; redirectUris: string[] }[];
  if (!found) throw new Error(`there is no client ${client}`);
  const redirectUris = [...found.redirectUris, `${transatUrl}/api/auth/callback/${id}`];
  await administer(url, admin, 'PUT', `/${name}/clients/${found.id}`, { ...found, redirectUris });
}

async function signIn(id: string, person = 'ann') {
  const browser = world.browser();
  const end = await passKeycloak(browser, await world.begin(browser, id), person, password);
  return { browser, end, who: await world.who(browser) };
}

describe('signing in', () => {
  test.each<[string, string]>([
    ['kc-basic', 'a secret in the header'],
    ['kc-post', 'a secret in the form'],
    ['kc-public', 'a public client, by PKCE alone'],
    ['kc-key', 'a private key (PS256)'],
    ['kc-es256', 'tokens signed with ES256'],
    ['kc-ps256', 'tokens signed with PS256'],
    ['kc-eddsa', 'tokens signed with EdDSA'],
    ['kc-userinfo', 'userinfo that is signed'],
  ])('%s: %s', async (id) => {
    const { who, end } = await signIn(id);
    expect(end.url.pathname).toBe('/deployments');
    expect(who).toMatchObject({ name: 'Ann Bee', email: 'ann@kc.test', provider: id, groups: [{ vo: 'lab', subgroups: ['admins'] }] });
  });

  test('groups come from roles of the realm, where the operator says so', async () => {
    const { who } = await signIn('kc-roles');
    expect(who?.groups).toContainEqual({ vo: 'realm', subgroups: [], role: 'researcher' });
  });

  test('groups come from entitlements of a namespace that the operator names', async () => {
    const { who } = await signIn('kc-urns');
    expect(who?.groups).toEqual([{ vo: 'vo.kc.test', subgroups: ['operators'], role: 'member' }]);
  });

  test('a person of whom nothing is known but their user name comes in', async () => {
    const { who } = await signIn('kc-basic', 'bare');
    expect(who).toMatchObject({ name: 'bare', email: null, groups: [] });
  });

  test('tokens are renewed, and groups read again with them', async () => {
    const { who } = await signIn('kc-basic');
    const before = await world.credentials.accessTokenFor(who?.id ?? '', 'kc-basic');
    const after = await world.credentials.accessTokenFor(who?.id ?? '', 'kc-basic', { renew: true });
    expect(after.reveal()).not.toBe(before.reveal());
    expect(await world.credentials.grants.readMemberships(who?.id ?? '', 'kc-basic')).toEqual([{ vo: 'lab', subgroups: ['admins'] }]);
  });

  test('a person who is asked again proves it anew, and the session says since when', async () => {
    const { browser, who } = await signIn('kc-basic');
    world.clock.advance(Date.now() - world.clock.now().getTime());
    const page = await world.begin(browser, 'kc-basic', '?again=1');
    expect(page.url.host, 'Keycloak asks for the password, though it knows the browser').toBe(new URL(url).host);
    await passKeycloak(browser, page, 'ann', password);
    const again = await world.who(browser);
    expect(again?.id).toBe(who?.id);
    expect(Date.now() - (again?.authenticatedAt?.getTime() ?? 0)).toBeLessThan(60_000);
  });
});

describe('a refusal is told', () => {
  test.each<[string, object]>([
    ['kc-basic-wrong', { reason: 'client', said: expect.stringContaining('unauthorized_client') }],
    ['kc-scope', { reason: 'scope', said: expect.stringContaining('eduperson_entitlement') }],
    ['kc-gone', { reason: 'unreadable', said: expect.stringContaining('status') }],
    ['kc-urns-foreign', { reason: 'group', namespaces: ['urn:geant:kc.test'] }],
  ])('%s', async (id, expected) => {
    const { end, who } = await signIn(id);
    expect(who).toBeNull();
    expect(await world.refusal(end.url)).toMatchObject({ provider: 'Keycloak', ...expected });
  });

  // an address that is not registered is one that Keycloak sends nobody to: it tells by itself
  test.each(['kc-elsewhere', 'kc-no-code'])('%s by Keycloak itself, or here', async (id) => {
    const { end, who } = await signIn(id);
    expect(who).toBeNull();
    const refusal = await world.refusal(end.url);
    expect(refusal?.said ?? end.text).toMatch(/Invalid parameter: redirect_uri|unauthorized_client|disabled/);
  });

  test('and is in the audit', async () => {
    const rows = await world.db
      .selectFrom('audit')
      .select(['action', 'subject'])
      .where('action', 'in', ['sign-in-failed', 'denied'])
      .execute();
    expect(rows).toEqual(
      expect.arrayContaining([
        { action: 'sign-in-failed', subject: 'kc-scope' },
        { action: 'denied', subject: 'kc-urns-foreign' },
      ]),
    );
  });
});

describe('tokens that programs bring', () => {
  const grant = async (scope: string) => {
    const form = { grant_type: 'password', client_id: 'cli', username: 'ann', password, scope };
    const answer = await fetch(`${issuer}/protocol/openid-connect/token`, { method: 'POST', body: new URLSearchParams(form) });
    const tokens: { access_token: string; id_token: string; refresh_token: string } = await answer.json();
    return tokens;
  };
  const ask = (token: string) => world.identify({ method: 'GET', headers: new Headers({ authorization: `Bearer ${token}` }) });

  test('an access token of a named client is taken; the ID and the refresh token beside it are not', async () => {
    const { access_token, id_token, refresh_token } = await grant('openid profile email');
    expect(await ask(access_token)).toMatchObject({ name: 'Ann Bee', via: 'bearer' });
    await expect(ask(id_token)).rejects.toMatchObject({ code: 'not-signed-in' });
    await expect(ask(refresh_token)).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  test('a narrow one takes nothing from what is known', async () => {
    await ask((await grant('openid profile email')).access_token);
    expect(await ask((await grant('openid')).access_token)).toMatchObject({ name: 'Ann Bee', email: 'ann@kc.test' });
  });
});
