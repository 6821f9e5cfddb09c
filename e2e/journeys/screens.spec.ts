import { expect, test } from '@playwright/test';
import { signIn } from '../lib/person';

test('Spanish by the switch: language of the page and its headings, also after a reload', async ({ page }) => {
  await signIn(page, 'ada', '/recipes');
  await page.getByRole('button', { name: 'Account, theme and language' }).click();
  await page.getByRole('menuitemradio', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  const headings = {
    '/recipes': 'Recetas',
    '/deployments': 'Despliegues',
    '/leases': 'Reservas',
    '/sites': 'Sitios',
    '/clusters': 'Clústeres',
    '/pairs/new': 'Nueva pareja',
    '/testbed': 'Dos orillas',
    '/settings': 'Ajustes',
  };
  for (const [path, heading] of Object.entries(headings)) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Lugares principales' }).first()).toBeVisible();
  }
  await page.goto('/deploy/slurm');
  await expect(page.getByRole('heading', { name: /^Desplegar/ })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'El plan' })).toBeVisible();
});

test('what is typed before a page listens stays, and is sent', async ({ page }) => {
  await signIn(page, 'max', '/recipes');
  // its programs wait until the form was filled
  let listen = () => {};
  const filled = new Promise<void>((resolve) => {
    listen = resolve;
  });
  await page.route('**/_next/static/**/*.js*', async (route) => {
    await filled;
    await route.continue();
  });
  await page.goto('/settings/ssh-keys', { waitUntil: 'commit' });
  await page.getByLabel('Name', { exact: true }).fill('Typed early');
  await page.getByLabel('Public key').fill('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfDXG5fykag0gSS8bOa25+ZldZAMyw18/jB7CrNIAuj early');
  // pressed too early, it does nothing: least of all does it put what was typed into the address
  const add = page.getByRole('button', { name: 'Add a key' });
  await add.click();
  listen();
  await expect(add).toHaveAttribute('type', 'submit');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Typed early');
  await add.click();
  await expect(page.getByText('Typed early', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/SHA256:/)).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('the command palette: opened, searched, chosen from and closed by keyboard', async ({ page }) => {
  await signIn(page, 'ada', '/recipes');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('slurm');
  await expect(palette.getByRole('option', { name: 'Deploy SLURM cluster' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/deploy\/slurm/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme: dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
});

test('a draft survives a reload and another tab, the focus goes on with the step, and a link leads to one', async ({ page }) => {
  await signIn(page, 'ada', '/deploy/slurm');
  await expect(page).toHaveTitle('Deploy SLURM cluster · Transat');
  await page.getByLabel('Workers', { exact: true }).fill('5');
  await page.getByLabel('Name of the partition').fill('night');
  await expect(page.getByRole('complementary', { name: 'The plan' }).getByText('Quota at Sandbox Europe')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('5');
  const other = await page.context().newPage();
  await other.goto('/deploy/slurm');
  await other.getByLabel('Workers', { exact: true }).fill('7');
  await expect.poll(() => other.evaluate(() => localStorage.getItem('transat:draft:slurm'))).toContain('"7"');
  await other.close();
  await page.reload();
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('5');
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByRole('region', { name: 'Placement', exact: true })).toBeFocused();
  await page.goto('/deploy/slurm?step=review');
  await expect(page.getByRole('button', { name: 'Review' })).toHaveAttribute('aria-current', 'step');
  const answers = page.getByRole('region', { name: 'Inputs' });
  await expect(answers.getByText('night')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(answers.getByText('night')).toBeHidden();
});

test('offline, and a Transat that does not answer, are said at once, and what is on the screen stays', async ({ page, context }) => {
  await signIn(page, 'ada', '/recipes');
  await expect(page.getByRole('link', { name: 'SLURM cluster' })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('You are offline. What you see is what was read last.')).toBeVisible({ timeout: 2000 });
  await expect(page.getByRole('link', { name: 'SLURM cluster' })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
  await page.goto('/deployments');
  await page.route(/\/(?:api\/v1|healthz)/, (route) => route.abort());
  await page.getByRole('searchbox').fill('whatever');
  await expect(page.getByText('Transat does not answer.')).toBeVisible({ timeout: 3000 });
  await page.unroute(/\/(?:api\/v1|healthz)/);
  await expect(page.getByText('Transat does not answer.')).toBeHidden();
});

test('hostile answers and names are refused at their field, and nothing of them runs', async ({ page }) => {
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('pageerror', (error) => ran.push(error.message));
  const markup = '<img src=x onerror=alert(1)>';
  await signIn(page, 'ada', '/deploy/slurm');
  const partition = page.getByLabel('Name of the partition');
  for (const hostile of [markup, '$(reboot)', 'a: [b', '../../etc']) {
    await partition.fill(hostile);
    await expect(partition).toHaveAttribute('aria-invalid', 'true');
  }
  await page.goto('/deploy/slurm?step=review');
  await expect(page.getByRole('button', { name: 'Deploy', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Start over' }).click();
  const name = page.getByLabel('Name of the deployment');
  for (const hostile of [markup, '; rm -rf /', 'a\tb: c', '../up']) {
    await name.fill(hostile);
    await expect(name).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('button', { name: 'Deploy', exact: true })).toBeDisabled();
  }
  for (const path of ['/recipes', '/deployments', '/sites']) {
    await page.goto(`${path}?q=${encodeURIComponent(markup)}`);
    await expect(page.getByRole('searchbox').or(page.getByRole('main').getByRole('textbox')).first()).toHaveValue(markup);
  }
  expect(ran).toEqual([]);
});

test('what is not there is told as missing', async ({ page, request, baseURL }) => {
  await signIn(page, 'noah', '/deployments/dep_zzzzzzzzzzzzzzzz');
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText('There is no such deployment');
  await page.goto('/no/such/page');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  expect((await request.get(`${baseURL}/no/such/page`)).status()).toBe(404);
});

test('a recipe that cannot be read is listed with its place, and the others are there', async ({ page }) => {
  await page.goto('/recipes');
  await page.getByText('1 recipe file cannot be read').click();
  await expect(page.getByText(/torn\/recipe\.yaml:\d+:\d+/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'SLURM cluster' })).toBeVisible();
});
