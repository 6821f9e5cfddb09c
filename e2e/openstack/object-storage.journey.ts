import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';
import { rerun } from '../lib/rerun';
import { statusOf } from '../lib/status';

const where = { credential: 'oidc:lab' };

test('an object storage keeps objects, is known by its own authority, and is not disturbed by being set up again', async ({ baseURL }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  test.setTimeout(1_500_000);
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'object-storage', name: 'journey objects', inputs: { buckets: ['data', 'more'] } };
  await deployOnLab(api, where, body, { server: 'fast.large' }, 900, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('was put and got');
    expect(await statusOf(`${outputs.endpoint}/data/secret`, outputs.authority ?? '')).toBe(403);
    await expect(statusOf(`${outputs.endpoint}/`, '')).rejects.toThrow();
    await rerun(api, id, 'metadata.configure');
    expect((await api.outputs(id, true)).proof).toContain('was put and got');
  });
});
