import { expect, test } from '@playwright/test';
import { Api } from '../lib/api';
import { deployOnLab } from '../lib/journey';
import { tokenOf } from '../lib/lab';

const where = { credential: 'oidc:lab' };

test('JupyterHub answers on its public address and lets the administrator in with the generated password', async ({ baseURL, browser }) => {
  const api = new Api(baseURL ?? '', tokenOf('alice'));
  await deployOnLab(api, where, { recipe: 'jupyterhub', name: 'journey hub' }, { hub: 'fast.medium' }, 840, async (id) => {
    const outputs = await api.outputs(id, true);
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(outputs.url ?? '');
    await page.getByLabel(/username/i).fill(outputs.admin_user ?? '');
    await page.getByLabel(/password/i).fill(outputs.admin_password ?? '');
    await page.getByRole('button', { name: /sign in/i }).click();
    await expect(page).toHaveURL(/\/(hub\/(spawn-pending|home|spawn)|user\/)/, { timeout: 120_000 });
    await context.close();
  });
});
