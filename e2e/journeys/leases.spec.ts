import { expect as impatient, type Locator, test } from '@playwright/test';
import { stateOf } from '../lib/deployment';
import { connectAmerica, removeCredential } from '../lib/device';
import { signIn } from '../lib/person';
import { reset } from '../lib/sandbox';

// sites are asked for all that they have, host by host
const expect = impatient.configure({ timeout: 45_000 });
test.use({ timezoneId: 'Europe/Madrid', actionTimeout: 45_000 });

test('somebody new here reserves two GPU nodes for tomorrow morning in six presses from the home page', async ({ page }) => {
  test.setTimeout(240_000);
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
