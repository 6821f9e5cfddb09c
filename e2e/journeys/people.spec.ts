import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { List } from '@/lib/api/contract/common';
import { test } from '../lib/afresh';
import { Api } from '../lib/api';
import { configureMachine, deleteIt, deploy, stateOf } from '../lib/deployment';
import { chooseProviderAndPerson, signIn, signOut } from '../lib/person';
import { applicationCredential, inventory, standing } from '../lib/sandbox';
import { makeKey } from '../lib/ssh';

test('somebody without an account browses, answers, signs in where it is asked for, and is back where they were', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Browse the recipes' }).first().click();
  await page.getByLabel('Search recipes').fill('batch');
  await expect(page.getByRole('link', { name: 'Kubernetes cluster' })).toBeHidden();
  await page.getByRole('link', { name: 'SLURM cluster' }).click();
  await expect(page.getByText('What it gives you')).toBeVisible();
  await page.getByRole('link', { name: 'Deploy', exact: true }).first().click();
  await page.getByLabel('Workers', { exact: true }).fill('3');
  const plan = page.getByRole('complementary', { name: 'The plan' });
  await plan.getByRole('link', { name: 'Sign in' }).click();
  await chooseProviderAndPerson(page, 'ada');
  await expect(page).toHaveURL(/\/deploy\/slurm/);
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('3');
  await expect(plan.getByText('Quota at Sandbox Europe')).toBeVisible();
});

test('signing out ends the session at the provider too: the next sign-in asks who one is', async ({ page }) => {
  await signIn(page, 'ada', '/deployments');
  await expect(page).toHaveURL(/\/deployments$/);
  await signOut(page);
  await page.goto('/deployments');
  await expect(page).toHaveURL(/\/signin/);
  await page.getByRole('button', { name: /sandbox/i }).click();
  await expect(page.getByRole('heading', { name: 'Who do you want to be?' })).toBeVisible();
});

test('a member of 251 virtual organisations signs in, and the one that counts opens the site', async ({ page }) => {
  await signIn(page, 'max', '/sites');
  const row = page.getByRole('row').filter({ hasText: 'Sandbox Europe' });
  await expect(row.getByText('Open to you')).toBeVisible();
  await expect(row.getByText('vo.sandbox.eu')).toBeVisible();
});

test('an SSH key: what is wrong is said at its field, a good one is kept until it is deleted', async ({ page }) => {
  const { publicKey } = makeKey();
  await signIn(page, 'ada', '/settings/ssh-keys');
  await page.getByLabel('Name').fill('Laptop');
  await page.getByLabel('Public key').fill('-----BEGIN OPENSSH PRIVATE KEY-----');
  await page.getByRole('button', { name: 'Add a key' }).click();
  await expect(page.getByText('This is a private key, and nothing of it was kept.')).toBeVisible();
  await page.getByLabel('Public key').fill(`${publicKey.slice(0, 40)} journey`);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The key is cut off or changed.');
  await page.getByLabel('Public key').fill(publicKey);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await expect(page.getByText(/SHA256:/)).toBeVisible();
  await removeIt(page, 'Laptop');
  await expect(page.getByText('No SSH key yet')).toBeVisible();
});

test('an API token: shown once, reads, cannot write where it may only read, and is refused once deleted', async ({ page, baseURL }) => {
  await signIn(page, 'ada', '/settings/tokens');
  await page.getByLabel('Name').fill('Nightly report');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(page.getByText('Copy it now: it is shown this once.')).toBeVisible();
  const text = (await page.getByRole('main').locator('code').first().textContent()) ?? '';
  const api = new Api(baseURL ?? '', text);
  expect((await api.call<List<unknown>>('GET', '/recipes')).items.length).toBeGreaterThan(4);
  expect((await api.call<List<unknown>>('GET', '/deployments')).items).toEqual(expect.any(Array));
  const key = { name: 'x', publicKey: readFileSync(`${makeKey().file}.pub`, 'utf8') };
  await expect(api.call('POST', '/ssh-keys', key)).rejects.toMatchObject({ status: 403 });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Delete Nightly report' })).toBeVisible();
  await expect(page.getByText(text)).toBeHidden();
  await removeIt(page, 'Nightly report');
  await expect(page.getByRole('button', { name: 'Delete Nightly report' })).toBeHidden();
  await expect(api.call('GET', '/deployments')).rejects.toMatchObject({ status: 401 });
});

test('a credential for America: a wrong one is refused with the site’s reason and not kept, a good one opens the site', async ({
  page,
  browser,
}) => {
  const { id, secret } = await applicationCredential('america');
  const before = await standing('america');
  await signIn(page, 'ada', '/sites');
  const row = page.getByRole('row').filter({ hasText: 'Sandbox America' });
  await expect(row.getByText('Needs a credential')).toBeVisible();
  await row.getByRole('link', { name: 'Add a credential' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByLabel('Site')).toHaveValue('sandbox-america');
  await form.getByLabel('Name', { exact: true }).fill('Chameleon');
  await form.getByLabel('Id', { exact: true }).fill(id);
  await form.getByLabel('Secret', { exact: true }).fill('not-the-secret');
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(form.getByRole('alert').getByText('Sandbox America did not accept this application credential.')).toBeInViewport();
  await expect(form.getByRole('button', { name: 'Try and keep' })).toBeInViewport();
  await page.reload();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Delete Chameleon' })).toBeHidden();

  await page.getByRole('button', { name: 'Add a credential' }).click();
  await form.getByLabel('Site').selectOption('sandbox-america');
  await form.getByLabel('Name', { exact: true }).fill('Chameleon');
  await form.getByLabel('Id', { exact: true }).fill(id);
  await form.getByLabel('Secret', { exact: true }).fill(secret);
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Chameleon' }).getByText('Works')).toBeVisible();

  await configureMachine(page, { name: 'Across the ocean', site: 'Sandbox America' });
  await deploy(page, 'Across the ocean');
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
  await expectMissing(await (await browser.newContext()).newPage(), page.url());
  await expect(page.getByText(/^ssh cc@198\.51\.100\.\d+/).first()).toBeVisible();
  await deleteIt(page);
  expect(await inventory('america')).toEqual(before);
  await page.goto('/settings/credentials');
  await removeIt(page, 'Chameleon');
  await expect(page.getByRole('button', { name: 'Delete Chameleon' })).toBeHidden();
});

/** Deletes one thing of the settings. */
async function removeIt(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
}

/** To others, a deployment of Ada is as if it were not there. */
async function expectMissing(page: Page, address: string): Promise<void> {
  await signIn(page, 'noah', new URL(address).pathname);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('There is no such deployment');
  await page.close();
}
