import type { Page } from '@playwright/test';

/** Signs in on the sandbox's provider as one of its persons, as a person would: by the button, then by choosing who. */
export async function signIn(page: Page, person: 'ada' | 'noah' | 'max'): Promise<void> {
  await page.goto('/signin');
  await page.getByRole('button', { name: /sandbox/i }).click();
  await page.getByRole('button', { name: new RegExp(person, 'i') }).click();
  await page
    .waitForURL((url) => !url.pathname.startsWith('/signin') && url.port === new URL(page.url()).port, { timeout: 30_000 })
    .catch(() => undefined);
  await page.getByRole('banner').waitFor();
}
