import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { providerWith } from '@/lib/core/config/provider';
import { Secret } from '@/lib/core/secret';
import { startTestSandbox, type TestSandbox } from '@/lib/sandbox/testing/start';
import { sealRefusal } from './sign-in-refusal';
import type { TestBrowser } from './testing/browser';
import { type AuthWorld, openAuthWorld } from './testing/world';

const transatUrl = 'http://localhost:4699';
let sandbox: TestSandbox;
let world: AuthWorld;
let browser: TestBrowser;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const common = { name: 'Sandbox', clientId: 'transat', issuer: `${sandbox.url}/oidc` };
  const clientSecret = new Secret(sandbox.clientSecret);
  world = await openAuthWorld(transatUrl, [
    providerWith({ ...common, id: 'sandbox', clientSecret, requiredGroups: ['vo.sandbox.eu'] }),
    providerWith({ ...common, id: 'gone', issuer: 'http://127.0.0.1:9' }),
  ]);
});
beforeEach(() => {
  browser = world.browser();
});
afterAll(async () => {
  await world.store.close();
  await sandbox.end();
});

async function signIn(person: string, of = browser) {
  const page = await world.begin(of, 'sandbox');
  return await of.get(`${page.url.href}?user=${person}`);
}
const sessions = () => world.db.selectFrom('sessions').selectAll().execute();
const audit = async () =>
  (await world.db.selectFrom('audit').selectAll().orderBy('id', 'desc').execute()).find(({ action }) => action !== 'secret-used');

describe('signing in', () => {
  test('makes a person of the issuer and the subject, with the groups that userinfo tells', async () => {
    expect((await signIn('ada')).url.pathname).toBe('/deployments');
    const person = await world.who(browser);
    expect(person).toMatchObject({ name: 'Ada Lovelace', provider: 'sandbox', via: 'session', scope: 'write' });
    expect(person?.groups).toContainEqual({ vo: 'vo.sandbox.eu', subgroups: [], role: 'vm_operator' });
    expect((await sessions()).at(-1)).toMatchObject({ browser: 'Firefox, Linux' });
  });

  test('anew leaves no session behind that nobody could end', async () => {
    await signIn('ada');
    const before = (await sessions()).length;
    const page = await world.begin(browser, 'sandbox', '?again=1');
    expect(page.text, 'the provider asks, though it knows the browser').toContain('Who do you want to be?');
    world.clock.advance(1000);
    await browser.get(`${page.url.href}?user=ada`);
    expect(await world.who(browser)).toMatchObject({ name: 'Ada Lovelace' });
    expect(await sessions()).toHaveLength(before);
  });

  test('who is in none of the groups is told so, and it is in the audit', async () => {
    const { url } = await signIn('noah');
    expect(await world.refusal(url)).toMatchObject({ reason: 'group', provider: 'Sandbox' });
    expect(await world.who(browser)).toBeNull();
    expect(await audit()).toMatchObject({ action: 'denied', subject: 'sandbox', data: { why: 'group', browser: 'Firefox, Linux' } });
  });

  test('a provider that does not answer is told of, and comes back to where one was', async () => {
    const { url } = await world.begin(browser, 'gone');
    expect(url.pathname).toBe('/signin');
    expect(await world.refusal(url)).toMatchObject({ reason: 'unanswered' });
    expect(await audit()).toMatchObject({ action: 'sign-in-failed', subject: 'gone' });
  });

  test('a link with words in it puts none of them on the page', async () => {
    await world.begin(browser, 'sandbox');
    const { url } = await browser.get('/api/auth/callback/sandbox?error=access_denied&error_description=call+me&state=x');
    expect(await world.refusal(url)).toEqual({ reason: 'late', provider: 'Sandbox' });
  });

  test('a callback that nobody asked for is refused aloud', async () => {
    const { url } = await browser.get('/api/auth/callback/sandbox?code=c&state=s');
    expect(await world.refusal(url)).toMatchObject({ reason: 'late' });
  });

  test('words that were not sealed here are not shown', async () => {
    const forged = await sealRefusal({ reason: 'refused', provider: 'X', said: 'call me' }, new Secret('another secret'));
    for (const refusal of [forged, 'nonsense', '']) {
      expect(await world.refusal(new URL(`${transatUrl}/signin?refusal=${encodeURIComponent(refusal)}`))).toBeNull();
    }
  });
});

test('signing out by next-auth’s own route ends the session, not its cookie alone', async () => {
  await signIn('ada');
  const cookie = browser.cookie(new URL(transatUrl));
  const { csrfToken }: { csrfToken: string } = JSON.parse((await browser.get('/api/auth/csrf')).text);
  await browser.post('/api/auth/signout', { csrfToken });
  expect(await world.identify({ method: 'GET', headers: new Headers({ cookie }) })).toBeNull();
});
