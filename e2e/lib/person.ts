import type { Page } from '@playwright/test';

const names = { ada: 'Ada Lovelace', noah: 'Noah Newcomer', max: 'Max Many' };
export type PersonName = keyof typeof names;

/** Signs in on the sandbox's provider as one of its persons, as a person would: by the button, then by choosing who. */
export async function signIn(page: Page, person: PersonName, then = '/recipes'): Promise<void> {
  await page.goto(`/signin?returnTo=${encodeURIComponent(then)}`);
  await chooseProviderAndPerson(page, person);
}

/** The two presses that sign in, from the sign-in page on. */
export async function chooseProviderAndPerson(page: Page, person: PersonName): Promise<void> {
  const own = new URL(page.url()).port;
  await page.getByRole('button', { name: /sandbox/i }).click();
  await page.getByText(names[person]).click();
  await page.waitForURL((url) => url.port === own && !url.pathname.startsWith('/signin'));
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account, theme and language' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('banner').getByRole('link', { name: 'Sign in', exact: true }).waitFor();
}
