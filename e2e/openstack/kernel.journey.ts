import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { accessTo, deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

test.skip(!process.env.TRANSAT_LAB_FULL, 'an emulated machine takes minutes, and makes all others wait: npm run test:openstack -- --full');

test('a virtual machine with a kernel of its own mounts its data volume', async ({ baseURL }) => {
  // emulated: four minutes on an idle machine, many more beside other journeys
  test.setTimeout(1_800_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey volume ${Date.now()}`, publicKey: key.publicKey });
  const body = { recipe: 'virtual-machine', name: 'journey volume', inputs: { volume_size: '1 GiB', mount_path: '/data' } };
  await deployOnLab(api, where, body, { machine: 'real.tiny' }, 1500, async (id) => {
    const { target, knownHosts } = await accessTo(api, id);
    const mounted = await ssh(
      target,
      key.file,
      knownHosts,
      'findmnt -no SOURCE,FSTYPE /data && echo kept | sudo tee /data/file && cat /data/file',
    );
    expect(mounted).toMatch(/^\/dev\/\S+\s+ext4\nkept\nkept/);
  });
});
