import { expect, test } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { Secret } from '@/lib/core/secret';
import { connectCloud, listProjects } from '@/lib/openstack';
import { CloudSession } from '@/lib/openstack/keystone/session';
import { identityEndpoint } from '@/lib/sites';
import { openTestApi } from '../fixtures';

interface LeavingSubject {
  site: SiteConfig;
  /** the provider behind the site's federated login, with the client that the tokens are of */
  provider: { issuer: string; clientId: string; ca?: string };
  /** of a fresh login of somebody who has a project there */
  tokens(): Promise<{ access_token: string; refresh_token: string }>;
}

/** That signing out leaves nothing behind: one test for the sandbox and the real thing. */
export function leavingLeavesNothing(name: string, { site, provider, tokens }: LeavingSubject): void {
  test(`${name}: after signing out, no token of the person is good at the provider or at the site`, async () => {
    const api = await openTestApi({ connectCloud, listProjects, sites: [{ ...site, provider: 'op' }], provider });
    const { credentials, desk, sites } = api.services;
    try {
      const given = await tokens();
      const [access, refresh] = [new Secret(given.access_token), new Secret(given.refresh_token)];
      const grant = await credentials.grants.keep('owner', 'op', { accessToken: access, refreshToken: refresh, expiresIn: 3600 });
      const found = await sites.find('owner', site.id);
      if (!found) throw new Error('the site is not there');
      const person = { id: 'owner', provider: 'op', groups: [] };
      const { projects, reason } = await desk.access(person, found);
      expect(projects, JSON.stringify(reason)).not.toEqual([]);
      const auth = await credentials.cloudAuthFor('owner', `oidc:${site.id}`, found);
      const token = await new CloudSession(identityEndpoint(found), auth, projects[0]?.id).token();
      const atSite = async () => {
        const headers = { 'x-auth-token': token.value.reveal() };
        return (await fetch(`${site.authUrl}/auth/projects`, { headers })).status;
      };
      const client = credentials.openId('op');
      expect(await atSite()).toBe(200);
      expect(await client?.userinfo(access)).toBeDefined();

      await desk.leave(person);
      await credentials.grants.end(grant);

      expect(await atSite()).toBe(401);
      await expect(client?.userinfo(access)).rejects.toMatchObject({ code: 'session-expired' });
      await expect(client?.refresh(refresh)).rejects.toMatchObject({ code: 'session-expired' });
      await expect(credentials.accessTokenFor('owner', 'op')).rejects.toMatchObject({ code: 'session-expired' });
    } finally {
      await api.store.close();
    }
  });
}
