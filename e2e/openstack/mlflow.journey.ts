import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

const where = { credential: 'oidc:lab' };

test('MLflow keeps a run, and lets in who has an account alone', async ({ baseURL, browser }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'mlflow', name: 'journey mlflow', inputs: { people: ['maria'] } };
  await deployOnLab(api, where, body, { server: 'fast.large' }, 1200, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('was sent and read again');
    const [, password = ''] = (outputs.accounts ?? '').split(' ');
    const context = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials: { username: 'maria', password } });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await expect(page.getByText('Experiments').first()).toBeVisible({ timeout: 60_000 });
    await context.close();
  });
});
