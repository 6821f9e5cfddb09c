import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { deleteIt, deploy, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';

test.use({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });

/** Takes the pictures of docs/images. Not a test of anything; see playwright.config.ts. */
test('pictures of the main screens @pictures', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, 'ada', '/deploy/slurm?step=placement');
  await expect(page.getByText('Quota at Sandbox Europe')).toBeVisible();
  await picture(page, 'placement');
  await page.goto('/deploy/slurm?step=review');
  await page.getByLabel('Name of the deployment').fill('Tides of the Biscay');
  await deploy(page, 'Tides of the Biscay');
  await expect(stateOf(page)).toHaveText(/Configuring/, { timeout: 60_000 });
  await expect(page.getByText(/configuring/).first()).toBeVisible();
  await picture(page, 'deployment');
  const address = page.url();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 110_000 });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Tides of the Biscay' }).first()).toBeVisible();
  await picture(page, 'home');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(`${address}?tab=topology`);
  await expect(page.getByText('slurm-controller').first()).toBeVisible();
  await picture(page, 'topology-dark');
  await page.goto(address);
  await deleteIt(page);
});

async function picture(page: Page, name: string): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url)) });
}
