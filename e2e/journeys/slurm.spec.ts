import { expect, type Page, test } from '@playwright/test';
import { letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { inventory, standing } from '../lib/sandbox';

test('a member of the VO deploys a SLURM cluster, watches it become ready, opens its outputs and deletes it', async ({ page }) => {
  // a whole life: made, grown by another machine, deleted
  test.setTimeout(400_000);
  const before = await standing('europe');
  await signIn(page, 'ada');

  await page.getByRole('link', { name: 'SLURM cluster' }).click();
  await page.getByRole('link', { name: 'Deploy', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Deploy SLURM cluster' })).toBeVisible();
  await page.getByLabel('Workers', { exact: true }).fill('2');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByText('Sandbox Europe').first()).toBeVisible();
  await expect(page.getByText('Best fit')).toBeVisible();
  await page.getByRole('button', { name: 'Next: Review' }).click();
  // keys are put on nodes when they are made: who has none learns it before that
  await expect(page.getByText('You have no SSH key here yet')).toBeVisible();
  await page.getByLabel('Name of the deployment').fill('My first cluster');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'My first cluster' })).toBeVisible();
  // the page is not loaded again: what it shows comes by the event stream
  await page.evaluate(() => Object.assign(window, { untouched: true }));
  await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible({ timeout: 110_000 });
  expect(await page.evaluate(() => 'untouched' in window)).toBe(true);
  await expect(page.getByText(/^ssh \S+@\d+\.\d+\.\d+\.\d+/).first()).toBeVisible();

  // a page that was read a moment too early finds out by itself, though its history has nothing new to tell
  let early = true;
  await page.route(`**/api/v1${new URL(page.url()).pathname}`, async (route) => {
    if (!early) return route.continue();
    early = false;
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: { ...(await answer.json()), state: 'configuring' } });
  });
  const stream = Promise.withResolvers<void>();
  await page.route('**/events', async (route) => {
    if (route.request().headers().accept?.includes('event-stream')) await stream.promise;
    await route.continue();
  });
  await page.reload();
  await expect(stateOf(page)).toHaveText(/Configuring/);
  stream.resolve();
  await expect(stateOf(page)).toHaveText(/Ready/);
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  const made = (await inventory('europe')).filter((item) => item.startsWith('servers:') && !before.includes(item));
  expect(made).toHaveLength(3);
  await page.setViewportSize({ width: 390, height: 844 });
  await growByKeyboard(page);
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: /^Delete/ })).toBeInViewport({ ratio: 1 });
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('being deleted')).toHaveCount(0);
  expect(await inventory('europe')).toEqual(before);
});

/** One worker more, from the deployment's page, by keyboard alone; what a second tab asks for meanwhile is told what is under way. */
async function growByKeyboard(page: Page): Promise<void> {
  const cluster = page.url();
  const other = await page.context().newPage();
  await other.goto(`${new URL(cluster).pathname}/change`);
  await other.getByRole('spinbutton', { name: 'Workers' }).fill('1');
  await expect(whatItDoes(other)).toContainText('slurm-worker-2');
  // the second tab looks every ten seconds how the deployment stands: from here on it hears nothing of that, as if both pressed at once
  const unheard = Promise.withResolvers<void>();
  await other.route(`**/api/v1${new URL(cluster).pathname}`, async (route) => {
    if (route.request().method() === 'GET') await unheard.promise;
    await route.continue();
  });

  await page.getByRole('link', { name: 'Change', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: 'Workers' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('3');
  const difference = whatItDoes(page);
  await expect(difference).toContainText('slurm-worker-3');
  await expect(difference).toContainText('What stands goes on; some steps run again on it');
  await expect(difference).toContainText('Prove that jobs run on all workers');
  await expect(difference).toContainText(/CPUs\s*\d+ → \d+/);
  await expect(difference).toContainText('Takes about');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const apply = page.getByRole('button', { name: 'Change it' });
  await expect(apply).toBeEnabled();
  for (let presses = 0; presses < 40 && !(await apply.evaluate((button) => button === document.activeElement)); presses += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/change'));
  await expect(stateOf(page)).toHaveText(/Being changed/);

  await other.getByRole('button', { name: 'Change it' }).click();
  await expect(other.getByRole('main').getByRole('alert')).toContainText('Another change is under way');
  await expect(other.getByRole('main').getByRole('alert')).toContainText('Ada Lovelace began a change');
  // and when it hears of it, it says so by itself, whether that change goes on or has ended meanwhile
  unheard.resolve();
  await expect(other.getByText(/A change is under way|It was changed meanwhile/).first()).toBeVisible({ timeout: 30_000 });
  await other.close();

  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 110_000 });
  expect((await inventory('europe')).filter((item) => /^servers:.*worker/.test(item))).toHaveLength(3);
}

const whatItDoes = (page: Page) => page.getByRole('region', { name: 'What this does' });
