import { describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud, createApplicationCredential, deleteApplicationCredential, describeApplicationCredential, listProjects } from '..';
import { Keystone } from '../keystone/keystone';
import { CloudSession } from '../keystone/session';
import { type ContractSubject, federated, runName } from './subject';

export function federation({ endpoint }: ContractSubject, by: NonNullable<ContractSubject['federation']>): void {
  const refused = (code: string) => expect.objectContaining({ code, remedy: expect.any(String) });

  test.each(by.members)('%s finds the projects of the VO, and acts there', async (person) => {
    const auth = federated(by, await by.accessToken(person));
    const [project] = await listProjects(endpoint, auth);
    const cloud = await connectCloud(endpoint, auth, project?.id ?? '');
    expect(cloud.identity.project).toEqual(project);
    expect(await cloud.compute.flavors()).not.toEqual([]);
  });

  test.each(by.members)('%s sees their own projects, and no others', async (person) => {
    const projects = await listProjects(endpoint, federated(by, await by.accessToken(person)));
    expect(projects.map(({ name }) => name).sort()).toEqual(by.projectsOf(person).sort());
  });

  const { many, deviceToken } = by;
  if (many) {
    test('who is in hundreds of VOs is let in like others', async () => {
      const token = await by.accessToken(many.person);
      expect(await by.entitlements(token)).toBe(many.entitlements);
      const projects = await listProjects(endpoint, federated(by, token));
      expect(projects.map(({ name }) => name).sort()).toEqual(by.projectsOf(many.person).sort());
    });
  }

  if (deviceToken) {
    test('a token of the device flow opens what one of a sign-in does', async () => {
      const person = by.members[0] ?? '';
      const auth = federated(by, await deviceToken(person));
      const projects = await listProjects(endpoint, auth);
      expect(projects.map(({ name }) => name).sort()).toEqual(by.projectsOf(person).sort());
      expect(await (await connectCloud(endpoint, auth, projects[0]?.id)).compute.flavors()).not.toEqual([]);
    });
  }

  test('a token of another provider opens nothing', async () => {
    await expect(listProjects(endpoint, federated(by, await by.foreignToken()))).rejects.toEqual(refused('credential-expired'));
  });

  test('signing out ends the unscoped token and that of the project', async () => {
    const auth = federated(by, await by.accessToken(by.members[0] ?? ''));
    const project = (await listProjects(endpoint, auth))[0]?.id ?? '';
    const session = new CloudSession(endpoint, auth, project);
    const token = await session.token();
    const asking = () => fetch(`${endpoint.authUrl}/auth/projects`, { headers: { 'x-auth-token': token.value.reveal() } });
    expect((await asking()).status).toBe(200);
    await session.end();
    expect((await asking()).status).toBe(401);
  });

  describe('who makes an application credential by it', () => {
    const maker = async () => {
      const auth = federated(by, await by.accessToken(by.members[0] ?? ''));
      return { auth, project: (await listProjects(endpoint, auth))[0]?.id ?? '' };
    };
    const wanted = { name: `${runName}-federated`, description: 'contract' };

    test.skipIf(!by.keepsRoles)('gets one with the roles of a member and its end, which dies when it is revoked', async () => {
      const { auth, project } = await maker();
      const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 86_400_000);
      const made = await createApplicationCredential(endpoint, auth, project, { ...wanted, expiresAt });
      const by_ = { kind: 'applicationCredential', ...made } as const;
      try {
        const cloud = await connectCloud(endpoint, by_);
        expect(cloud.identity.project.id).toBe(project);
        expect(cloud.identity.roles).toContain('member');
        expect(await describeApplicationCredential(endpoint, by_)).toMatchObject({ name: wanted.name, expiresAt });
      } finally {
        await deleteApplicationCredential(endpoint, auth, project, made.id);
      }
      // a Keystone of several processes may remember it for a moment in those that did not delete it
      const again = () =>
        new Keystone(endpoint, 'applicationCredential').signIn(by_).then(
          () => 'good',
          (error: unknown) => error,
        );
      await expect.poll(again, { timeout: 60_000, interval: 1_000 }).toEqual(refused('credential-invalid'));
    });

    test.skipIf(by.keepsRoles)('is told why not, where their roles are not kept', async () => {
      const { auth, project } = await maker();
      const refusal = createApplicationCredential(endpoint, auth, project, wanted);
      await expect(refusal).rejects.toMatchObject({
        code: 'upstream-refused',
        cause: expect.stringContaining('default_authorization_ttl'),
      });
    });

    test('is told to join, where they are in no VO', async () => {
      const auth = federated(by, await by.accessToken(by.stranger));
      await expect(createApplicationCredential(endpoint, auth, 'any', wanted)).rejects.toEqual(refused('vo-not-mapped'));
    });
  });

  test('who is in no VO that the site knows is told so', async () => {
    const auth = federated(by, await by.accessToken(by.stranger));
    const refusal = await listProjects(endpoint, auth).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'vo-not-mapped',
      title: expect.stringContaining('virtual organisation'),
      detail: expect.stringContaining(endpoint.site),
      cause: expect.stringMatching(/membership is not active yet/),
      remedy: expect.stringMatching(/join a VO/),
    });
  });

  test('one that is no token, and one that has died, are told from that', async () => {
    for (const token of [new Secret('garbage'), await by.deadToken()]) {
      await expect(listProjects(endpoint, federated(by, token))).rejects.toEqual(refused('credential-expired'));
    }
  });

  test('one that has died is renewed once', async () => {
    const auth = federated(by, await by.deadToken(), await by.accessToken(by.members[0] ?? ''));
    expect(await listProjects(endpoint, auth)).not.toEqual([]);
  });

  test('the protocol and the identity provider are found by their other names, one that is unknown by all is refused', async () => {
    const token = await by.accessToken(by.members[0] ?? '');
    const auth = federated(by, token);
    expect(await listProjects(endpoint, { ...auth, protocol: 'oidc' })).not.toEqual([]);
    const { identityProvider } = auth;
    expect(await listProjects(endpoint, { ...auth, identityProvider: 'other', otherNames: ['another', identityProvider] })).not.toEqual([]);
    await expect(listProjects(endpoint, { ...auth, identityProvider: 'nope' })).rejects.toEqual(refused('identity-provider-unknown'));
  });
}
