import { expect } from '@playwright/test';
import { test } from '../lib/afresh';
import { configureMachine, deleteIt, deploy, stateOf } from '../lib/deployment';
import { approve, removeCredential as remove } from '../lib/device';
import { signIn, signOut } from '../lib/person';
import { applicationCredential } from '../lib/sandbox';

test('connecting one’s account by the device flow opens Sandbox America; refusing connects nothing', async ({ page }) => {
  await signIn(page, 'ada', '/sites');
  const row = page.getByRole('row').filter({ hasText: 'Sandbox America' });
  await row.getByRole('link', { name: 'Connect with Sandbox America' }).click();
  await approve(page, 'Refuse');
  await expect(page.getByText('The request was refused at the provider. Nothing was connected.')).toBeVisible({ timeout: 30_000 });

  await page.getByRole('button', { name: 'Get a new code' }).click();
  await approve(page, 'Connect');
  await expect(page.getByText('Connected with Sandbox America')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

  const credential = page.getByRole('listitem').filter({ hasText: 'Your Sandbox America account' });
  await credential.getByRole('button', { name: 'Try Your Sandbox America account now' }).click();
  await expect(credential.getByText('Leases can be read, and your roles let you make them.')).toBeVisible();
  await page.goto('/sites');
  await expect(row.getByText('Open to you')).toBeVisible();
  await expect(row.getByText('CHI-sandbox')).toBeVisible();

  // this site keeps no roles of federated people: it says so, and nothing is kept
  await page.goto('/settings/credentials');
  await credential.getByRole('button', { name: 'Make an application credential' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Refused');
  await page.getByRole('dialog').getByRole('button', { name: 'Make an application credential' }).click();
  await expect(page.getByRole('dialog').getByText('The site makes no application credentials for federated users')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await remove(page, 'Your Sandbox America account');
  await expect(page.getByRole('button', { name: 'Connect with Sandbox America' })).toBeVisible();
});

test('a credential that Transat makes says what it can do, lives as long as was chosen, is renewed, and is revoked', async ({ page }) => {
  await signIn(page, 'max', '/settings/credentials');
  const own = page.getByRole('listitem').filter({ hasText: 'Sandbox Europe' }).filter({ hasText: 'your sign-in' });
  await own.getByRole('button', { name: 'Make an application credential' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('It can make no other credentials.')).toBeVisible();
  await expect(dialog.getByLabel('Days it lives')).toHaveValue('30');
  await dialog.getByLabel('Name', { exact: true }).fill('While away');
  await dialog.getByLabel('Days it lives').fill('400');
  await dialog.getByRole('button', { name: 'Make an application credential' }).click();
  await expect(dialog.getByText('Choose from 1 to 90 days.')).toBeVisible();
  await dialog.getByLabel('Days it lives').fill('2');
  await dialog.getByRole('button', { name: 'Make an application credential' }).click();

  const made = page.getByRole('listitem').filter({ hasText: 'While away' });
  await expect(made.getByText('Expires within 3 days')).toBeVisible();
  await expect(made.getByText('Your roles in the project (member, reader) let you create servers.')).toBeVisible();
  const about = await made.getByText(/· id /).textContent();
  await made.getByRole('button', { name: 'Renew' }).click();
  await expect(made.getByText(about ?? '')).toBeHidden();
  await page.goto('/');
  await expect(page.getByText('“While away” expires soon')).toBeVisible();
  await page.getByRole('link', { name: 'Renew it' }).click();
  await remove(page, 'While away');
  await expect(made).toBeHidden();
});

test('one box takes whatever file one has: it is recognised, never run, and asks for what it lacks', async ({ page }) => {
  const { id, secret } = await applicationCredential('america');
  await signIn(page, 'noah', '/settings/credentials?add=1');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kind').selectOption({ label: 'File: clouds.yaml or openrc' });
  const address = await page.evaluate(async () => {
    const answer = await fetch('/api/v1/sites/sandbox-america');
    return String((await answer.json()).authUrl);
  });
  const openrc = `#!/usr/bin/env bash
export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=${address}
export OS_APPLICATION_CREDENTIAL_ID=${id}
`;
  await dialog.getByLabel('Your file').fill(`${openrc}export OS_REGION_NAME=$(touch /tmp/canary)`);
  await expect(dialog.getByText(/Line 5 would run a command/).first()).toBeVisible();
  await dialog.getByLabel('Your file').fill(`${openrc}export OS_REGION_NAME=“R”`);
  await expect(dialog.getByText(/Line 5, column 23: “ stands where a plain " belongs/).first()).toBeVisible();
  const yaml = (type: string) =>
    `clouds:\n  mine:\n    auth_type: ${type}\n    verify: false\n    auth: {auth_url: "${address}", token: x}\n`;
  await dialog.getByLabel('Your file').fill(yaml('v3token'));
  await expect(dialog.getByText(/signs in with a token \(“v3token”\)/)).toBeVisible();
  await dialog.getByLabel('Your file').fill(`$env:OS_AUTH_URL = "${address}"\n$env:OS_USERNAME = "ann"\nGet-Date\n`);
  await expect(dialog.getByText('A PowerShell script that sets variables')).toBeVisible();
  await expect(dialog.getByText('Not run: line 3.')).toBeVisible();
  await expect(dialog.getByLabel('Password')).toBeVisible();
  await dialog.getByLabel('Your file').fill(openrc);
  await expect(dialog.getByText('It is for Sandbox America.')).toBeVisible();
  await expect(dialog.getByText('Not run')).toBeHidden();
  await dialog.getByLabel('Secret').fill(secret);
  await dialog.getByLabel('Name', { exact: true }).fill('From my laptop');
  await dialog.getByRole('button', { name: 'Try and keep' }).click();
  const kept = page.getByRole('listitem').filter({ hasText: 'From my laptop' });
  await expect(kept.getByText(/gave a token to/)).toBeVisible();
  await expect(kept.getByText(/lets no application credential make one/)).toBeVisible();
  await remove(page, 'From my laptop');
  await expect(kept).toBeHidden();
});

test('a deletion whose credential is gone stops, says so, and goes on by another credential', async ({ page }) => {
  const form = page.getByRole('dialog');
  await signIn(page, 'ada', '/settings/credentials');
  for (const name of ['First key', 'Second key']) {
    const { id, secret } = await applicationCredential('america');
    await page.goto('/settings/credentials?site=sandbox-america');
    await form.getByLabel('Name', { exact: true }).fill(name);
    await form.getByLabel('Id', { exact: true }).fill(id);
    await form.getByLabel('Secret', { exact: true }).fill(secret);
    await form.getByRole('button', { name: 'Try and keep' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: name }).getByText('Works')).toBeVisible();
    if (name === 'First key') {
      await configureMachine(page, { name: 'Left behind', site: 'Sandbox America' });
      await deploy(page, 'Left behind');
      await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
    }
  }
  await page.getByRole('button', { name: 'Delete First key' }).click();
  await expect(form.getByLabel('Go on by')).toHaveValue(/.+/);
  await form.getByRole('button', { name: 'Delete all the same' }).click();
  await expect(page.getByRole('button', { name: 'Delete First key' })).toBeHidden();

  await page.goto('/deployments');
  await page.getByRole('link', { name: 'Left behind' }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Use another credential' }).first().click();
  await expect(form.getByText('It acts by a credential that is not here any more.')).toBeVisible();
  await form.getByLabel('Go on by').selectOption({ label: 'Second key' });
  await form.getByRole('button', { name: 'Try it, and go on' }).click();
  await expect(stateOf(page)).toHaveText(/Deleted/, { timeout: 60_000 });
  await page.goto('/settings/credentials');
  await remove(page, 'Second key');
  await expect(page.getByRole('button', { name: 'Delete Second key' })).toBeHidden();
});

test('who signs out while something is at work is told what stops; a made credential lets it go on', async ({ page }) => {
  await signIn(page, 'ada', '/recipes');
  await configureMachine(page, { name: 'Goes on alone', site: 'Sandbox Europe' });
  await deploy(page, 'Goes on alone');
  await page.getByRole('button', { name: 'Account, theme and language' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const warning = page.getByRole('dialog').filter({ hasText: '1 deployment would stop' });
  await expect(warning.getByText('Goes on alone')).toBeVisible();
  await warning.getByRole('link', { name: 'Make an application credential' }).click();
  const form = page.getByRole('dialog').filter({ hasText: 'Make an application credential at Sandbox Europe' });
  await form.getByLabel('Name', { exact: true }).fill('Night shift');
  await expect(form.getByRole('checkbox')).toBeChecked();
  await form.getByRole('button', { name: 'Make an application credential' }).click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: 'Night shift' })
      .getByText(/used by \d+ deployment/),
  ).toBeVisible();
  await signOut(page);

  await signIn(page, 'ada', '/deployments');
  await page.getByRole('link', { name: 'Goes on alone' }).click();
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
  await page.goto('/settings/credentials');
  await page.getByRole('button', { name: 'Delete Night shift' }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Goes on alone' })).toBeVisible();
  await page.getByRole('dialog').getByRole('link', { name: 'Goes on alone' }).click();
  await deleteIt(page);
  await page.goto('/settings/credentials');
  await remove(page, 'Night shift');
  await expect(page.getByRole('button', { name: 'Delete Night shift' })).toBeHidden();
});
