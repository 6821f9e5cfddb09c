import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { accessTo, deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';

// A command-line user: an access token of the provider, no browser.
const where = { credential: 'oidc:lab' };

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
