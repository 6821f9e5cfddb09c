import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import type { Reply, Seen } from '@/lib/web/testing/http-server';
import { type SmallCloud, smallCloud, token, unauthorized } from '../testing/small-cloud';
import type { CloudAuth } from '../types';
import { CloudSession } from './session';

const clouds: SmallCloud[] = [];
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
});
type Routes = Record<string, Reply | ((request: Seen) => Reply)>;

async function cloudWith(routes: (cloud: () => SmallCloud) => Routes = () => ({})): Promise<SmallCloud> {
  const cloud = await smallCloud(routes(() => cloud));
  clouds.push(cloud);
  return cloud;
}

const FEDERATED = '/v3/OS-FEDERATION/identity_providers/egi.eu/protocols';
const html401: Reply = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, text: '<html></html>' };
const unsupported: Reply = { status: 401, json: { error: { message: 'Attempted to authenticate with an unsupported method.' } } };

/** An access token that turns from `old` to `new` when it is renewed. */
function oidc(): { auth: CloudAuth; renewed: () => number } {
  let renewed = 0;
  const accessToken = async (options?: { renew?: boolean }) => {
    if (options?.renew) renewed++;
    return new Secret(renewed > 0 ? 'new' : 'old');
  };
  return { auth: { kind: 'oidc', identityProvider: 'egi.eu', protocol: 'openid', accessToken }, renewed: () => renewed };
}

describe('a password', () => {
  test('signs in without a scope, then for the project; both are kept', async () => {
    const cloud = await cloudWith();
    const one = await new CloudSession(cloud.endpoint, cloud.auth, 'p1').token();
    const two = await new CloudSession(cloud.endpoint, cloud.auth, 'p1').token();
    expect(two).toBe(one);
    expect(one).toMatchObject({ project: { id: 'p1' }, roles: ['member'] });
    expect(cloud.seen.map(({ body }) => JSON.parse(body).auth)).toEqual([
      {
        identity: { methods: ['password'], password: { user: { name: 'ann', domain: { name: 'Default' }, password: 'secret' } } },
        scope: 'unscoped',
      },
      { identity: { methods: ['token'], token: { id: 'token-1' } }, scope: { project: { id: 'p1' } } },
    ]);
  });

  test('twenty at once are two requests', async () => {
    const cloud = await cloudWith();
    await Promise.all(Array.from({ length: 20 }, () => new CloudSession(cloud.endpoint, cloud.auth, 'p1').token()));
    expect(cloud.seen).toHaveLength(2);
  });

  test('a wrong one never gets the token of the right one', async () => {
    const cloud = await cloudWith((it) => ({
      'POST /v3/auth/tokens': (request) => (request.body.includes('"wrong"') ? unauthorized : token(it(), request)),
    }));
    await new CloudSession(cloud.endpoint, cloud.auth, 'p1').token();
    const wrong: CloudAuth = { kind: 'password', user: { name: 'ann', domain: 'Default' }, password: new Secret('wrong') };
    await expect(new CloudSession(cloud.endpoint, wrong, 'p1').token()).rejects.toMatchObject({ code: 'credential-invalid' });
  });

  test('a foreign project is told from a token that has died', async () => {
    const cloud = await cloudWith((it) => ({
      'POST /v3/auth/tokens': (request) => (request.body.includes('"foreign"') ? unauthorized : token(it(), request)),
      'GET /v3/auth/projects': { json: { projects: [{ id: 'p1', name: 'testbed' }] } },
    }));
    await expect(new CloudSession(cloud.endpoint, cloud.auth, 'foreign').token()).rejects.toMatchObject({ code: 'project-not-yours' });

    const dying = await cloudWith((it) => ({
      'POST /v3/auth/tokens': (request) => (request.body.includes('token-1') ? unauthorized : token(it(), request)),
      'GET /v3/auth/projects': (request) => (request.headers['x-auth-token'] === 'token-1' ? unauthorized : { json: { projects: [] } }),
    }));
    expect((await new CloudSession(dying.endpoint, dying.auth, 'p1').token()).project?.id).toBe('p1');
  });

  test('lists the projects that are enabled, by the old path where there is no other', async () => {
    const projects = [
      { id: 'p1', name: 'one' },
      { id: 'p2', name: 'two', enabled: false },
    ];
    const cloud = await cloudWith(() => ({ 'GET /v3/OS-FEDERATION/projects': { json: { projects } } }));
    expect(await new CloudSession(cloud.endpoint, cloud.auth).projects()).toEqual([{ id: 'p1', name: 'one' }]);
  });

  test('without a project named, a single one is taken; of several one must be chosen', async () => {
    const one = await cloudWith(() => ({ 'GET /v3/auth/projects': { json: { projects: [{ id: 'p1', name: 'one' }] } } }));
    expect((await new CloudSession(one.endpoint, one.auth).token()).project?.id).toBe('p1');
    const projects = [
      { id: 'p1', name: 'one' },
      { id: 'p2', name: 'two' },
    ];
    const two = await cloudWith(() => ({ 'GET /v3/auth/projects': { json: { projects } } }));
    await expect(new CloudSession(two.endpoint, two.auth).token()).rejects.toMatchObject({
      code: 'invalid-input',
      detail: expect.stringContaining('one, two'),
    });
  });
});

describe('an application credential', () => {
  const auth: CloudAuth = { kind: 'applicationCredential', id: 'ac', secret: new Secret('s') };
  const scoped: Routes = { 'POST /v3/auth/tokens': (request) => token(clouds[0] as SmallCloud, { ...request, body: '"project"' }) };

  test('asks for no scope, and is scoped to its own project', async () => {
    const all = { json: { projects: [{ id: 'p0', name: 'another of its owner' }] } };
    const cloud = await cloudWith(() => ({ ...scoped, 'GET /v3/auth/projects': all }));
    const session = new CloudSession(cloud.endpoint, auth);
    expect((await session.token()).project?.id).toBe('p1');
    expect(await session.projects()).toEqual([{ id: 'p1', name: 'testbed' }]);
    expect(cloud.seen.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body))).toEqual([
      { auth: { identity: { methods: ['application_credential'], application_credential: { id: 'ac', secret: 's' } } } },
    ]);
  });

  test('may be named with its owner', async () => {
    const cloud = await cloudWith(() => scoped);
    const named: CloudAuth = { kind: 'applicationCredential', name: 'mine', user: { name: 'ann', domain: 'D' }, secret: new Secret('s') };
    await new CloudSession(cloud.endpoint, named).token();
    expect(JSON.parse(cloud.seen[0]?.body ?? '').auth.identity.application_credential).toEqual({
      name: 'mine',
      user: { name: 'ann', domain: { name: 'D' } },
      secret: 's',
    });
  });

  test('acts in no other project', async () => {
    const cloud = await cloudWith(() => scoped);
    await expect(new CloudSession(cloud.endpoint, auth, 'p2').token()).rejects.toMatchObject({ code: 'project-not-yours' });
  });
});

describe('an access token of an OpenID provider', () => {
  const accepts = (cloud: () => SmallCloud, wanted: string) => (request: Seen) =>
    request.headers.authorization === `Bearer ${wanted}` ? token(cloud(), request) : html401;

  test('is renewed once when the site finds it too old, for all who wait', async () => {
    const cloud = await cloudWith((it) => ({ [`POST ${FEDERATED}/openid/auth`]: accepts(it, 'new') }));
    const { auth, renewed } = oidc();
    await Promise.all(Array.from({ length: 5 }, () => new CloudSession(cloud.endpoint, auth, 'p1').token()));
    expect(renewed()).toBe(1);
    expect(cloud.seen.filter(({ url }) => url.includes('FEDERATION'))).toHaveLength(2);
  });

  test('that stays refused after it was renewed has expired', async () => {
    const cloud = await cloudWith((it) => ({ [`POST ${FEDERATED}/openid/auth`]: accepts(it, 'other') }));
    const { auth, renewed } = oidc();
    await expect(new CloudSession(cloud.endpoint, auth, 'p1').token()).rejects.toMatchObject({ code: 'credential-expired' });
    expect(renewed()).toBe(1);
  });

  test('of a person in no known VO is not renewed: it is good, and of no use', async () => {
    const cloud = await cloudWith(() => ({ [`POST ${FEDERATED}/openid/auth`]: unauthorized }));
    const { auth, renewed } = oidc();
    await expect(new CloudSession(cloud.endpoint, auth, 'p1').token()).rejects.toMatchObject({ code: 'vo-not-mapped' });
    expect(renewed()).toBe(0);
  });

  test('finds the protocol’s other name, and remembers it', async () => {
    const cloud = await cloudWith((it) => ({
      [`POST ${FEDERATED}/openid/auth`]: unsupported,
      [`POST ${FEDERATED}/oidc/auth`]: (request) => token(it(), request),
    }));
    await new CloudSession(cloud.endpoint, oidc().auth, 'p1').token();
    const other: CloudAuth = {
      kind: 'oidc',
      identityProvider: 'egi.eu',
      protocol: 'openid',
      accessToken: async () => new Secret('of another'),
    };
    await new CloudSession(cloud.endpoint, other, 'p1').token();
    expect(cloud.seen.filter(({ url }) => url.includes('FEDERATION')).map(({ url }) => url.split('/').at(-2))).toEqual([
      'openid',
      'oidc',
      'oidc',
    ]);
  });

  test('under no name that is known: says so, with the name that was set', async () => {
    const cloud = await cloudWith(() => ({ [`POST ${FEDERATED}/openid/auth`]: unsupported, [`POST ${FEDERATED}/oidc/auth`]: unsupported }));
    await expect(new CloudSession(cloud.endpoint, oidc().auth, 'p1').token()).rejects.toMatchObject({
      code: 'protocol-unsupported',
      detail: expect.stringContaining('openid'),
    });
  });
});

describe('the end of tokens', () => {
  test('near its end a token is replaced', async () => {
    const cloud = await cloudWith();
    const clock = new ManualClock(new Date());
    const session = new CloudSession(cloud.endpoint, cloud.auth, 'p1', clock);
    const first = await session.token();
    clock.advance(57 * 60_000);
    expect(await session.token()).toBe(first);
    clock.advance(2 * 60_000);
    expect(await session.token()).not.toBe(first);
  });

  test('at their end twenty requests at once make one sign-in and one token for the project, whoever asks', async () => {
    const cloud = await cloudWith();
    const clock = new ManualClock(new Date());
    const sessions = Array.from({ length: 20 }, () => new CloudSession(cloud.endpoint, cloud.auth, 'p1', clock));
    const all = () => Promise.all(sessions.map((session) => session.token()));
    await all();
    expect(cloud.tokens).toBe(2);
    clock.advance(59 * 60_000);
    const fresh = await all();
    expect(cloud.tokens).toBe(4);
    expect(new Set(fresh.map(({ value }) => value.reveal())).size).toBe(1);
  });

  test('signing out revokes what was used, and the next call signs in anew', async () => {
    const cloud = await cloudWith((it) => ({
      'DELETE /v3/auth/tokens': (request) => {
        it().revoked.add(String(request.headers['x-subject-token']));
        return { status: 204 };
      },
    }));
    const session = new CloudSession(cloud.endpoint, cloud.auth, 'p1');
    const old = await session.token();
    await session.end();
    expect([...cloud.revoked].sort()).toEqual(['token-1', 'token-2']);
    expect((await session.token()).value.reveal()).not.toBe(old.value.reveal());
  });

  test('a session that did nothing signs nobody in to sign out', async () => {
    const cloud = await cloudWith();
    await new CloudSession(cloud.endpoint, cloud.auth, 'p1').end();
    expect(cloud.seen).toHaveLength(0);
  });
});

test('an answer that holds no token is not taken for one', async () => {
  const portal = await cloudWith(() => ({ 'POST /v3/auth/tokens': { status: 200, text: '<html>Welcome to our Wi-Fi</html>' } }));
  await expect(new CloudSession(portal.endpoint, portal.auth, 'p1').token()).rejects.toMatchObject({ code: 'site-catalog-incomplete' });
  const bare = await cloudWith(() => ({ 'POST /v3/auth/tokens': { status: 201, json: { token: {} } } }));
  await expect(new CloudSession(bare.endpoint, bare.auth, 'p1').token()).rejects.toMatchObject({ code: 'upstream-failed' });
});
