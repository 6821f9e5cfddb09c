import { expect, test } from '@playwright/test';
import { deployOnLab } from '../lib/journey';
import { withKey } from '../lib/shell';

const where = { credential: 'oidc:lab' };

test('a Dask cluster computes on both workers for who has its certificate', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  const { api, on } = await withKey(baseURL, 'alice', 'dask');
  const flavors = { scheduler: 'fast.medium', workers: 'fast.medium' };
  await deployOnLab(api, where, { recipe: 'dask', name: 'journey dask' }, flavors, 900, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.workers).toBe('2 of 2');
    expect(outputs.client).toContain('PRIVATE KEY');
    const { run } = await on(id);
    const program = 'from distributed import Client; print(sorted(Client().run(__import__("socket").gethostname).values()))';
    expect(await run(`dask-python -c '${program}'`)).toContain("['dask-worker-1', 'dask-worker-2']");
  });
});
