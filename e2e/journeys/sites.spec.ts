import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from '../lib/afresh';
import { deleteIt, deploy, letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { applicationCredential, inventory, standing } from '../lib/sandbox';

const sandbox = `http://localhost:${Number(process.env.TRANSAT_E2E_PORT ?? '3200') + 100}`;

test('a site of one’s own: added, opened by a credential, deployed to, and deleted; nobody else sees it', async ({ page, browser }) => {
  const before = await standing('america');
  await signIn(page, 'ada', '/sites');
  await page.getByRole('button', { name: 'Add a site' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('My America');
  await form.getByLabel('Address of its Keystone').fill(`${sandbox}/america`);
  await form.getByLabel('City').fill('Chicago');
  await form.getByLabel('Latitude').fill('41,88');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(form.getByText('Give latitude and longitude together, or neither.').first()).toBeVisible();
  await form.getByLabel('Longitude').fill('-87.63');
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(page.getByRole('heading', { name: 'My America' })).toBeVisible();
  await expect(page.getByText('added by you')).toBeVisible();
  await expect(page.getByText(`${sandbox}/america/v3`)).toBeVisible();
  const address = page.url();

  const stranger = await (await browser.newContext()).newPage();
  await signIn(stranger, 'noah', new URL(address).pathname);
  await expect(stranger.getByText('There is no such site').first()).toBeVisible();
  await stranger.context().close();

  const { id, secret } = await applicationCredential('america');
  await page.getByRole('link', { name: 'Add a credential' }).click();
  await form.getByLabel('Name', { exact: true }).fill('America, once more');
  await form.getByLabel('Id', { exact: true }).fill(id);
  await form.getByLabel('Secret', { exact: true }).fill(secret);
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'America, once more' }).getByText('Works')).toBeVisible();

  await page.goto(address);
  await expect(page.getByRole('heading', { name: /flavors$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Edit the site' }).click();
  await form.getByLabel('Region').fill('Nowhere');
  await form.getByRole('button', { name: 'Try and keep' }).click();
  await expect(form.getByText(/has the regions .*, but not Nowhere/).first()).toBeVisible();
  await form.getByRole('button', { name: 'Cancel' }).click();

  // who comes from a site deploys there, whatever is chosen on the way
  await page.getByRole('link', { name: 'Deploy there' }).click();
  await expect(page.getByText('What you choose is deployed at My America.')).toBeVisible();
  await page.getByRole('link', { name: 'Virtual machine', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'Deploy', exact: true }).click();
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByRole('radio', { name: 'My America' })).toBeChecked();
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page.getByLabel('Name of the deployment').fill('On my own site');
  await deploy(page, 'On my own site');
  await page.goto(address);
  await page.getByRole('button', { name: 'Delete My America' }).click();
  await form.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(form.getByText(/A deployment stands at .*On my own site/).first()).toBeVisible();
  await form.getByRole('button', { name: 'Keep' }).click();
  await page.goto('/deployments');
  await page.getByRole('link', { name: 'On my own site' }).click();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
  await deleteIt(page);
  expect(await inventory('america')).toEqual(before);

  await page.goto(address);
  await page.getByRole('button', { name: 'Delete My America' }).click();
  await form.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page).toHaveURL(/\/sites$/);
  await expect(page.getByRole('row').filter({ hasText: 'My America' })).toBeHidden();
});

test('a downtime that holds, one to come and a site that left its directory are told wherever one chooses', async ({ page }) => {
  await signIn(page, 'ada', '/sites');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect(async () => {
    await page.reload();
    await expect(row('Sandbox Poland')).toContainText('No longer in its directory', { timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  await expect(row('Sandbox Portugal')).toContainText('Announced down until');
  await expect(row('Sandbox Portugal')).toContainText('Move to a new machine room');
  await expect(row('Sandbox Europe')).toContainText('Announced down from');
  await expect(row('Sandbox Europe')).toContainText('Open to you');
  await expect(row('Sandbox America')).not.toContainText('Announced');
  await expectAccessible(page);

  await row('Sandbox Portugal').getByRole('link', { name: 'Sandbox Portugal' }).click();
  await expect(page.getByText(/^Announced: down from .* until /)).toBeVisible();
  await expect(page.getByText('Sandbox Portugal is down, as it announced')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/sites/sandbox-poland');
  await expect(page.getByText(/Its directory has not listed it since/)).toBeVisible();

  await page.goto('/deploy/virtual-machine?step=placement');
  await expect(page.getByText(/Sandbox Europe will be down from .* until .* UTC/)).toBeVisible();
  await expect(page.getByText(/Sandbox Portugal announced that it is down until .*Move to a new machine room/)).toBeVisible();
  await expect(page.getByText(/Its directory has not listed Sandbox Poland since/)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Sandbox Europe' })).toBeChecked();
  for (const name of ['Sandbox Portugal', 'Sandbox Poland']) await expect(page.getByRole('radio', { name })).toBeDisabled();
});

test('an address inside the network, or of something else, is refused at its field', async ({ page }) => {
  await signIn(page, 'ada', '/sites?add=1');
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill('Inside');
  for (const [address, why] of [
    ['https://169.254.169.254/v3', 'a range that no cloud service may have'],
    ['https://10.0.0.1:5000/v3', 'a private network or this machine itself'],
    ['https://0xa000001/v3', 'a private network or this machine itself'],
    [`${sandbox}/oidc`, 'not as the version document of a Keystone'],
  ] as const) {
    await form.getByLabel('Address of its Keystone').fill(address);
    await form.getByRole('button', { name: 'Try and keep' }).click();
    await expect(form.locator('#site-authUrl-error')).toContainText(why);
  }
  await page.goto('/sites');
  await expect(page.getByRole('row').filter({ hasText: 'Inside' })).toBeHidden();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
