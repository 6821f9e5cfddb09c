import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../lib/person';

test.slow();

test('a pair of both embedded clusters: looked at, made, proved; a job that finds no room crosses; its worker falls silent and comes back; drained; taken out', async ({
  page,
}) => {
  await signIn(page, 'max', '/clusters');
  const america = await keysOf(page, 1);
  const europe = await page.getByRole('link', { name: 'User and keys' }).first().getAttribute('href');
  await page.getByRole('button', { name: 'Add OSCAR Europe' }).click();
  await expect(page.getByRole('heading', { name: 'OSCAR Europe' })).toBeVisible();
  await page.getByRole('button', { name: 'Add OSCAR America' }).click();
  await expect(page.getByRole('heading', { name: 'OSCAR America' })).toBeVisible();
  await page.getByRole('link', { name: 'New pair' }).click();
  await expect(page.getByRole('heading', { name: 'New pair', level: 1 })).toBeVisible();
  await page.getByLabel('Begin with').selectOption('demo:word-count');
  await expect(page.getByLabel('Container image')).toHaveValue('transat/word-count:1');
  await page.getByLabel('Name', { exact: true }).fill('words');
  await page.getByLabel('Inputs').fill('words/in');
  await page.getByLabel('Outputs').fill('words/out');

  await page.getByRole('button', { name: 'Swap the sides' }).click();
  await page.getByRole('button', { name: 'Look at both sides' }).click();
  await expect(page.getByText('The origin needs a refresh token of yours')).toBeVisible();
  await page.getByRole('button', { name: 'Swap the sides' }).click();
  await page.getByLabel('CPU').fill('500m');
  await page.getByRole('button', { name: 'Look at both sides' }).click();
  await expect(page.getByText('“500m” is no number of cores')).toHaveCount(2);
  await expectAccessible(page);
  await page.getByLabel('CPU').fill('0.5');
  await page.getByLabel('Hand on after seconds').fill('15');
  await page.getByRole('button', { name: 'Look at both sides' }).click();
  await expect(page.getByText('Nothing stands against it here')).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'What will be made' }).getByRole('listitem')).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make the pair' }).click();

  await expect(page.getByRole('heading', { name: 'words', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('may hand jobs on')).toBeVisible();
  await page.getByRole('button', { name: 'Prove it' }).click();
  await expect(page.getByText('Proved: a job crosses')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('The result is on both sides')).toBeVisible();
  await expect(page.getByText('Job at the worker')).toBeVisible();
  await expectAccessible(page);

  await fill(america);
  const [pair] = [page.url()];
  await page.getByRole('link', { name: /Its service there.*America/ }).click();
  await page
    .getByLabel(/Drop files here/)
    .setInputFiles({ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('one two three\n') });
  await expect(page.getByText('arrived')).toBeVisible();
  await page.goto(pair);
  await page.getByRole('link', { name: /Its service there.*Europe/ }).click();
  await expect(page.getByText('Succeeded')).toBeVisible({ timeout: 90_000 });
  await page.getByRole('link', { name: 'words/out' }).first().click();
  await expect(page.getByRole('button', { name: 'words.txt.count.txt', exact: true })).toBeVisible();

  await page.goto(pair);
  await watched(page, europe);
  await drained(page);
  await page.getByRole('button', { name: 'Take it out' }).click();
  await page.getByLabel('Remove both, with their buckets and all files in them').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
  await expect(page.getByText('No pair yet')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
});

/** The worker is cut off: nothing is handed on to it within half a minute, and it gets work again by itself. */
async function watched(page: Page, worker: string | null): Promise<void> {
  const cut = async (unreachable: boolean) =>
    expect((await page.request.put(`${worker}/_settings`, { data: { unreachable } })).ok()).toBe(true);
  await expect(page.getByText('The worker answers')).toBeVisible({ timeout: 90_000 });
  await cut(true);
  // the page itself looks again each ten seconds
  await expect(page.getByText('Nothing is handed on to OSCAR Europe')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText('OSCAR Europe does not answer any more')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('The origin hands nothing on')).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await cut(false);
  await expect(page.getByText('OSCAR America hands on to OSCAR Europe as before')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('The origin hands on what waits too long')).toBeVisible({ timeout: 20_000 });
}

/** All new work goes to the other side, and back. */
async function drained(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Move work away' }).click();
  await page.getByLabel('OSCAR America: new work goes to the other side').check();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Move work away' }).click();
  await expect(page.getByText('New work goes to OSCAR Europe')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('The origin hands on all that comes')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Hand on as before' }).click();
  await expect(page.getByRole('button', { name: 'Drill' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('The origin hands on what waits too long')).toBeVisible({ timeout: 30_000 });
}

interface Keys {
  endpoint: string;
  user: string;
  password: string;
}

/** The user and password of a cluster that the sandbox offers, from the page where it shows them. */
async function keysOf(page: Page, index: number): Promise<Keys> {
  const address = await page.getByRole('link', { name: 'User and keys' }).nth(index).getAttribute('href');
  return (await page.request.get(`${address}/try-me`)).json();
}

/** Takes all room of a cluster for some minutes. */
async function fill({ endpoint, user, password }: Keys): Promise<void> {
  const headers = { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, 'content-type': 'application/json' };
  const ask = (method: string, path: string, body?: object) =>
    fetch(endpoint + path, { method, headers, body: body && JSON.stringify(body) });
  const environment = { variables: { SECONDS: '1800' } };
  const wait = { name: 'fill', image: 'transat/wait:1', script: 'sleep', cpu: '7.8', memory: '256Mi', environment };
  expect((await ask('POST', '/system/services', wait)).status).toBe(201);
  const { token } = (await (await ask('GET', '/system/services/fill')).json()) as { token: string };
  for (let jobs = 0; jobs < 2; jobs++)
    expect((await fetch(`${endpoint}/job/fill`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: 'x' })).status).toBe(
      201,
    );
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
}
