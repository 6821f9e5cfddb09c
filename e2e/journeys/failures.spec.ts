import { expect, type Page, test } from '@playwright/test';
import { configureMachine, deleteIt, deploy, letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn, signOut } from '../lib/person';
import { fault, heal, inventory, limit, standing } from '../lib/sandbox';

const soon = { timeout: 60_000 };

let before: string[];
test.beforeEach(async () => {
  before = await standing('europe');
});
test.afterEach(() => heal('europe'));

/** Deletes the deployment whose page is open, and shows that nothing of it is left in the cloud. */
async function deleteWithoutTrace(page: Page): Promise<void> {
  await deleteIt(page);
  expect(await inventory('europe')).toEqual(before);
}

/** What a failure must tell: what was tried, why, what to do, and what the site said word for word. */
async function expectTold(page: Page, what: RegExp, said: RegExp): Promise<void> {
  const told = page.getByRole('alert').filter({ hasText: what });
  await expect(told.getByText('What to do now')).toBeVisible();
  await expect(told.getByText('What we tried')).toBeVisible();
  await expect(told.locator('blockquote')).toHaveText(said);
}

test('a server that ends in ERROR: said word for word, retried, deleted without a trace', async ({ page }) => {
  await signIn(page, 'ada');
  await configureMachine(page, { name: 'Unlucky server', flavor: 'fault.error-state' });
  await deploy(page, 'Unlucky server');
  await expect(stateOf(page)).toHaveText(/Failed/, soon);
  await expectTold(page, /server/i, /No valid host was found/);
  await page.getByRole('button', { name: 'Retry' }).click();
  // it may have failed again before anybody sees that it is under way
  await expect.poll(() => failuresAfterRetry(page), soon).toBeGreaterThan(0);
  await expect(stateOf(page)).toHaveText(/Failed/, soon);
  await expect(page.getByRole('alert').getByRole('link', { name: 'Deploy it elsewhere' })).toBeVisible();
  await deleteWithoutTrace(page);
  await page.getByRole('link', { name: 'Deploy the same again' }).click();
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByLabel('Flavor').locator('option:checked')).toHaveText(/^fault\.error-state/);
  await page.goto('/deploy/virtual-machine?machine_count=3');
  await expect(page.getByLabel('Machines', { exact: true })).toHaveValue('3');
  await expect(page).toHaveURL(/\/deploy\/virtual-machine$/);
});

test('a step that fails: the page opens at it, its log shows why, a retry goes on from there', async ({ page }) => {
  await signIn(page, 'ada');
  await configureMachine(page, { name: 'Unlucky step', flavor: 'fault.step-fails' });
  await deploy(page, 'Unlucky step');
  await expect(stateOf(page)).toHaveText(/Failed|Degraded/, soon);
  await expect(page.getByText(/exit code 1/).first()).toBeVisible();
  await expect(page.getByRole('alert').locator('blockquote').first()).toContainText('Unable to locate package');
  await page.getByRole('link', { name: 'See its log' }).click();
  await expect(
    page
      .getByRole('log')
      .getByText(/Unable to locate package/)
      .first(),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(stateOf(page)).toHaveText(/Ready/, soon);
  await deleteWithoutTrace(page);
});

test('a machine that says nothing: from the third minute on its page shows its console, and how long it is still waited for', async ({
  page,
}) => {
  await signIn(page, 'ada');
  await configureMachine(page, { name: 'Silent', flavor: 'fault.never-boots' });
  await deploy(page, 'Silent');
  await page.getByRole('tab', { name: /^Nodes/ }).click();
  await expect(page.getByText('booting').first()).toBeVisible(soon);
  const silent = page.getByRole('region', { name: 'The machine has not reported in yet' });
  await expect(silent).toBeHidden();
  await page.clock.setFixedTime(Date.now() + 190_000);
  await page.reload();
  await expect(silent).toContainText(/It is waited for another 1[12] min/);
  await expect(silent).toContainText('grub rescue>');
  await deleteWithoutTrace(page);
});

test('a quota that is used up meanwhile: it is asked anew when Deploy is pressed, and what the site refuses after that is told and retried', async ({
  page,
}) => {
  await signIn(page, 'ada');
  await configureMachine(page, { name: 'No room' });
  const press = page.getByRole('button', { name: 'Deploy', exact: true });
  await expect(press).toBeEnabled(soon);
  await limit('europe', { cores: 0 });
  // on a slow machine the plan may have been made anew in this moment, and the button says so itself
  const told = page.getByText('0 of the project’s 0 are left').first();
  await expect(async () => {
    if (await press.isEnabled()) await press.click({ timeout: 2000 });
    await expect(told).toBeVisible({ timeout: 3000 });
  }).toPass(soon);
  await heal('europe');
  const exceeded = { forbidden: { code: 403, message: 'Quota exceeded for cores: Requested 1, but already used 0 of 0 cores' } };
  await fault('europe', { match: { service: 'compute', method: 'POST', path: '/servers$' }, answer: { status: 403, body: exceeded } });
  // without a word typed: others have freed what was missing. On a quick machine the sites are asked once more in just this moment, and the button is there and gone
  const again = page.getByRole('button', { name: 'Ask them again' });
  await expect(async () => {
    if (await again.isVisible()) await again.click({ timeout: 2000 });
    await expect(press).toBeEnabled({ timeout: 3000 });
    await press.click({ timeout: 2000 });
    await expect(page.getByRole('heading', { name: 'No room' })).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
  await expect(stateOf(page)).toHaveText(/Failed/, soon);
  await expectTold(page, /quota/i, /Quota exceeded/);
  await heal('europe');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(stateOf(page)).toHaveText(/Ready/, soon);
  await deleteWithoutTrace(page);
});

test('an image that the site has no more: the plan says so before anything is made, the site’s refusal is told after', async ({ page }) => {
  await signIn(page, 'ada');
  await page.goto('/recipes');
  // as it stands in the browser of somebody who chose the image a month ago
  await page.evaluate(() =>
    localStorage.setItem(
      'transat:draft:virtual-machine',
      JSON.stringify({
        machines: { machine: { image: '00000000-dead' } },
        inputs: { allowed_cidr: '0.0.0.0/0', ports_cidr: '0.0.0.0/0' },
      }),
    ),
  );
  await page.goto('/deploy/virtual-machine?step=review');
  const plan = page.getByRole('complementary', { name: 'The plan' });
  await expect(plan.getByText(/image/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Deploy', exact: true })).toBeDisabled();
  await plan.getByRole('button', { name: 'Go to it' }).first().click();
  await expect(page.getByLabel('Image')).toBeFocused();

  await page.getByLabel('Image').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page.getByLabel('Name of the deployment').fill('Withdrawn image');
  const withdrawn = { badRequest: { code: 400, message: 'Image 0ddba11 could not be found.' } };
  await fault('europe', { match: { service: 'compute', method: 'POST', path: '/servers$' }, answer: { status: 400, body: withdrawn } });
  await deploy(page, 'Withdrawn image');
  await expect(stateOf(page)).toHaveText(/Failed/, soon);
  await expectTold(page, /image/i, /Image 0ddba11 could not be found/);
  await deleteWithoutTrace(page);
});

test('a quota of 0: the site is marked as not fitting, and says which limit and what to do', async ({ page }) => {
  await signIn(page, 'max');
  await limit('europe', { instances: 0 });
  await page.goto('/deploy/virtual-machine?step=placement');
  const choices = page.getByRole('group', { name: 'Where it goes' });
  await expect(choices.getByText('Does not fit').first()).toBeVisible();
  await expect(choices.getByText(/server|instance/i).first()).toBeVisible();
});

test('a person in no virtual organisation: the site says which it serves, and how to get in', async ({ page }) => {
  await signIn(page, 'noah', '/sites');
  const row = page.getByRole('row').filter({ hasText: 'Sandbox Europe' });
  await expect(row.getByText('Not open to you')).toBeVisible();
  await row.getByRole('link', { name: 'Sandbox Europe' }).click();
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText(/virtual organisation/);
  await expect(told.getByText('What to do now')).toBeVisible();
  await page.goto('/deploy/virtual-machine');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByRole('radio', { name: 'Sandbox Europe' })).toBeDisabled();
  // what is mended on the way leads back to the form
  await page.getByRole('link', { name: 'Add a credential' }).first().click();
  await expect(page.getByRole('dialog').getByLabel('Secret', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Back to the form' }).click();
  await expect(page).toHaveURL(/\/deploy\/virtual-machine\?.*step=placement/);
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await expect(page.getByText('No site is chosen that can take it.')).toBeVisible();
});

for (const [what, status] of [
  ['is dead', 503],
  ['hangs', 'timeout'],
] as const) {
  test(`an identity endpoint that ${what}: the site does not answer, and answers again when asked later`, async ({ page }) => {
    await signIn(page, 'ada');
    await signOut(page); // with it goes what is remembered of the sites
    await fault('europe', { match: { service: 'identity' }, answer: { status }, times: 1000 });
    await signIn(page, 'ada', '/sites/sandbox-europe');
    await expect(page.getByText('Does not answer')).toBeVisible();
    const told = page.getByRole('main').getByRole('alert');
    await expect(told.getByText('What to do now')).toBeVisible();
    await heal('europe');
    await told.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('Open to you')).toBeVisible();
  });
}

/** How many things went wrong since somebody asked to retry, as the history tells. */
async function failuresAfterRetry(page: Page): Promise<number> {
  const [, id = ''] = /deployments\/(\w+)/.exec(page.url()) ?? [];
  const { items }: { items: { level: string; message: string }[] } = await (
    await page.request.get(`/api/v1/deployments/${id}/events`)
  ).json();
  const asked = items.findIndex(({ message }) => message.startsWith('Asked to retry'));
  return asked < 0 ? 0 : items.slice(asked).filter(({ level }) => level === 'error').length;
}
