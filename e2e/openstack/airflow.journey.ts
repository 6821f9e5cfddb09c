import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

const where = { credential: 'oidc:lab' };

test('Airflow runs a workflow, and lets in who has an account alone', async ({ baseURL, browser }) => {
  test.skip(!process.env.TRANSAT_LAB_FULL, 'takes minutes: `npm run test:openstack -- --full`');
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  const body = { recipe: 'airflow', name: 'journey airflow', inputs: { people: ['maria'] } };
  await deployOnLab(api, where, body, { server: 'fast.large' }, 1800, async (id) => {
    const outputs = await api.outputs(id, true);
    expect(outputs.proof).toContain('ended well');
    const [name = '', password = ''] = (outputs.accounts ?? '').split(' ');
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await page.locator('input[name="username"]').fill(name);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('input[name="password"]').press('Enter');
    await expect(page.getByText('Dags').first()).toBeVisible({ timeout: 60_000 });
    await context.close();
  });
});
