import { expect, test } from '@playwright/test';
import { letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { inventory } from '../lib/sandbox';

test('a member of the VO deploys a SLURM cluster, watches it become ready, opens its outputs and deletes it', async ({ page }) => {
  const before = await inventory('europe');
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
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menuitem', { name: /^Delete/ })).toBeInViewport({ ratio: 1 });
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('being deleted')).toHaveCount(0);
  expect(await inventory('europe')).toEqual(before);
});
