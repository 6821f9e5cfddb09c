import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import { type RigSite, siteThat } from '@/lib/sandbox/testing/rig';
import { lab, openTestApi, type TestApi } from '../fixtures';

let rig: RigSite;
let api: TestApi;
beforeAll(async () => {
  rig = await siteThat();
  api = await openTestApi({ sites: [{ ...lab, authUrl: rig.authUrl }], listProjects, connectCloud });
  const { password, ...user } = rig.user;
  const login = { kind: 'password' as const, user, password: new Secret(password) };
  await api.services.credentials.records.add('owner', { site: 'lab', name: 'x', kind: 'password', login, shown: {}, project: null });
});
afterAll(async () => {
  await api.store.close();
  await rig.close();
});

const wish = {
  recipe: 'virtual-machine',
  inputs: { allowed_cidr: '192.0.2.0/24', ports_cidr: '192.0.2.0/24' },
  placement: { machine: { site: 'lab' } },
};
const errors = ({ problems }: { problems: { severity: string; code: string }[] }) =>
  problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);

test('a plan is looked at by what was told a moment ago, and carried out by what is there when Deploy is pressed', async () => {
  expect(errors((await api.call('POST', '/plans', api.as.owner, wish)).json)).toEqual([]);
  await rig.becomes({ quotas: { instances: 0 } });
  // the plan on the screen is some seconds old, and still good
  expect(errors((await api.call('POST', '/plans', api.as.owner, wish)).json)).toEqual([]);
  const refused = await api.call('POST', '/deployments', api.as.owner, { ...wish, name: 'too-late' });
  expect(refused).toMatchObject({ status: 409, json: { code: 'quota-exceeded', detail: expect.stringMatching(/servers/) } });
  expect((await api.call('GET', '/deployments', api.as.owner)).json.items).toEqual([]);
});
