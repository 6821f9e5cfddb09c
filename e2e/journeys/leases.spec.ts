import AxeBuilder from '@axe-core/playwright';
import { expect as impatient, type Locator, type Page, test } from '@playwright/test';
import { letEverybodyIn, stateOf } from '../lib/deployment';
import { connectAmerica, removeCredential } from '../lib/device';
import { signIn } from '../lib/person';
import { inventory, moveClock, reset } from '../lib/sandbox';

// sites are asked for all that they have, host by host
const expect = impatient.configure({ timeout: 45_000 });
test.use({ timezoneId: 'Europe/Madrid', actionTimeout: 45_000 });
const minutes = (n: number) => n * 60_000;

test('somebody new here reserves two GPU nodes for tomorrow morning in six presses, and a cluster that is queued on them starts by itself', async ({
  page,
}) => {
  test.setTimeout(minutes(10));
  await signIn(page, 'ada', '/settings/appearance');
  await connectAmerica(page);
  await page.goto('/');
  const presses: string[] = [];
  const press = async (what: Locator) => {
    presses.push((await what.textContent()) ?? '');
    await what.click();
  };
  await press(page.getByRole('navigation').getByRole('link', { name: 'Leases' }).first());
  await press(page.getByRole('button', { name: 'with a GPU' }));
  await press(page.getByRole('button', { name: 'One more' }));
  const morning = tomorrowAt(9); // midnight may pass while this goes on
  await press(page.getByRole('button', { name: 'Tomorrow, 09:00' }));
  const offers = page.getByRole('region', { name: 'When and where it can be had' });
  // what was found before is dimmed until the new answer is there
  await expect(offers.locator('[aria-busy=true]')).toHaveCount(0);
  const first = offers
    .getByRole('listitem')
    .filter({ hasText: /09:00 – 15:00/ })
    .filter({ hasText: 'Sandbox America' })
    .first();
  await expect(first).toContainText('2 × gpu_');
  await press(first.getByRole('link', { name: 'Reserve' }));
  const rail = page.getByRole('complementary', { name: 'Your lease' });
  await expect(rail).toContainText('09:00 – 15:00');
  await expect(rail).toContainText('SU');
  await expect(rail.getByText('These stay free longest')).toBeVisible();
  await press(rail.getByRole('button', { name: 'Reserve' }));
  expect(presses.length, presses.join(' → ')).toBeLessThanOrEqual(6);

  const lease = page.getByRole('main').getByRole('heading', { level: 1 });
  await expect(lease).toHaveText(/2 gpu_/);
  await expect(stateOf(page)).toHaveText(/Reserved/);
  await expect(page.getByText('Reserved for you.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What it holds' }).getByRole('listitem').getByRole('listitem')).toHaveCount(2);
  const address = page.url();
  await page.getByRole('button', { name: 'Deploy on it' }).first().click();
  await page.getByRole('menuitem', { name: 'SLURM cluster' }).click();
  // as many workers as the lease has hosts
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('2');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByLabel('On a lease').last()).toHaveValue(/.+/);
  await expect(page.getByText(/until it is ready; .* are left to use it/)).toBeVisible();
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await page.getByLabel('Name of the deployment').fill('Queued overnight');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Queued overnight' })).toBeVisible();
  await expect(stateOf(page)).toHaveText(/Waiting for its lease/);
  await expect(page.getByText(/Lease until .*15:00/).first()).toBeVisible();
  expect((await inventory('america')).filter((item) => item.startsWith('servers:') && item.includes('worker'))).toEqual([]);

  // the morning comes: nobody touches the page
  await page.evaluate(() => Object.assign(window, { untouched: true }));
  await moveClock('america', morning);
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: minutes(4) });
  expect(await page.evaluate(() => 'untouched' in window)).toBe(true);
  const deployment = page.url();

  await page.goto(address);
  await expect(stateOf(page)).toHaveText(/Running/);
  await expect(page.getByRole('link', { name: 'Queued overnight' }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Extend', exact: true }).click();
  const dialog = page.getByRole('dialog');
  // somebody else may have one of the hosts soon after
  await dialog
    .getByRole('button', { name: /^(\+ 1 h|As far as it goes)/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Extend it' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^(7 h|6 h [1-5]?\d min) in all$/)).toBeVisible();

  await page.getByRole('button', { name: 'End now' }).click();
  await expect(dialog).toContainText('Queued overnight');
  await dialog.getByRole('button', { name: 'End now' }).click();
  await expect(stateOf(page)).toHaveText(/Over/, { timeout: minutes(2) });
  await page.goto(deployment);
  await expect(stateOf(page)).toHaveText(/Deleted/);
  await page.goto('/settings/credentials');
  await removeCredential(page, 'Your Sandbox America account');
  await reset('america');
});

test('the calendar says the same as a picture, as a table and in every time zone, by pointer and by keys, before one signs in', async ({
  page,
}) => {
  await page.goto('/leases?view=calendar');
  const chart = page.getByRole('application', { name: 'Calendar of hosts' });
  // a registry tells host by host
  await expect(chart.locator('[data-row]').nth(10)).toBeVisible();
  expect(await chart.locator('[data-row]').count()).toBeLessThanOrEqual(80);

  // by keys: from the next round time on, six steps long
  await chart.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowRight');
  const bar = page.getByRole('region', { name: 'Chosen time' });
  const utc = await bar.getByText(/UTC$/).first().textContent();
  await expect(bar.getByText(/ (CET|CEST|GMT\+[12])( |$)/).first()).toBeVisible();
  await page.getByLabel('Time zone').selectOption('UTC');
  await expect(bar.getByText(utc ?? '', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  // by pointer: over three rows
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.locator('[data-row="2"]').boundingBox();
  if (!box) throw new Error('The calendar has no third row');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 15);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 75, { steps: 5 });
  await page.mouse.up();
  await expect(bar).toContainText(/(hosts, all|are taken then|is taken then|Free then)/);
  await expect(bar.getByRole('link', { name: 'Find another time' })).toBeVisible();

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('table', { name: /^Hosts, and when they are taken/ });
  await expect(table.getByRole('row').nth(5)).toBeVisible();
  await expect(table.getByRole('rowheader').first()).toContainText('Sandbox America');
  expect(await table.getByRole('row').count()).toBeLessThanOrEqual(80);
});

test('a time that does not exist, and one that exists twice, are told at the field', async ({ page }) => {
  await page.goto('/leases/new?site=sandbox-america');
  const start = page.getByLabel('Begins at');
  await start.fill('2027-03-28T02:30');
  await expect(page.getByText('2027-03-28 02:30 does not exist in Europe/Madrid')).toBeVisible();
  await page.getByRole('button', { name: /^Take 03:00/ }).click();
  await expect(start).toHaveValue('2027-03-28T03:00');
  await start.fill('2027-10-31T02:30');
  await expect(page.getByText('2027-10-31 02:30 exists twice in Europe/Madrid')).toBeVisible();
  await page.getByRole('button', { name: /^\+01:00/ }).click();
  await expect(page.getByText('Oct 31, 01:30 UTC')).toBeVisible();
});

/** Nine o’clock tomorrow, where the person of these journeys is. */
function tomorrowAt(hour: number): Date {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(Date.now() + 86_400_000);
  const asUtc = new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  const shown = new Date(`${asUtc.toLocaleString('sv-SE', { timeZone: 'Europe/Madrid' }).replace(' ', 'T')}Z`);
  return new Date(asUtc.getTime() - (shown.getTime() - asUtc.getTime()));
}

async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
      expect.soft(violations.map(({ id, nodes }) => `${width} px, ${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
      .toBeLessThanOrEqual(0);
  }
}
