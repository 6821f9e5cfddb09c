import { expect, type Page } from '@playwright/test';

/** Follows the link of the code in a tab of its own, sees the same code there, and decides. */
export async function approve(page: Page, decision: 'Connect' | 'Refuse'): Promise<void> {
  const code = (await page.getByTestId('user-code').textContent()) ?? '';
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open Sandbox America' }).click();
  const provider = await opened;
  await expect(provider.getByText(`You should have been shown the code ${code}.`)).toBeVisible();
  await provider.getByRole('button', { name: decision }).click();
  if (decision === 'Connect') await provider.getByRole('link', { name: /Ada Lovelace/ }).click();
  await expect(provider.getByRole('heading', { name: decision === 'Connect' ? 'Connected' : 'Refused' })).toBeVisible();
  await provider.close();
}

/** Opens Sandbox America with an account there. */
export async function connectAmerica(page: Page): Promise<void> {
  await page.goto('/settings/credentials?connect=sandbox-america');
  await approve(page, 'Connect');
  await expect(page.getByText('Connected with Sandbox America')).toBeVisible({ timeout: 30_000 });
}

/** Deletes a credential on the page of credentials. */
export async function removeCredential(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
}
