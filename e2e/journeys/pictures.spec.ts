import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { configureMachine, deleteIt, deploy, letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { applicationCredential } from '../lib/sandbox';
import { makeKey } from '../lib/ssh';

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', timezoneId: 'Europe/Madrid' });

const ofTheFirstPage = new Set(['placement', 'deployment', 'leases']);

/** Takes the pictures of docs/images, and those that the first page shows. Not a test of anything; see playwright.config.ts. */
test('pictures of the main screens @pictures', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'ada', '/settings/ssh-keys');
  await settleIn(page);
  await configureMachine(page, { name: 'Great Lakes gauge', site: 'Sandbox America' });
  await deploy(page, 'Great Lakes gauge');
  const other = page.url();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
  await page.goto('/deploy/slurm');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await page.getByRole('radio', { name: 'Sandbox Europe' }).check();
  await expect(page.getByText('Quota at Sandbox Europe')).toBeVisible();
  await picture(page, 'placement');
  await page.goto('/deploy/slurm?step=review');
  await page.getByLabel('Name of the deployment').fill('Tides of the Biscay');
  await deploy(page, 'Tides of the Biscay');
  await expect(stateOf(page)).toHaveText(/Configuring/, { timeout: 60_000 });
  await picture(page, 'deployment');
  const address = page.url();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 110_000 });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Tides of the Biscay' }).first()).toBeVisible();
  await expect(page.getByText('cores left').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('My leases').first()).toBeVisible();
  await picture(page, 'home');
  await page.goto('/leases?view=calendar');
  await expect(page.getByRole('application', { name: 'Calendar of hosts' }).locator('[data-row]').nth(10)).toBeVisible({ timeout: 45_000 });
  await picture(page, 'leases');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`${address}?tab=topology`);
  await expect(page.getByText('slurm-controller').filter({ visible: true }).first()).toBeVisible();
  await picture(page, 'topology-dark');
  for (const each of [address, other]) {
    await page.goto(each);
    await deleteIt(page);
  }
});

/** A key, and a way to the other shore: what somebody has who works here. */
async function settleIn(page: Page): Promise<void> {
  const { publicKey } = makeKey();
  // what is typed before the page listens is gone
  await expect(async () => {
    await page.getByLabel('Name').fill('Laptop');
    await page.getByLabel('Public key').fill(publicKey);
    await page.getByRole('button', { name: 'Add a key' }).click();
    await expect(page.getByText(/SHA256:/)).toBeVisible({ timeout: 5000 });
  }).toPass();
  await page.goto('/settings/credentials?site=sandbox-america');
  const { id, secret } = await applicationCredential('america');
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Allocation of the Lakes group');
  await form.getByLabel('Id', { exact: true }).fill(id);
  await form.getByLabel('Secret', { exact: true }).fill(secret);
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(form).toBeHidden();
}

async function picture(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) });
  if (!ofTheFirstPage.has(name)) return;
  await page.screenshot({ path: fileURLToPath(new URL(`../../public/pictures/${name}.jpg`, import.meta.url)), type: 'jpeg', quality: 85 });
}
