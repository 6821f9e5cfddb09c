import { expect, type Locator, type Page } from '@playwright/test';

interface Machine {
  name: string;
  /** begins with the flavor's name; left out: what Transat chose */
  flavor?: string;
  /** name of the site; left out: what Transat chose */
  site?: string;
}

/** Answers, on the first step of a recipe's form, who may come in. From this machine nobody's own address is proposed. */
export async function letEverybodyIn(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^Access/ }).click();
  const doors = page.getByRole('combobox').filter({ has: page.locator('option[value="everybody"]') });
  await expect(doors.first()).toBeVisible();
  for (const door of await doors.all()) await door.selectOption('everybody');
}

/** Brings the recipe "Virtual machine" to its last step, by the screens: site, flavor, name. */
export async function configureMachine(page: Page, { name, flavor, site }: Machine): Promise<void> {
  await page.goto('/deploy/virtual-machine');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  if (site) await page.getByRole('radio', { name: site }).check();
  if (flavor) await chooseFlavor(page, flavor);
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page.getByLabel('Name of the deployment').fill(name);
}

/** Chooses a flavor by how its line in the list begins. */
export async function chooseFlavor(page: Page, flavor: string): Promise<void> {
  const list = page.getByLabel('Flavor');
  const line = await list.locator('option', { hasText: flavor }).first().textContent();
  await list.selectOption({ label: line ?? flavor });
}

/** Deploys what is configured; ends on the deployment's page. */
export async function deploy(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

/** The deployment's state, in words, as its page shows it. */
export function stateOf(page: Page): Locator {
  return page.getByRole('main').getByRole('status').first();
}

/** Deletes the deployment whose page is open, as a person does, and waits until it is gone. */
export async function deleteIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(stateOf(page)).toHaveText(/Deleted/, { timeout: 60_000 });
}
