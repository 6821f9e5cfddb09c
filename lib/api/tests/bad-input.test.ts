import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import { openTestApi, passwordOf, type TestApi } from '../fixtures';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({
    listProjects: async (_, auth) => {
      if (passwordOf(auth).includes('canary')) throw new AppError({ code: 'credential-invalid', title: 'The password is wrong' });
      return [];
    },
  });
});
afterAll(() => api.store.close());

const end = new Date(Date.now() + 86_400_000).toISOString();
const good = { name: 'x', scope: 'read', expiresAt: end };
const plan = { recipe: 'virtual-machine' };
const password = { kind: 'password', site: 'lab', name: 'x', username: 'u', password: 'canary-secret' };
const deep = JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`);

describe('what can’t be used is a problem that names the field, and nothing is stored', () => {
  test.each<[string, string, unknown, number, string | undefined]>([
    ['not JSON', '/tokens', '{"name":', 400, undefined],
    ['a list', '/tokens', [], 422, ''],
    ['null', '/tokens', 'null', 422, ''],
    ['nothing', '/tokens', '', 422, 'name'],
    ['an unknown field', '/tokens', { ...good, admin: true }, 422, 'admin'],
    ['a wrong type', '/tokens', { ...good, name: 7 }, 422, 'name'],
    ['too long', '/tokens', { ...good, name: 'x'.repeat(101) }, 422, 'name'],
    ['only spaces', '/tokens', { ...good, name: '   ' }, 422, 'name'],
    ['NUL', '/tokens', { ...good, name: 'a\u0000b' }, 422, 'name'],
    ['half a surrogate pair', '/tokens', '{"name":"\\ud800","scope":"read"}', 422, 'name'],
    ['an end in the past', '/tokens', { ...good, expiresAt: '2020-01-01T00:00:00Z' }, 422, 'expiresAt'],
    ['an end too far', '/tokens', { ...good, expiresAt: '2099-01-01T00:00:00Z' }, 422, 'expiresAt'],
    ['no date', '/tokens', { ...good, expiresAt: 'tomorrow' }, 422, 'expiresAt'],
    ['a prototype', '/plans', '{"recipe":"virtual-machine","inputs":{"__proto__":{"a":1}}}', 422, 'inputs'],
    ['nested too deeply', '/plans', { ...plan, inputs: { a: deep } }, 422, undefined],
    ['an unknown field inside', '/plans', { ...plan, placement: { machine: { site: 'lab', zone: 'x' } } }, 422, 'placement.machine.zone'],
    ['an unknown recipe', '/plans', { recipe: '../../etc/passwd' }, 404, undefined],
    ['an unknown add-on', '/plans', { ...plan, addOns: ['nothing'] }, 422, 'addOns'],
    ['an unknown group', '/sites/match', { ...plan, group: 'none' }, 422, 'group'],
    ['HTML in a name', '/deployments', { ...plan, name: '<script>alert(1)</script>' }, 422, 'name'],
    ['a line break in a name', '/deployments', { ...plan, name: 'a\nb: c' }, 422, 'name'],
    ['shell in a name', '/deployments', { ...plan, name: 'a; rm -rf $(x)' }, 422, 'name'],
    [
      'a deployment nowhere',
      '/deployments',
      { ...plan, name: 'x', placement: { machine: { site: 'nowhere' } } },
      422,
      'placement.machine.site',
    ],
    ['an end in the past', '/deployments', { ...plan, name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 422, 'expiresAt'],
    ['a private key', '/ssh-keys', { name: 'x', publicKey: '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-secret' }, 422, 'publicKey'],
    ['a key with options', '/ssh-keys', { name: 'x', publicKey: 'command="rm -rf /" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5' }, 422, 'publicKey'],
    [
      'two keys',
      '/ssh-keys',
      { name: 'x', publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5' },
      422,
      'publicKey',
    ],
    ['a key cut off', '/ssh-keys', { name: 'x', publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA' }, 422, 'publicKey'],
    ['an unknown kind', '/credentials', { ...password, kind: 'oidc' }, 422, 'kind'],
    ['an unknown site', '/credentials', { ...password, site: 'nowhere' }, 422, 'site'],
    ['a wrong password', '/credentials', password, 422, undefined],
    ['a device flow nowhere', '/credentials/device', { site: 'nowhere' }, 422, 'site'],
    ['a device flow where there is none', '/credentials/device', { site: 'lab' }, 422, 'site'],
    ['a credential made by another', '/credentials/make', { site: 'lab', with: 'cred_canary-secret', name: 'x' }, 422, 'with'],
    ['a credential made for ever', '/credentials/make', { site: 'lab', with: 'oidc:lab', name: 'x', days: 9999 }, 422, 'days'],
    ['a credential made for half a day', '/credentials/make', { site: 'lab', with: 'oidc:lab', name: 'x', days: 0.5 }, 422, 'days'],
    ['a file that is neither', '/credentials/read', { text: 'canary-secret' }, 422, 'text'],
    [
      'an openrc file that would run something',
      '/credentials',
      { kind: 'openrc', site: 'lab', name: 'x', openrc: 'export OS_AUTH_URL="$(canary-secret)"' },
      422,
      'openrc',
    ],
    ['no clouds.yaml', '/credentials', { kind: 'cloudsYaml', site: 'lab', name: 'x', yaml: 'canary-secret' }, 422, 'yaml'],
    [
      'a clouds.yaml of another site',
      '/credentials',
      {
        kind: 'cloudsYaml',
        site: 'lab',
        name: 'x',
        yaml: 'clouds: {a: {auth: {auth_url: "http://evil.test/v3", username: u, password: canary-secret}}}',
      },
      422,
      'yaml',
    ],
  ])('%s to %s', async (_, path, body, status, field) => {
    const before = await counts();
    const answer = await api.call('POST', path, api.as.owner, body);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.json).toMatchObject({
      status,
      code: expect.any(String),
      title: expect.any(String),
      requestId: expect.stringMatching(/^req_/),
    });
    if (field !== undefined) expect(answer.json.fields.map(({ path: at }: { path: string }) => at)).toContain(field);
    expect(answer.text).not.toContain('canary-secret');
    expect(await counts()).toEqual(before);
  });

  test('a body over 1 MiB is 413, whether it says its size or not', async () => {
    const large = JSON.stringify({ ...good, name: 'x'.repeat(1024 * 1024) });
    expect((await api.call('POST', '/tokens', api.as.owner, large)).status).toBe(413);
    const stream = new Blob([large]).stream();
    const init = { method: 'POST', headers: api.as.owner, body: stream, duplex: 'half' };
    const request = new Request('http://transat.test/api/v1/tokens', init);
    expect((await api.raw(request)).status).toBe(413);
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body that says it is %s is refused, though it is JSON',
    async (type) => {
      const before = await counts();
      const headers = { ...api.as.owner, ...(type ? { 'content-type': type } : {}) };
      const body = new TextEncoder().encode(JSON.stringify(good));
      const answer = await api.raw(new Request('http://transat.test/api/v1/tokens', { method: 'POST', headers, body }));
      expect([answer.status, (await answer.json()).code]).toEqual([415, 'unsupported-media-type']);
      expect(await counts()).toEqual(before);
    },
  );

  test('another method than those of a path is told which there are', async () => {
    const answer = await api.call('PUT', '/tokens', api.as.owner, good);
    expect(answer).toMatchObject({ status: 405, json: { code: 'method-not-allowed' } });
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });

  test.each([
    '/nothing',
    '/deployments/a/b/c',
    '/deployments/%00',
    '/deployments/%E0%A4',
    `/deployments/${'x'.repeat(400)}`,
    '/Recipes',
    '',
  ])('the path %s is a 404 problem', async (path) => {
    expect(await api.call('GET', path, api.as.owner)).toMatchObject({ status: 404, json: { code: 'not-found' } });
  });

  test.each([
    ['/deployments?limit=0', 'limit'],
    ['/deployments?limit=1e9', 'limit'],
    ['/deployments?cursor=abc', 'cursor'],
    [`/deployments?cursor=${Buffer.from('["x","y"]').toString('base64url')}`, 'cursor'],
    ['/deployments?state=fine', 'state'],
    ['/recipes?kind=all', 'kind'],
    ['/recipes/slurm?language=fr', 'language'],
    ['/recipe-texts?language=en', 'language'],
    [`/recipes?cursor=${Buffer.from('[-1]').toString('base64url')}`, 'cursor'],
  ])('the query %s names %s', async (path, field) => {
    const answer = await api.call('GET', path, api.as.owner);
    expect(answer).toMatchObject({ status: 422, json: { fields: [{ path: field }] } });
  });

  test('text that means something to SQL is only text', async () => {
    for (const q of ["' or 1=1 --", '%', '\\', '_', '\u0000']) {
      expect((await api.call('GET', `/deployments?q=${encodeURIComponent(q)}`, api.as.owner)).json.items).toEqual([]);
    }
  });
});

async function counts(): Promise<unknown[]> {
  const { db } = api.store;
  const tables = ['tokens', 'ssh_keys', 'credentials', 'deployments', 'resources', 'idempotency_keys'] as const;
  return await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as('rows'))
        .executeTakeFirst(),
    ),
  );
}

describe('Idempotency-Key', () => {
  const headers = (key: string) => ({ ...api.as.owner, 'idempotency-key': key });

  test('a repeated write is done once and answered the same, also when both come at once', async () => {
    const first = await api.call('POST', '/tokens', headers('one'), good);
    const again = await api.call('POST', '/tokens', headers('one'), good);
    expect(again).toMatchObject({ status: 201, json: first.json });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const both = await Promise.all([1, 2].map(() => api.call('POST', '/tokens', headers('both'), good)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('the kept answer can’t be read in the database', async () => {
    const { json } = await api.call('POST', '/tokens', headers('sealed'), good);
    const row = await api.store.db.selectFrom('idempotency_keys').selectAll().where('key', '=', 'sealed').executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(json.token);
  });

  test('the same key for something else is refused; what failed may be tried again', async () => {
    await api.call('POST', '/tokens', headers('two'), good);
    expect(await api.call('POST', '/tokens', headers('two'), { ...good, name: 'y' })).toMatchObject({ status: 409 });
    expect((await api.call('POST', '/tokens', headers('three'), { ...good, name: '' })).status).toBe(422);
    expect((await api.call('POST', '/tokens', headers('three'), { ...good, name: '' })).status).toBe(422);
    expect((await api.call('POST', '/tokens', headers('x'.repeat(201)), good)).status).toBe(422);
  });
});
