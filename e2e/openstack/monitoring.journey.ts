import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

const where = { credential: 'oidc:lab' };

test('Prometheus watches every machine of a Dask cluster, for who has its password', async ({ baseURL, playwright }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'dask', addOns: ['monitoring'], name: 'journey monitoring', inputs: { worker_count: 1 } };
  await deployOnLab(api, where, body, { scheduler: 'fast.medium', workers: 'fast.medium' }, 1200, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.monitoring_state).toBe('2 of 2');
    const httpCredentials = { username: outputs.monitoring_user ?? '', password: outputs.monitoring_password ?? '' };
    const page = await playwright.request.newContext({ ignoreHTTPSErrors: true, httpCredentials });
    const answer = await page.get(`${outputs.monitoring_url}api/v1/query?query=up`);
    const { data } = (await answer.json()) as { data: { result: { metric: { instance: string }; value: [number, string] }[] } }; // Prometheus' HTTP API
    expect(data.result.map(({ metric, value }) => `${metric.instance} ${value[1]}`).toSorted()).toEqual([
      'dask-scheduler 1',
      'dask-worker-1 1',
    ]);
    await page.dispose();
  });
});
