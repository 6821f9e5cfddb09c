import { beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { connectCloud, createApplicationCredential, deleteApplicationCredential, findApplicationCredentials, listProjects } from '..';
import { Keystone } from '../keystone/keystone';
import { CloudSession } from '../keystone/session';
import type { CloudAuth } from '../types';
import { type ContractSubject, memberOf, projectId, runName } from './subject';

export function signingIn(subject: ContractSubject): void {
  const { endpoint } = subject;
  const refused = (code: string) => expect.objectContaining({ code, remedy: expect.any(String) });

  describe('with a password', () => {
    test('tells who one is, what one may do and what there is', async () => {
      const { identity } = await connectCloud(endpoint, memberOf(subject), await projectId(subject));
      expect(identity).toMatchObject({ user: { name: subject.member.name }, project: { name: subject.project } });
      expect(identity.roles).toContain('member');
      expect(identity.services).toEqual(expect.arrayContaining(['block-storage', 'compute', 'image', 'network']));
      expect(identity.services.includes('reservation')).toBe(subject.leases !== null);
      expect(new Date(identity.expiresAt).getTime()).toBeGreaterThan(Date.now());
    });

    test.each([
      ['a wrong password', (auth: CloudAuth) => ({ ...auth, password: new Secret('wrong') })],
      ['an unknown name', (auth: CloudAuth) => ({ ...auth, user: { name: 'nobody-at-all', domain: subject.member.domain } })],
      ['an unknown domain', (auth: CloudAuth) => ({ ...auth, user: { name: subject.member.name, domain: 'Nowhere' } })],
    ])('%s is refused', async (_name, change) => {
      const auth = change(memberOf(subject)) as CloudAuth; // of the kind `password`, as the member's is
      await expect(listProjects(endpoint, auth)).rejects.toEqual(refused('credential-invalid'));
    });

    test('a foreign project and one that does not exist are refused alike', async () => {
      for (const id of [await subject.foreignProject(), 'no-such-project']) {
        await expect(connectCloud(endpoint, memberOf(subject), id)).rejects.toEqual(refused('project-not-yours'));
      }
    });

    test('goes on by one new sign-in when its token is revoked behind its back', async () => {
      const cloud = await connectCloud(endpoint, memberOf(subject), await projectId(subject));
      const keystone = new Keystone(endpoint, 'password');
      const token = await new CloudSession(endpoint, memberOf(subject), await projectId(subject)).token();
      await keystone.revoke(token);
      await expect(keystone.projects(token)).rejects.toEqual(refused('credential-expired'));
      expect(await cloud.compute.flavors()).not.toEqual([]);
    });

    test('without a project, what needs one is known as our own fault, and what needs a role as a lack of it', async () => {
      const keystone = new Keystone(endpoint, 'password');
      const unscoped = await keystone.signIn(memberOf(subject));
      await expect(keystone.callAs(unscoped, 'GET', '/auth/catalog', 'use')).rejects.toEqual(refused('internal'));
      const scoped = await keystone.scope(unscoped, await projectId(subject));
      await expect(keystone.callAs(scoped, 'GET', '/users', 'use')).rejects.toEqual(refused('upstream-refused'));
    });

    test('ends when one signs out', async () => {
      const session = new CloudSession(endpoint, memberOf(subject), await projectId(subject));
      const token = await session.token();
      const keystone = new Keystone(endpoint, 'password');
      expect(await keystone.projects(token)).not.toEqual([]);
      await session.end();
      await expect(keystone.projects(token)).rejects.toEqual(refused('credential-expired'));
    });
  });

  describe('with an application credential', () => {
    const name = `${runName}-credential`;
    let made: { id: string; secret: Secret };
    let project: string;
    beforeAll(async () => {
      project = await projectId(subject);
      const expiresAt = new Date(Date.now() + 3_600_000);
      made = await createApplicationCredential(endpoint, memberOf(subject), project, { name, description: 'contract', expiresAt });
      return () => deleteApplicationCredential(endpoint, memberOf(subject), project, made.id);
    });
    const byId = (secret = made.secret): CloudAuth => ({ kind: 'applicationCredential', id: made.id, secret });

    test('by its id, or by its name and owner: into its own project, and only there', async () => {
      const user = { name: subject.member.name, domain: subject.member.domain };
      for (const auth of [byId(), { kind: 'applicationCredential', name, user, secret: made.secret } as const]) {
        const cloud = await connectCloud(endpoint, auth);
        expect(cloud.identity.project).toEqual({ id: project, name: subject.project });
        expect(await cloud.compute.flavors()).not.toEqual([]);
        expect(await listProjects(endpoint, auth)).toEqual([{ id: project, name: subject.project }]);
      }
      await expect(connectCloud(endpoint, byId(), await subject.foreignProject())).rejects.toEqual(refused('project-not-yours'));
    });

    test('a wrong secret and an unknown id are refused', async () => {
      await expect(connectCloud(endpoint, byId(new Secret('wrong')))).rejects.toEqual(refused('credential-invalid'));
      const unknown: CloudAuth = { kind: 'applicationCredential', id: 'no-such-id', secret: made.secret };
      await expect(connectCloud(endpoint, unknown)).rejects.toEqual(refused('credential-invalid'));
    });

    test('one that has ended is refused as such, and so is the token that it gave', async () => {
      const expiresAt = new Date(Date.now() + 5_000);
      const brief = await createApplicationCredential(endpoint, memberOf(subject), project, {
        name: `${name}-brief`,
        description: '',
        expiresAt,
      });
      try {
        const auth = { kind: 'applicationCredential', ...brief } as const;
        const keystone = new Keystone(endpoint, 'applicationCredential');
        const token = await keystone.signIn(auth);
        expect(token.expiresAt.getTime()).toBeLessThanOrEqual(expiresAt.getTime() + 1_000);
        await new Promise((resolve) => setTimeout(resolve, 7_000));
        await expect(keystone.projects(token)).rejects.toEqual(refused('credential-expired'));
        await expect(listProjects(endpoint, auth)).rejects.toEqual(refused('credential-invalid'));
      } finally {
        await deleteApplicationCredential(endpoint, memberOf(subject), project, brief.id);
      }
    });

    test('a name that is taken, and a credential that would make another, are refused', async () => {
      const again = createApplicationCredential(endpoint, memberOf(subject), project, { name, description: '' });
      await expect(again).rejects.toMatchObject({ code: 'conflict' });
      const child = createApplicationCredential(endpoint, byId(), project, { name: `${name}-child`, description: '' });
      await expect(child).rejects.toEqual(refused('upstream-refused'));
    });

    test('one that is revoked while in use is found out at the next call', async () => {
      const wanted = { name: `${name}-short`, description: '' };
      const short = await createApplicationCredential(endpoint, memberOf(subject), project, wanted);
      const cloud = await connectCloud(endpoint, { kind: 'applicationCredential', ...short });
      const found = () => findApplicationCredentials(endpoint, memberOf(subject), project, wanted.name);
      expect(await found()).toEqual([short.id]);
      await deleteApplicationCredential(endpoint, memberOf(subject), project, short.id);
      expect(await found()).toEqual([]);
      await deleteApplicationCredential(endpoint, memberOf(subject), project, short.id);
      await expect(cloud.network.networks()).rejects.toEqual(refused('credential-invalid'));
    });
  });

  describe('not at all', () => {
    test('where nothing listens, where the name is unknown, where one must not go', async () => {
      const at = (authUrl: string, rest = {}) =>
        listProjects({ site: 'elsewhere', authUrl, allowPrivate: true, ...rest }, memberOf(subject));
      await expect(at('http://127.0.0.1:5999/v3')).rejects.toEqual(refused('site-unreachable'));
      await expect(at('https://keystone.invalid/v3')).rejects.toEqual(refused('site-unreachable'));
      await expect(at(endpoint.authUrl, { allowPrivate: false })).rejects.toEqual(refused('site-address-refused'));
    });

    test('in a region that is not there', async () => {
      const elsewhere = { ...endpoint, region: 'Atlantis' };
      await expect(connectCloud(elsewhere, memberOf(subject), await projectId(subject))).rejects.toEqual(
        refused('site-catalog-incomplete'),
      );
    });
  });
}
