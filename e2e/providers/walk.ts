import type { Page, TestBrowser } from '@/lib/auth/testing/browser';

const text = (html: string) => html.replaceAll('&amp;', '&');
const hidden = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map((match) => [
      match[1] ?? '',
      text(match[2] ?? ''),
    ]),
  );

/** Walks through Keycloak's pages (password, consent) until the browser is back at Transat, or Keycloak says why not. */
export async function passKeycloak(browser: TestBrowser, start: Page, username: string, password: string): Promise<Page> {
  let page = start;
  for (let step = 0; step < 5; step++) {
    const action = text(/<form[^>]*action="([^"]+)"/.exec(page.text)?.[1] ?? '');
    if (page.text.includes('name="password"')) page = await browser.post(action, { username, password, credentialId: '' });
    else if (page.text.includes('name="accept"'))
      page = await browser.post(new URL(action, page.url).href, { ...hidden(page.text), accept: 'Yes' });
    else return page;
  }
  throw new Error(`Keycloak goes on asking at ${page.url.href}`);
}
