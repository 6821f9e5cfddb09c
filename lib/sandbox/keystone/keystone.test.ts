import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, credentials, request } from '../testing/cloud-client';
import { startTestSandbox, type TestSandbox } from '../testing/start';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.end());

const tokens = (auth: unknown, cloud = 'america') => request('POST', `${sandbox.url}/${cloud}/v3/auth/tokens`, { auth });
const generic = { error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' } };

describe('Keystone', () => {
  it('answers discovery with a choice of one, then the version', async () => {
    const root = await request('GET', `${sandbox.url}/america/`);
    expect(root.status).toBe(300);
    expect(root.body.versions.values[0].links[0].href).toBe(`${sandbox.url}/america/v3/`);
    expect((await request('GET', `${sandbox.url}/america/v3/`)).body.version.id).toBe('v3.14');
  });

  it('signs in with a password, scoped and unscoped', async () => {
    const { user, project } = await credentials(sandbox.url, 'america');
    const identity = {
      methods: ['password'],
      password: { user: { name: user.name, domain: { name: user.domain }, password: user.password } },
    };
    expect((await tokens({ identity })).body.token).not.toHaveProperty('project');
    const scoped = await tokens({ identity, scope: { project: { name: project.name, domain: { name: user.domain } } } });
    expect(scoped.body.token).toMatchObject({ project: { id: project.id }, roles: [{ name: 'reader' }, { name: 'member' }] });
    expect(scoped.body.token.catalog.map((one: { type: string }) => one.type)).toContain('reservation');
  });

  it('refuses a wrong password, a wrong domain and a foreign project in the same words', async () => {
    const { user } = await credentials(sandbox.url, 'america');
    const as = (password: string, domain: string, scope?: unknown) =>
      tokens({ identity: { methods: ['password'], password: { user: { name: user.name, domain: { name: domain }, password } } }, scope });
    for (const answer of [
      await as('wrong', user.domain),
      await as(user.password, 'elsewhere'),
      await as(user.password, user.domain, { project: { id: 'f'.repeat(32) } }),
    ]) {
      expect(answer).toMatchObject({ status: 401, body: generic });
    }
  });

  it('treats application credentials as Keystone does: wrong secret 401, unknown id 404, a scope 401 with a reason', async () => {
    const { applicationCredential } = await credentials(sandbox.url, 'america');
    const by = (application_credential: unknown, scope?: unknown) =>
      tokens({ identity: { methods: ['application_credential'], application_credential }, scope });
    expect(await by({ ...applicationCredential, secret: 'x' })).toMatchObject({ status: 401, body: generic });
    expect(await by({ id: 'nope', secret: 'x' })).toMatchObject({
      status: 404,
      body: { error: { message: 'Could not find Application Credential: nope.' } },
    });
    const scoped = await by(applicationCredential, { project: { id: 'x' } });
    expect(scoped.status).toBe(401);
    expect(scoped.body.error.message).toContain('Application credentials cannot request a scope.');
  });

  it('mints application credentials, whose own cannot mint more, and which end with their deletion', async () => {
    const { user, project } = await credentials(sandbox.url, 'europe');
    const identity = {
      methods: ['password'],
      password: { user: { name: user.name, domain: { name: user.domain }, password: user.password } },
    };
    const login = await tokens({ identity, scope: { project: { id: project.id } } }, 'europe');
    const token = { 'x-auth-token': login.headers.get('x-subject-token') ?? '' };
    const base = `${sandbox.url}/europe/v3/users/${login.body.token.user.id}/application_credentials`;
    const made = (await request('POST', base, { application_credential: { name: 'mine', roles: [{ name: 'member' }] } }, token)).body
      .application_credential;
    const signIn = () =>
      tokens({ identity: { methods: ['application_credential'], application_credential: { id: made.id, secret: made.secret } } }, 'europe');
    const minted = await signIn();
    expect(minted.body.token.roles).toEqual([expect.objectContaining({ name: 'member' })]);
    const own = { 'x-auth-token': minted.headers.get('x-subject-token') ?? '' };
    expect((await request('POST', base, { application_credential: { name: 'more' } }, own)).status).toBe(403);
    expect((await request('POST', base, { application_credential: { name: 'mine' } }, token)).status).toBe(409);
    expect((await request('DELETE', `${base}/${made.id}`, undefined, token)).status).toBe(204);
    expect((await signIn()).status).toBe(404);
    expect((await request('GET', `${sandbox.url}/europe/compute/v2.1/servers`, undefined, own)).status).toBe(401);
  });

  it('ends tokens when they are revoked, and after their hour', async () => {
    const cloud = await connect(sandbox.url, 'america');
    const mine = { 'x-auth-token': cloud.token, 'x-subject-token': cloud.token };
    expect((await cloud.compute('GET', '/servers')).status).toBe(200);
    expect((await request('DELETE', `${sandbox.url}/america/v3/auth/tokens`, undefined, mine)).status).toBe(204);
    expect((await cloud.compute('GET', '/servers')).status).toBe(401);
    const next = await connect(sandbox.url, 'america');
    sandbox.clock.advance(3_600_001);
    expect((await next.network('GET', '/networks')).body).toMatchObject({ error: { code: 401 } });
  });

  it.each([
    ['compute/v2.1/servers', 'application/json'],
    ['network/v2.0/networks', 'application/json'],
    ['reservation/v1/leases', 'application/json'],
    ['image/v2/images', 'text/html; charset=UTF-8'],
  ])('%s without a good token is a 401 that names Keystone', async (path, type) => {
    const answer = await request('GET', `${sandbox.url}/america/${path}`, undefined, { 'x-auth-token': 'junk' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(`Keystone uri="${sandbox.url}/america"`);
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it.each(['{}', '{bad', '[]', '{"auth":{}}', '{"auth":{"identity":{"methods":"password"}}}'])(
    '%s as a request for a token is a 400',
    async (body) => {
      expect((await request('POST', `${sandbox.url}/america/v3/auth/tokens`, body)).status).toBe(400);
    },
  );
});
