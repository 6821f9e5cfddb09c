import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { request } from './testing/cloud-client';
import { redeem, signIn } from './testing/sign-in';
import { startTestSandbox, type TestSandbox } from './testing/start';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.end());

const oidc = (path: string) => `${sandbox.url}/oidc/protocol/openid-connect${path}`;
const federation = (idp = 'egi.eu', protocol = 'openid') =>
  `${sandbox.url}/europe/v3/OS-FEDERATION/identity_providers/${idp}/protocols/${protocol}/auth`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('the OpenID provider', () => {
  it('gives entitlements in userinfo and introspection, and not in the ID token', async () => {
    const { access_token, id_token } = await signIn(sandbox.url, 'ada');
    const info = await request('GET', oidc('/userinfo'), undefined, bearer(access_token));
    expect(info.body).toMatchObject({ preferred_username: 'ada', email_verified: true });
    expect(info.body.voperson_id).toMatch(/^[0-9a-f]{64}@egi\.eu$/);
    expect(info.body.eduperson_entitlement).toContain('urn:mace:egi.eu:group:vo.sandbox.eu:role=vm_operator#aai.egi.eu');
    expect(info.body.entitlements).toEqual(info.body.eduperson_entitlement);
    const claims = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString()));
    expect(claims).not.toHaveProperty('eduperson_entitlement');
    expect(claims.iss).toBe(`${sandbox.url}/oidc`);
  });

  it('knows a person with 251 virtual organisations and one with none', async () => {
    const max = await signIn(sandbox.url, 'max');
    const noah = await signIn(sandbox.url, 'noah');
    expect((await request('GET', oidc('/userinfo'), undefined, bearer(max.access_token))).body.entitlements).toHaveLength(251);
    expect((await request('GET', oidc('/userinfo'), undefined, bearer(noah.access_token))).body.entitlements).toEqual([]);
  });

  it('rotates refresh tokens: an old one is refused and takes the grant with it', async () => {
    const first = await signIn(sandbox.url, 'ada');
    const second = await redeem(sandbox.url, { grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    await expect(redeem(sandbox.url, { grant_type: 'refresh_token', refresh_token: first.refresh_token })).rejects.toThrow(/invalid_grant/);
    await expect(redeem(sandbox.url, { grant_type: 'refresh_token', refresh_token: second.refresh_token })).rejects.toThrow(
      /invalid_grant/,
    );
  });

  it('offers its people on the sign-in page, marked as a sandbox', async () => {
    const query = 'client_id=cli&response_type=code&redirect_uri=http://127.0.0.1:9/cb&scope=openid&code_challenge_method=S256';
    const start = await request('GET', `${oidc('/auth')}?${query}&code_challenge=${'a'.repeat(43)}`);
    const cookie = start.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const page = await request('GET', new URL(start.headers.get('location') ?? '', sandbox.url).href, undefined, { cookie });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Sandbox');
    expect(page.body).toContain('href="?user=noah"');
  });

  it('refuses a sign-in without PKCE', async () => {
    const answer = await request(
      'GET',
      `${oidc('/auth')}?client_id=cli&response_type=code&redirect_uri=http://127.0.0.1:9/cb&scope=openid`,
    );
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  it('signs out at once who comes with an ID token, and asks who comes without', async () => {
    const { id_token, cookie } = await signIn(sandbox.url, 'ada');
    const unknown = await request('GET', oidc('/logout'), undefined, { cookie });
    expect(unknown.body).toContain('You are about to sign out');
    expect(unknown.body).not.toContain('click()');
    const known = await request('GET', `${oidc('/logout')}?id_token_hint=${id_token}`, undefined, { cookie });
    expect(known.body).toMatch(/name="logout" value="yes"[\s\S]*click\(\)/);
    const renewed = known.headers.getSetCookie().map((one) => one.split(';')[0]);
    const [, action = '', xsrf = ''] = /action="([^"]+)"[\s\S]*name="xsrf" value="([^"]+)"/.exec(known.body) ?? [];
    const form = new URLSearchParams({ xsrf, logout: 'yes' }).toString();
    const headers = { cookie: [cookie, ...renewed].join('; '), 'content-type': 'application/x-www-form-urlencoded' };
    const done = await request('POST', action, form, headers);
    const after = await request('GET', done.headers.get('location') ?? '', undefined, headers);
    expect(after.body).toContain('You have signed out of the sandbox.');
  });

  it('lets nobody use a revoked token', async () => {
    const { access_token } = await signIn(sandbox.url, 'ada');
    const body = new URLSearchParams({ token: access_token, client_id: 'cli' }).toString();
    await request('POST', oidc('/revoke'), body, { 'content-type': 'application/x-www-form-urlencoded' });
    expect((await request('GET', oidc('/userinfo'), undefined, bearer(access_token))).status).toBe(401);
    expect((await request('POST', federation(), undefined, bearer(access_token))).headers.get('www-authenticate')).toContain(
      'invalid_token',
    );
  });

  it('lets a device connect: code, confirmation, token', async () => {
    const device = await request('POST', oidc('/auth/device'), 'client_id=cli&scope=openid', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(device.body).toMatchObject({ expires_in: 600, verification_uri: expect.stringContaining('/oidc/device') });
    const page = await request('GET', device.body.verification_uri_complete);
    expect(page.status).toBe(200);
  });
});

describe('federated login', () => {
  it('maps a vm_operator to the project of the virtual organisation', async () => {
    const { access_token } = await signIn(sandbox.url, 'ada');
    const login = await request('POST', federation(), undefined, bearer(access_token));
    expect(login.status).toBe(201);
    const unscoped = login.headers.get('x-subject-token') ?? '';
    expect(login.body.token).toMatchObject({ methods: ['openid'], user: { 'OS-FEDERATION': { identity_provider: { id: 'egi.eu' } } } });
    expect(login.body.token).not.toHaveProperty('catalog');
    const { projects } = (await request('GET', `${sandbox.url}/europe/v3/auth/projects`, undefined, { 'x-auth-token': unscoped })).body;
    expect(projects.map((one: { name: string }) => one.name)).toEqual(['vo.sandbox.eu']);
    const scope = { project: { id: projects[0].id } };
    const scoped = await request('POST', `${sandbox.url}/europe/v3/auth/tokens`, {
      auth: { identity: { methods: ['token'], token: { id: unscoped } }, scope },
    });
    expect(scoped.status).toBe(201);
    expect(scoped.body.token.expires_at).toBe(login.body.token.expires_at);
    expect(scoped.body.token.catalog.map((one: { type: string }) => one.type).sort()).toEqual([
      'compute',
      'identity',
      'image',
      'load-balancer',
      'network',
      'volumev3',
    ]);
    expect((await request('GET', `${sandbox.url}/europe/v3/auth/catalog`, undefined, { 'x-auth-token': unscoped })).status).toBe(403);
  });

  it('knows the newer form of the entitlement, in which vm_operator is a subgroup', async () => {
    const { access_token } = await signIn(sandbox.url, 'max');
    expect((await request('POST', federation(), undefined, bearer(access_token))).status).toBe(201);
  });

  it('refuses someone without a virtual organisation in JSON, and a bad token as Apache does', async () => {
    const { access_token } = await signIn(sandbox.url, 'noah');
    const unmapped = await request('POST', federation(), undefined, bearer(access_token));
    expect(unmapped).toMatchObject({ status: 401, body: { error: { code: 401, title: 'Unauthorized' } } });
    expect(unmapped.headers.get('www-authenticate')).toMatch(/^Keystone uri=/);
    const bad = await request('POST', federation(), undefined, bearer('nonsense'));
    expect(bad.status).toBe(401);
    expect(bad.headers.get('www-authenticate')).toContain('Bearer error="invalid_token"');
    expect(bad.body).toContain('<title>401 Unauthorized</title>');
    expect((await request('POST', federation())).headers.get('www-authenticate')).toContain('invalid_request');
  });

  it('tells an unknown provider from an unknown protocol', async () => {
    const { access_token } = await signIn(sandbox.url, 'ada');
    const provider = await request('POST', federation('nope'), undefined, bearer(access_token));
    expect(provider).toMatchObject({ status: 404, body: { error: { message: 'Could not find Identity Provider: nope.' } } });
    const protocol = await request('POST', federation('egi.eu', 'nope'), undefined, bearer(access_token));
    expect(protocol).toMatchObject({ status: 401, body: { error: { identity: { methods: expect.arrayContaining(['openid']) } } } });
  });
});

it('keeps sign-ins, keys and secrets over a restart', async () => {
  const first = await startTestSandbox();
  const { dataDir, clientSecret } = first;
  const { refresh_token } = await signIn(first.url, 'ada');
  const keys = (await request('GET', `${first.url}/oidc/protocol/openid-connect/certs`)).body;
  await first.close();
  const second = await startTestSandbox(dataDir);
  try {
    expect(second.clientSecret).toBe(clientSecret);
    expect((await request('GET', `${second.url}/oidc/protocol/openid-connect/certs`)).body).toEqual(keys);
    await expect(redeem(second.url, { grant_type: 'refresh_token', refresh_token })).resolves.toHaveProperty('access_token');
  } finally {
    await second.end();
  }
});
