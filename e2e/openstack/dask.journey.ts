import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { accessTo, deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { makeKey, ssh } from '../lib/ssh';

const where = { credential: 'oidc:lab' };

test('a Dask cluster computes on both workers for who has its certificate', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const key = makeKey();
  await api.call('POST', '/ssh-keys', { name: `journey dask ${Date.now()}`, publicKey: key.publicKey });
  const flavors = { scheduler: 'fast.medium', workers: 'fast.medium' };
  await deployOnLab(api, where, { recipe: 'dask', name: 'journey dask' }, flavors, 900, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.workers).toBe('2 of 2');
    expect(outputs.client).toContain('PRIVATE KEY');
    const { target, knownHosts } = await accessTo(api, id);
    const program = 'from distributed import Client; print(sorted(Client().run(__import__("socket").gethostname).values()))';
    expect(await ssh(target, key.file, knownHosts, `dask-python -c '${program}'`)).toContain("['dask-worker-1', 'dask-worker-2']");
  });
});
