import { expect, test } from '@playwright/test';
import type { Credential } from '@/lib/api/contract/credentials';
import { Api, ApiError } from '../lib/api';
import { letEverybodyIn } from '../lib/deployment';
import { deployOnLab } from '../lib/journey';
import { applicationCredential, leftovers, tokenOf } from '../lib/lab';

test.use({ ignoreHTTPSErrors: true });

test('alice signs in at the provider, deploys a virtual machine in the browser, sees it become ready and deletes it', async ({ page }) => {
  // servers that come and go change this machine's networks, and Chromium then drops what it was loading
  await expect(async () => {
    await page.goto('/signin?callbackUrl=%2Fdeploy%2Fvirtual-machine');
    await page.getByRole('button', { name: /EGI Check-in \(lab\)/ }).click({ timeout: 10_000 });
    await page.getByText(/alice/i).first().click({ timeout: 10_000 });
    await expect(page.getByRole('heading', { name: 'Deploy Virtual machine' })).toBeVisible();
  }).toPass({ timeout: 120_000 });
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByText('Best fit')).toBeVisible({ timeout: 60_000 });
  const flavor = page.getByLabel('Flavor');
  await flavor.selectOption({ label: (await flavor.locator('option', { hasText: 'fast.small' }).textContent()) ?? '' });
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page.getByLabel('Name of the deployment').fill('journey browser');
  const deploy = page.getByRole('button', { name: 'Deploy', exact: true });
  await expect(deploy).toBeEnabled({ timeout: 60_000 });
  await deploy.click();
  await expect(page.getByRole('heading', { name: 'journey browser' })).toBeVisible({ timeout: 60_000 });
  const id = page.url().split('/').pop()?.split('?')[0] ?? '';
  await expect(page.getByText(/^ssh \S+@172\.24\.4\.\d+/).first()).toBeVisible({ timeout: 400_000 });
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible({ timeout: 300_000 });
  expect(await leftovers(id)).toEqual([]);
});

test('a person in no VO brings an application credential: a wrong one is refused and not stored, the right one deploys', async ({
  baseURL,
}) => {
  const api = new Api(baseURL ?? '', tokenOf('carol'));
  const made = await applicationCredential(`journey-${Date.now()}`);
  const body = { kind: 'applicationCredential', site: 'lab', name: 'testbed', id: made.id };
  const refused = await api.call('POST', '/credentials', { ...body, secret: 'not the secret' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(JSON.stringify(refused)).toContain('credential-invalid');
  const before = await api.call<{ items: Credential[] }>('GET', '/credentials');
  expect(before.items.filter((credential) => credential.kind !== 'oidc')).toEqual([]);

  const credential = await api.call<Credential>('POST', '/credentials', { ...body, secret: made.secret });
  expect(credential.project?.name).toBe('testbed');
  const where = { credential: credential.id };
  try {
    await deployOnLab(
      api,
      where,
      { recipe: 'virtual-machine', name: 'journey credential', inputs: {} },
      { machine: 'fast.small' },
      400,
      async (id) => {
        expect((await api.nodes(id)).map((node) => node.state)).toEqual(['ready']);
      },
    );
  } finally {
    await api.call('DELETE', `/credentials/${credential.id}`);
  }
});
