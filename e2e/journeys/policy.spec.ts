import { connect } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { test } from '../lib/afresh';
import { complaintsOf } from '../lib/complaints';
import { configureMachine, deleteIt, deploy, stateOf } from '../lib/deployment';
import { signIn, signOut } from '../lib/person';

const leases = [
  '/leases',
  '/leases?view=calendar',
  '/leases?view=calendar&as=table',
  '/leases?view=mine',
  '/leases/new?site=sandbox-america',
];
const open = ['/', '/recipes', '/recipes/slurm', '/sites', '/sites/sandbox-europe', '/sites/sandbox-america', ...leases, '/signin'];
const own = [
  '/deployments',
  '/deploy/slurm',
  '/deploy/slurm?step=placement',
  '/deploy/slurm?step=review',
  '/clusters',
  '/pairs/new',
  '/settings',
];
const settings = ['credentials', 'sessions', 'ssh-keys', 'tokens', 'notifications', 'appearance'].map((section) => `/settings/${section}`);

test.slow();

test('no page asks for what its policy forbids, neither before a sign-in nor after', async ({ page }) => {
  const complaints = await complaintsOf(page);
  for (const path of open) await show(page, path);
  await signIn(page, 'ada', '/recipes');
  for (const path of [...open.slice(0, -1), ...own, ...settings]) await show(page, path);
  expect(complaints).toEqual([]);
});

test('neither does what opens over a page, nor a deployment from its making to its end', async ({ page }) => {
  const complaints = await complaintsOf(page);
  await signIn(page, 'ada', '/recipes');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Account, theme and language' }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await page.keyboard.press('Escape');
  await configureMachine(page, { name: 'policy' });
  await deploy(page, 'policy');
  const { pathname } = new URL(page.url());
  await show(page, '/deployments');
  for (const tab of ['nodes', 'topology', 'history', 'overview']) {
    await show(page, `${pathname}?tab=${tab}`, false);
    await expect(page.getByRole('tabpanel')).toContainText(/\w/);
  }
  await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 120_000 });
  await show(page, '/');
  await show(page, '/deployments');
  await show(page, pathname, false);
  await deleteIt(page);
  await signOut(page);
  expect(complaints).toEqual([]);
});

test('every answer says what browsers may do with it, and nothing private is kept', async ({ page, request }) => {
  await signIn(page, 'ada', '/recipes');
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const nonces = new Set<string>();
  const pages = ['/', '/deployments', '/leases', '/settings/tokens', '/no/such/page'];
  for (const path of pages) {
    const headers = (await request.get(path, { headers: { cookie } })).headers();
    expect(headers['cache-control'], path).toContain('no-store');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", ''), path).not.toContain('unsafe');
    nonces.add(nonceIn(policy));
    const again = (await request.get(path, { headers: { cookie } })).headers()['content-security-policy'] ?? '';
    nonces.add(nonceIn(again));
  }
  expect([...nonces]).not.toContain('none');
  expect(nonces.size, 'each page has a nonce of its own, and another each time').toBe(2 * pages.length);
  for (const path of ['/api/v1/me', '/api/v1/nothing', '/api/auth/csrf', '/healthz', '/icon.svg', '/']) {
    const headers = (await request.get(path, { headers: { cookie } })).headers();
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    if (path.startsWith('/api')) expect(headers['cache-control'], path).toContain('no-store');
    expect(headers['strict-transport-security'], 'it is reached by http here').toBeUndefined();
  }
});

test('what can’t be carried is a problem of the request, not a fault of the server', async ({ baseURL }) => {
  const ask = (method: string, path: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(baseURL ?? '');
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
      );
      let answer = '';
      socket.on('data', (data) => (answer += data));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  for (const path of ['/%', '/api/v1/%zz', '/api/v1/deployments/%E0%A4', '/recipes/%E0%A4', '/api/auth/%zz', '/_next/%zz']) {
    expect(await ask('GET', path), path).toMatch(/^HTTP\/1.1 400 [\s\S]*problem\+json/);
  }
  for (const method of ['TRACE', 'PROPFIND']) {
    for (const path of ['/', '/api/v1/recipes', '/metrics'])
      expect(await ask(method, path), path).toMatch(/^HTTP\/1.1 405 [\s\S]*problem\+json/);
  }
});

const nonceIn = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';

/** @param ends left out: all that the page asks for ends; a deployment's stream goes on */
async function show(page: Page, path: string, ends = true): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
  if (ends) await page.waitForLoadState('networkidle');
}
