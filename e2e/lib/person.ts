import type { Page } from '@playwright/test';

const names = { ada: 'Ada Lovelace', noah: 'Noah Newcomer', max: 'Max Many' };

/** Signs in on the sandbox's provider as one of its persons, as a person would: by the button, then by choosing who. */
export async function signIn(page: Page, person: keyof typeof names, then = '/recipes'): Promise<void> {
  await page.goto(`/signin?callbackUrl=${encodeURIComponent(then)}`);
  const own = new URL(page.url()).port;
  await page.getByRole('button', { name: /sandbox/i }).click();
  await page.getByText(names[person]).click();
  await page.waitForURL((url) => url.port === own && !url.pathname.startsWith('/signin'));
}
