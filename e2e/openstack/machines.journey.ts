import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

async function accessTo(api: Api, id: string): Promise<{ target: string; knownHosts: string }> {
  const { nodes } = await api.call<{ nodes: { ssh: string | null; knownHosts: string | null }[] }>('GET', `/deployments/${id}/access`);
  const target = nodes[0]?.ssh?.split(' ').find((word) => word.includes('@'));
  if (!target || !nodes[0]?.knownHosts) throw new Error(`no access to the first node: ${JSON.stringify(nodes)}`);
  return { target, knownHosts: nodes[0].knownHosts };
}

test('a virtual machine boots, is configured, lets its owner in with a verified host key, and goes without a trace', async ({
  baseURL,
}) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey ${Date.now()}`, publicKey: key.publicKey });
  const body = { recipe: 'virtual-machine', name: 'journey machine', inputs: { packages: ['jq'] } };
  await deployOnLab(api, where, body, { machine: 'fast.small' }, 300, async (id) => {
    const { target, knownHosts } = await accessTo(api, id);
    expect(await ssh(target, key.file, knownHosts, 'echo "{}" | jq -c . && hostname')).toMatch(/^\{\}\nvm/);
    const outputs = await api.outputs(id);
    expect(outputs.addresses).toBe(target.split('@')[1]);
  });
});

test('a virtual machine with a kernel of its own mounts its data volume', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey volume ${Date.now()}`, publicKey: key.publicKey });
  const body = { recipe: 'virtual-machine', name: 'journey volume', inputs: { volume_size: '1 GiB', mount_path: '/data' } };
  await deployOnLab(api, where, body, { machine: 'real.tiny' }, 840, async (id) => {
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

test('a SLURM cluster runs a job on both workers', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('bob'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey slurm ${Date.now()}`, publicKey: key.publicKey });
  const body = { recipe: 'slurm', name: 'journey slurm', inputs: { worker_count: 2, shared_home: 'none' } };
  await deployOnLab(api, where, body, { controller: 'fast.small', workers: 'fast.small' }, 600, async (id) => {
    expect((await api.nodes(id)).map((node) => node.state)).toEqual(['ready', 'ready', 'ready']);
    const { target, knownHosts } = await accessTo(api, id);
    const names = (await ssh(target, key.file, knownHosts, 'srun -N2 hostname')).trim().split('\n').sort();
    expect(names).toEqual(['slurm-worker-1', 'slurm-worker-2']);
  });
});

test('a SLURM cluster shares its home folders over NFS', async ({ baseURL }) => {
  test.skip(
    !process.env.TRANSAT_LAB_FULL,
    'virtual machines with kernels of their own take about 20 minutes here: npm run test:openstack -- --full',
  );
  test.setTimeout(3_600_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey nfs ${Date.now()}`, publicKey: key.publicKey });
  const body = { recipe: 'slurm', name: 'journey nfs', inputs: { worker_count: 2, shared_home: 'nfs' } };
  await deployOnLab(api, where, body, { controller: 'real.small', workers: 'real.small' }, 3300, async (id) => {
    const { target, knownHosts } = await accessTo(api, id);
    const text = await ssh(target, key.file, knownHosts, 'echo across > ~/shared && srun -N1 -w slurm-worker-2 cat shared');
    expect(text.trim()).toBe('across');
  });
});
