import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../lib/person';

test('both embedded clusters are registered; a service is made; a file dropped into its input becomes a job, seen with its log and its result', async ({
  page,
}) => {
  await signIn(page, 'ada', '/clusters');
  await page.getByRole('button', { name: 'Add OSCAR Europe' }).click();
  await expect(page.getByRole('heading', { name: 'OSCAR Europe' })).toBeVisible();
  await page.getByRole('button', { name: 'Add OSCAR America' }).click();
  await expect(page.getByRole('heading', { name: 'OSCAR America' })).toBeVisible();
  await expect(page.getByText('Answers')).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'OSCAR America' }).click();
  await page.getByRole('link', { name: 'New service' }).click();
  await page.getByLabel('Begin with').selectOption('word-count');
  await page.getByLabel('CPU').fill('500m');
  await page.getByRole('button', { name: 'See what will be made' }).click();
  await expect(page.getByText('Write 0.5 in the place of 500m').first()).toBeVisible();
  await page.getByLabel('CPU').fill('0.5');
  await page.getByRole('button', { name: 'See what will be made' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByRole('heading', { name: 'word-count', level: 1 })).toBeVisible();
  await expect(page.getByText('No job yet')).toBeVisible();
  await expectAccessible(page);

  await page
    .getByLabel(/Drop files here/)
    .setInputFiles({ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('one two three\n') });
  await expect(page.getByText('arrived')).toBeVisible();
  await expect(page.getByText('Succeeded')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^word-count-/ }).click();
  await expect(page.getByText(/1 3 14 words.txt/)).toBeVisible();

  await page.getByRole('link', { name: 'word-count/out' }).click();
  await page.getByRole('button', { name: 'words.txt.count.txt', exact: true }).click();
  await expect(page.getByRole('dialog').getByText('1 3 14 words.txt')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.goBack();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Memory').fill('512Mi');
  await page.getByRole('button', { name: 'See what will change' }).click();
  await expect(page.getByRole('dialog').getByText('256Mi')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Change it' }).click();
  await page.getByRole('tab', { name: 'From a command line' }).click();
  await expect(page.getByText('memory: 512Mi')).toBeVisible();
  await page.getByRole('button', { name: 'Delete word-count' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No service here yet')).toBeVisible();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
}
