import { expect } from '@playwright/test';
import { test } from '../lib/afresh';
import { deleteIt, deploy, letEverybodyIn, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { applicationCredential, fault, heal, inventory, standing } from '../lib/sandbox';

test.skip(process.env.TRANSAT_FULL !== '1', 'takes more than a minute: --full');

const shots = process.env.TRANSAT_SHOTS;

test('a recipe of two parts stands at two sites: one that refuses leaves the other standing, is retried alone, and all goes at both', async ({
  page,
}) => {
  const look = async (name: string) => {
    if (!shots) return;
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 860 });
  };
  await signIn(page, 'ada');
  const { id, secret } = await applicationCredential('america');
  await page.evaluate(
    async (body) => {
      const { csrf } = await (await fetch('/api/v1/me')).json();
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
      await fetch('/api/v1/credentials', { method: 'POST', headers, body: JSON.stringify(body) });
    },
    { site: 'america', name: 'my America', kind: 'applicationCredential', id, secret },
  );
  const before = { europe: await standing('europe'), america: await standing('america') };

  await page.goto('/deploy/two-shores');
  await letEverybodyIn(page);
  await page.getByRole('button', { name: 'Next: Placement' }).click();
  await expect(page.getByText('This goes to several sites: Europe, America')).toBeVisible();
  const europe = page.getByRole('region', { name: 'Where Europe goes' });
  const america = page.getByRole('region', { name: 'Where America goes' });
  await europe
    .getByRole('radio', { name: /^Sandbox Europe/ })
    .first()
    .check();
  await america
    .getByRole('radio', { name: /^Sandbox America/ })
    .first()
    .check();
  await look('placement');
  await page.getByRole('button', { name: 'Next: Review' }).click();
  await expect(page.getByText('Quota at Sandbox America')).toBeVisible();
  await look('review');
  await page.getByLabel('Name of the deployment').fill('Both shores');
  await fault('america', {
    match: { method: 'POST', path: '/floatingips' },
    answer: {
      status: 409,
      body: { NeutronError: { type: 'OverQuota', message: "Quota exceeded for resources: ['floatingip'].", detail: '' } },
    },
    times: 20,
  });
  await deploy(page, 'Both shores');

  await expect(page.getByRole('button', { name: 'Place elsewhere' })).toBeVisible({ timeout: 110_000 });
  await expect(stateOf(page)).toHaveText(/part/i);
  const parts = page.getByRole('region', { name: 'Its parts' }).getByRole('listitem');
  await expect(parts.filter({ hasText: 'Sandbox America' }).getByText('Has failed', { exact: true })).toBeVisible();
  await expect(parts.filter({ hasText: 'Sandbox Europe' }).getByText('Has failed', { exact: true })).toHaveCount(0);
  await look('one-side');
  await heal('america');
  await page.getByRole('main').getByRole('button', { name: 'Retry' }).last().click();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 110_000 });
  await look('ready');
  await deleteIt(page);
  expect({ europe: await inventory('europe'), america: await inventory('america') }).toEqual(before);
});
