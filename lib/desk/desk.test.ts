import { afterEach, describe, expect, test } from 'vitest';
import { lab, openTestApi, type TestApi } from '@/lib/api/fixtures';
import type { SiteConfig } from '@/lib/core/config';
import { AppError } from '@/lib/core/errors';
import { Secret } from '@/lib/core/secret';
import type { Site } from '@/lib/sites/types';
import type { Visitor } from './types';

let api: TestApi | undefined;
afterEach(() => api?.store.close());

const ann: Visitor = { id: 'owner', provider: 'op', groups: [{ vo: 'vo.lab.eu', subgroups: [] }] };
const numbered = (index: number): SiteConfig => ({
  ...lab,
  id: `site-${index}`,
  name: `Site ${index}`,
  authUrl: `http://k${index}.test/v3`,
});

async function holdKeys(api: TestApi, sites: SiteConfig[]): Promise<void> {
  const login = { kind: 'password' as const, user: { name: 'u', domain: 'Default' }, password: new Secret('p') };
  for (const { id } of sites)
    await api.services.credentials.records.add('owner', { site: id, name: id, kind: 'password', login, shown: {}, project: null });
}

describe('the survey of many sites', () => {
  test('a hung site holds up no other, and is unknown until its deadline', async () => {
    const sites = Array.from({ length: 40 }, (_, index) => numbered(index));
    api = await openTestApi({
      sites,
      listProjects: async ({ site }) => {
        if (site === 'site-7') return await new Promise<never>(() => {});
        if (site === 'site-8') throw new AppError({ code: 'site-unreachable', title: 'Nothing answers' });
        if (site === 'site-9') throw new AppError({ code: 'credential-invalid', title: 'The password is wrong' });
        if (site === 'site-10') throw new AppError({ code: 'vo-not-mapped', title: 'The VO is not known' });
        return [{ id: `p-${site}`, name: 'project' }];
      },
    });
    await holdKeys(api, sites);
    const found = await api.services.desk.survey(ann, api.services.sites.common, 1000);
    const access = (index: number) => found.get(`site-${index}`)?.access;
    expect([7, 8, 9, 10].map(access)).toEqual([undefined, 'unreachable', 'needs-credential', 'denied']);
    expect([...found.values()].filter((each) => each?.access === 'ready')).toHaveLength(36);
  });

  test('what was learnt is used again, until the person’s credentials change', async () => {
    let asked = 0;
    api = await openTestApi({
      listProjects: async () => {
        asked += 1;
        return [{ id: 'p', name: 'project' }];
      },
    });
    await holdKeys(api, [lab]);
    const { desk, sites } = api.services;
    const [site] = sites.common as [Site];
    await Promise.all([desk.access(ann, site), desk.access(ann, site)]);
    await desk.access(ann, site);
    expect(asked).toBe(1);
    desk.forget('owner');
    await desk.access(ann, site);
    expect(asked).toBe(2);
  });

  test('a bad answer is not used again for somebody who looks at the site alone', async () => {
    let up = false;
    api = await openTestApi({
      listProjects: async () => {
        if (!up) throw new AppError({ code: 'site-unreachable', title: 'Nothing answers' });
        return [{ id: 'p', name: 'project' }];
      },
    });
    await holdKeys(api, [lab]);
    const { desk, sites } = api.services;
    const [site] = sites.common as [Site];
    expect((await desk.accessNow(ann, site)).access).toBe('unreachable');
    up = true;
    expect((await desk.access(ann, site)).access).toBe('unreachable');
    expect((await desk.accessNow(ann, site)).access).toBe('ready');
  });
});

test('a token goes only to sites that serve the person’s virtual organisations', async () => {
  const asked: string[] = [];
  api = await openTestApi({
    listProjects: async ({ site }) => {
      asked.push(site);
      return [{ id: 'p', name: 'project' }];
    },
  });
  const { credentials, desk, sites } = api.services;
  await credentials.grants.keep('owner', 'op', { accessToken: new Secret('a'), expiresIn: 3600 });
  const site = (id: string, projects: Record<string, string>): Site => ({
    ...(sites.common[0] as Site),
    id,
    name: id,
    provider: 'egi',
    authUrl: `http://${id}.test/v3`,
    methods: ['oidc'],
    oidcProvider: 'op',
    identityProvider: 'egi.eu',
    protocol: 'openid',
    projects,
    rules: {},
  });
  const all = [
    site('mine', { 'vo.lab.eu': 'x' }),
    site('theirs', { 'vo.other.eu': 'y' }),
    { ...site('strange', { 'vo.lab.eu': 'z' }), oidcProvider: 'other' },
  ];
  const found = await desk.survey(ann, all, 1000);
  expect(asked).toEqual(['mine']);
  expect(found.get('mine')?.access).toBe('ready');
  expect(found.get('theirs')).toMatchObject({ access: 'denied', reason: { detail: expect.stringContaining('vo.other.eu') } });
  expect(found.get('strange')?.access).toBe('needs-credential');
});

describe('credentials', () => {
  const given = { kind: 'password', site: 'lab', name: 'mine', username: 'u', password: 'canary-password-of-some-length' };

  test('are tried before they are stored, shown without their secret, and kept while deployments need them', async () => {
    api = await openTestApi({
      listProjects: async () => [{ id: 'p1', name: 'testbed' }],
      // only what a try of a credential looks at
      connectCloud: async () => ({ identity: { user: { name: 'u' }, project: { id: 'p1', name: 'testbed' }, roles: ['member'] } }) as never,
    });
    const { call, as, store } = api;
    const made = await call('POST', '/credentials', as.owner, given);
    expect(made).toMatchObject({ status: 201, json: { project: { id: 'p1', name: 'testbed' }, shown: { username: 'u' }, problem: null } });
    const { id } = made.json;
    expect((await call('POST', `/credentials/${id}/check`, as.owner)).json.problem).toBeNull();
    expect((await call('PATCH', `/credentials/${id}`, as.owner, { name: 'renamed', secret: 'another-canary-password' })).json.name).toBe(
      'renamed',
    );
    const texts = await Promise.all(['/credentials', `/credentials/${id}`, '/sites'].map((path) => call('GET', path, as.owner)));
    expect(texts.map(({ text }) => text).join()).not.toContain('canary');
    const dump = JSON.stringify(await store.db.selectFrom('credentials').selectAll().execute());
    expect(dump).not.toContain('canary');
    expect(Buffer.from(JSON.parse(dump)[0].secret.data).toString('latin1')).not.toContain('canary');
    expect((await call('DELETE', `/credentials/${id}`, as.owner)).status).toBe(204);
    expect((await call('GET', `/credentials/${id}`, as.owner)).status).toBe(404);
  });

  test('a project that the credential does not lead to is refused, and nothing is stored', async () => {
    api = await openTestApi({ listProjects: async () => [{ id: 'p1', name: 'testbed' }] });
    const refused = await api.call('POST', '/credentials', api.as.owner, { ...given, project: 'foreign' });
    expect(refused).toMatchObject({ status: 403, json: { code: 'project-not-yours', detail: expect.stringContaining('testbed') } });
    expect((await api.call('GET', '/credentials', api.as.owner)).json.items).toEqual([]);
  });
});

test('a ranking reads what is at the sites that answer while another one still hangs', async () => {
  let giveUp = () => {};
  const hung = new Promise<never>((_, reject) => {
    giveUp = () => reject(new AppError({ code: 'site-unreachable', title: 'Nothing answers' }));
  });
  let entered = (_site: string) => {};
  const reading = new Promise<string>((resolve) => {
    entered = resolve;
  });
  const sites = [numbered(0), numbered(1)];
  api = await openTestApi({
    sites,
    listProjects: async ({ site }) => (site === 'site-0' ? await hung : [{ id: 'p', name: 'project' }]),
    connectCloud: async ({ site }) => {
      entered(site);
      throw new AppError({ code: 'site-unreachable', title: 'Gone again' });
    },
  });
  await holdKeys(api, sites);
  const ranking = api.call('POST', '/sites/match', api.as.owner, { recipe: 'virtual-machine', addOns: [], inputs: {} });
  expect(await reading).toBe('site-1');
  giveUp();
  const { json } = await ranking;
  expect(json.items.map((item: { site: string; reasons: { text: string }[] }) => [item.site, item.reasons[0]?.text])).toEqual([
    ['site-0', expect.stringContaining('Nothing answers')],
    ['site-1', expect.stringContaining('Gone again')],
  ]);
});
