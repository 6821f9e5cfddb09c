import { expect, type Page, test } from '@playwright/test';
import { cut, fill, makeRoom, offeredClusters } from '../lib/oscar';
import { signIn } from '../lib/person';

const files = (from: number) =>
  Array.from({ length: 25 }, (_none, index) => ({
    name: `f${from + index}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(`one two ${from + index}\n`),
  }));
const soon = { timeout: 180_000 };

test('the worker of a pair is cut off in the middle of a burst of 50 jobs: it is out in 30 seconds, comes back by itself, and each job ran once; a drill reports', async ({
  page,
}) => {
  test.skip(process.env.TRANSAT_FULL !== '1', 'takes minutes: --full');
  test.setTimeout(600_000);
  await signIn(page, 'noah', '/clusters');
  const [europe, america] = await offeredClusters(page);
  if (!europe || !america) throw new Error('the sandbox offers two clusters');
  await makePair(page);
  const pair = page.url();
  const id = new URL(pair).pathname.split('/').at(-1);
  await expect(page.getByText('The worker answers')).toBeVisible(soon);
  await fill(america);

  await drop(page, files(0));
  const { items: before } = await jobsOf(page, id);
  expect(before.length).toBeLessThan(50);
  await cut(page, europe, true);
  const cutAt = Date.now();
  await drop(page, files(25));
  await page.goto(pair);
  await expect(page.getByText('Nothing is handed on to OSCAR Europe')).toBeVisible(soon);
  const events = await (await page.request.get(`/api/v1/pairs/${id}/events`)).json();
  const out = events.items.find(({ kind }: { kind: string }) => kind === 'taken-out');
  expect(Date.parse(out.at) - cutAt).toBeLessThanOrEqual(30_000);

  await cut(page, europe, false);
  await makeRoom(america);
  await expect(page.getByText('OSCAR America hands on to OSCAR Europe as before')).toBeVisible(soon);
  await expect(page.getByText('The origin hands on what waits too long')).toBeVisible(soon);
  await expect.poll(async () => (await jobsOf(page, id)).items.filter(({ state }) => state === 'Succeeded').length, soon).toBe(50);
  const { items } = await jobsOf(page, id);
  const expected = [...files(0), ...files(25)].map(({ name }) => `burst/in/${name}`);
  // of some that crossed it is not told which file they answer: those that are known are each of another one
  const known = items.flatMap(({ object }) => object ?? []);
  expect(new Set(known).size).toBe(known.length);
  expect(known.filter((object) => !expected.includes(object))).toEqual([]);
  expect(items.some(({ crossed }) => crossed)).toBe(true);

  await page.goto('/testbed');
  await page.getByLabel('Service', { exact: true }).selectOption('burst');
  await page.getByLabel('State', { exact: true }).selectOption('Succeeded');
  const rows = page.getByRole('region', { name: 'Jobs' }).getByRole('listitem').filter({ hasText: '.txt' });
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows.filter({ hasText: 'Succeeded' })).toHaveCount(50);

  await page.goto(pair);
  await drilled(page, pair);
  await page.getByRole('button', { name: 'Take it out' }).click();
  await page.getByLabel('Remove both, with their buckets and all files in them').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
  await expect(page.getByText('No pair yet')).toBeVisible(soon);
});

/** Makes the pair by the wizard, which is on the page of clusters. */
async function makePair(page: Page): Promise<void> {
  for (const name of ['OSCAR Europe', 'OSCAR America']) {
    await page.getByRole('button', { name: `Add ${name}` }).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
  }
  await page.getByRole('link', { name: 'New pair' }).click();
  await page.getByLabel('Begin with').selectOption('demo:word-count');
  await page.getByLabel('Name', { exact: true }).fill('burst');
  await page.getByLabel('Inputs').fill('burst/in');
  await page.getByLabel('Outputs').fill('burst/out');
  await page.getByLabel('CPU').fill('0.5');
  await page.getByLabel('Hand on after seconds').fill('15');
  await page.getByRole('button', { name: 'Look at both sides' }).click();
  await expect(page.getByText('Nothing stands against it here')).toHaveCount(2);
  await page.getByRole('button', { name: 'Make the pair' }).click();
  await expect(page.getByRole('heading', { name: 'burst', level: 1 })).toBeVisible(soon);
}

/** Drops files into the folder at the origin, on the service's page. */
async function drop(page: Page, some: ReturnType<typeof files>): Promise<void> {
  await page.getByRole('link', { name: /Its service there.*America/ }).click();
  await page.getByLabel(/Drop files here/).setInputFiles(some);
  await expect(page.getByText('arrived')).toHaveCount(some.length, soon);
  await page.goBack();
}

interface Job {
  state: string;
  crossed: boolean;
  object: string | null;
}

async function jobsOf(page: Page, pair: string | undefined): Promise<{ items: Job[] }> {
  return await (await page.request.get(`/api/v1/jobs?pair=${pair}&limit=200&watch=true`)).json();
}

/** All that comes goes to the other side, and what became of it is told at the end. */
async function drilled(page: Page, pair: string): Promise<void> {
  await page.getByRole('button', { name: 'Drill' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Begin the drill' }).click();
  await expect(page.getByText('It is a drill, and ends by itself at')).toBeVisible(soon);
  await expect(page.getByText('The origin hands on all that comes')).toBeVisible(soon);
  await drop(page, files(50).slice(0, 2));
  await page.goto(pair);
  await page.getByRole('link', { name: /Its service there.*Europe/ }).click();
  await expect(page.getByText('Succeeded').nth(1)).toBeVisible(soon);
  await page.goto(pair);
  await page.getByRole('button', { name: 'Hand on as before' }).click();
  await expect(page.getByRole('heading', { name: /The last drill/ })).toBeVisible(soon);
  const came = page.getByText('Jobs that came to OSCAR Europe').locator('..');
  await expect(came.getByText('Done').locator('..')).toContainText('2');
}
