import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { withKey } from '../lib/shell';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

test.skip(!process.env.TRANSAT_LAB_FULL, 'an emulated machine takes minutes, and makes all others wait: npm run test:openstack -- --full');

test('a virtual machine with a kernel of its own mounts its data volume', async ({ baseURL }) => {
  // emulated: four minutes on an idle machine, many more beside other journeys
  test.setTimeout(1_800_000);
  const { api, on } = await withKey(baseURL, 'alice', 'volume');
  const body = { recipe: 'virtual-machine', name: 'journey volume', inputs: { volume_size: '1 GiB', mount_path: '/data' } };
  await deployOnLab(api, where, body, { machine: 'real.tiny' }, 1500, async (id) => {
    const { run } = await on(id);
    const mounted = await run('findmnt -no SOURCE,FSTYPE /data && echo kept | sudo tee /data/file && cat /data/file');
    expect(mounted).toMatch(/^\/dev\/\S+\s+ext4\nkept\nkept/);
  });
});
