import { expect } from 'vitest';
import type { SiteConfig } from '@/lib/core/config';
import { connectCloud, listProjects } from '@/lib/openstack';
import { type CloudName, request } from '@/lib/sandbox/testing/cloud-client';
import { startTestSandbox } from '@/lib/sandbox/testing/start';
import { closeDoors } from '@/lib/web/doors';
import { openTestApi, type TestApi } from '../fixtures';

/** An API with the sandbox's clouds as sites that take application credentials. */
export interface CloudsApi extends TestApi {
  /** Keeps a new credential for one of the sites, the owner's or somebody else's. */
  keep(site: string, name?: string, who?: Record<string, string>): Promise<{ id: string; project: { id: string } }>;
  end(): Promise<void>;
}

/** @param clouds by the id of a site: several may be one cloud */
export async function openCloudsApi(clouds: Record<string, CloudName>): Promise<CloudsApi> {
  const sandbox = await startTestSandbox();
  const methods: SiteConfig['methods'] = ['applicationCredential'];
  const sites = Object.entries(clouds).map(([id, cloud]): SiteConfig => {
    return { id, name: id, kind: 'custom', authUrl: `${sandbox.url}/${cloud}/v3`, methods, allowPrivate: true };
  });
  const api = await openTestApi({ connectCloud, listProjects, sites });
  return {
    ...api,
    async keep(site, name = site, who = api.as.owner) {
      const { applicationCredential } = (await request('GET', `${sandbox.url}/${clouds[site]}/try-me`)).body;
      const { id, secret } = applicationCredential;
      const { status, json, text } = await api.call('POST', '/credentials', who, { kind: 'applicationCredential', site, name, id, secret });
      expect(status, text).toBe(201);
      return json;
    },
    async end() {
      await api.store.close();
      await closeDoors();
      await sandbox.end();
    },
  };
}
