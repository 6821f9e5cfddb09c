import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { labChoices } from '../lib/journey';
import { leftovers, tokenOf } from '../lib/lab';

test.skip(!process.env.TRANSAT_LAB_FULL, 'thirty servers make all others wait: npm run test:openstack -- --full');

test('30 servers are asked for in parallel and all become active', async ({ baseURL }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const where = { credential: 'oidc:lab' };
  const { flavor, image } = await labChoices(api, where);
  const at = { site: 'lab', ...where, flavor: flavor('fake.small'), image };
  const { id } = await api.deploy({
    recipe: 'slurm',
    name: 'journey scale',
    inputs: { worker_count: 29, shared_home: 'none' },
    placement: { controller: at, workers: at },
  });
  try {
    // nothing boots on Nova's own fake driver, so no node will speak: the servers are what is asked about
    await expect
      .poll(async () => (await api.resources(id)).filter((resource) => resource.kind === 'server' && resource.phase === 'ready').length, {
        timeout: 300_000,
        intervals: [2000],
      })
      .toBe(30);
    const made = (
      await api.call<{ items: { message: string; at: string; subject: string | null }[] }>('GET', `/deployments/${id}/events?limit=200`)
    ).items;
    expect(made.length).toBeGreaterThan(30);
  } finally {
    await api.delete(id);
    await api.until(id, ['deleted'], 400);
  }
  expect(await leftovers(id)).toEqual([]);
});
