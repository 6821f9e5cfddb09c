import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { configureMachine, deleteIt, deploy, stateOf } from '../lib/deployment';
import { signIn } from '../lib/person';
import { fault, heal } from '../lib/sandbox';
import { english, type Known, readKnown, speak } from '../lib/spanish';

const routes = [
  '/',
  '/recipes',
  '/deployments',
  '/sites',
  '/sites/sandbox-europe',
  '/sites/sandbox-america',
  '/leases',
  '/leases?view=calendar',
  '/leases?view=calendar&as=table&days=1',
  '/leases?view=mine',
  '/leases/new?site=sandbox-america',
  '/clusters',
  '/pairs/new',
  '/testbed',
  '/demo',
  '/settings/credentials',
  '/settings/ssh-keys',
  '/settings/tokens',
  '/settings/notifications',
  '/settings/appearance',
  '/no/such/page',
  '/recipes/no-such-recipe',
  '/deployments/no-such-deployment',
];
const parts = ['', '?tab=nodes', '?tab=topology', '?tab=history', '/change'];
const soon = { timeout: 90_000 };

test.describe('for somebody who reads Spanish', () => {
  let context: BrowserContext;
  let page: Page;
  let ours: Known;
  let recipes: string[];

  test.beforeAll(async ({ browser, baseURL }) => {
    context = await browser.newContext();
    page = await context.newPage();
    await signIn(page, 'ada');
    const list = (await (await page.request.get('/api/v1/recipes?limit=200')).json()) as { items: { id: string }[] };
    recipes = list.items.map(({ id }) => id);
    ours = { texts: (await readKnown(page)).texts };
    await speak(context, 'es', baseURL);
  });

  test.afterAll(async () => {
    await heal('europe');
    await context.close();
  });

  for (const route of routes)
    test(`no English is left on ${route}`, async () => {
      await open(page, route);
      expect(await english(page, ours)).toEqual([]);
    });

  test('no English is left before signing in', async ({ browser }) => {
    const stranger = await browser.newContext({ locale: 'es-ES' });
    const other = await stranger.newPage();
    for (const route of ['/', '/signin', '/deployments', '/recipes']) {
      await other.goto(route);
      // what is a person's own leads there once the API has asked who they are
      if (route === '/deployments') await other.waitForURL(/\/signin/);
      await settle(other);
      expect.soft(await english(other, ours), route).toEqual([]);
    }
    await stranger.close();
  });

  test('no English is left on the page of any recipe', async () => {
    for (const id of recipes) {
      await open(page, `/recipes/${id}`);
      expect.soft(await english(page, ours), id).toEqual([]);
    }
  });

  test('no English is left in the form of any recipe: its tabs, where it goes, the review', async () => {
    // some pages a recipe, on a machine that runs other tests beside
    test.setTimeout(recipes.length * 20_000);
    for (const id of recipes) {
      await open(page, `/deploy/${id}`);
      const tabs = page.getByRole('tab');
      for (const tab of await tabs.all()) {
        await tab.click();
        expect.soft(await english(page, ours), `${id}, ${await tab.textContent()}`).toEqual([]);
      }
      for (const step of ['placement', 'review']) {
        await open(page, `/deploy/${id}?step=${step}`);
        await page.waitForLoadState('networkidle');
        expect.soft(await english(page, ours), `${id}, ${step}`).toEqual([]);
      }
    }
  });

  test('no English is left in the palette and the menus', async () => {
    await open(page, '/recipes');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect.soft(await english(page, ours), 'palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('banner').getByRole('button').last().click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect.soft(await english(page, ours), 'menu').toEqual([]);
  });

  test('no English is left on a deployment that is ready, and on one that failed', async ({ browser }) => {
    test.skip(process.env.TRANSAT_FULL !== '1', 'takes minutes: --full');
    test.setTimeout(360_000);
    const made: string[] = [];
    const maker = await browser.newContext();
    const own = await maker.newPage();
    await signIn(own, 'ada');
    const lucky = { name: 'Lista', state: /Ready/ };
    const unlucky = { name: 'Rota', flavor: 'fault.error-state', state: /Failed/ };
    const stuck = { name: 'Atascada', flavor: 'fault.step-fails', state: /Failed|Degraded/ };
    for (const { state, ...machine } of [lucky, unlucky, stuck]) {
      await configureMachine(own, machine);
      await deploy(own, machine.name);
      await expect(stateOf(own)).toHaveText(state, soon);
      made.push(new URL(own.url()).pathname);
    }
    await fault('europe', { match: { service: 'compute', method: 'POST', path: '/servers$' }, answer: { status: 503, body: {} } });
    await configureMachine(own, { name: 'Sin respuesta' });
    await deploy(own, 'Sin respuesta');
    made.push(new URL(own.url()).pathname);
    for (const address of made)
      for (const part of parts) {
        await open(page, `${address}${part}`);
        expect.soft(await english(page, ours), `${address}${part}`).toEqual([]);
      }
    for (const route of ['/', '/deployments', '/settings/notifications']) {
      await open(page, route);
      expect.soft(await english(page, ours), `${route} with deployments`).toEqual([]);
    }
    await heal('europe');
    for (const address of made) {
      await own.goto(address);
      await deleteIt(own);
      await open(page, `${address}?tab=history`);
      expect.soft(await english(page, ours), `${address}, deleted`).toEqual([]);
    }
    await maker.close();
  });
});

/** Opens a route with all that it folds away, and waits until nothing of it is still loading. */
async function open(page: Page, route: string): Promise<void> {
  await page.goto(route);
  await settle(page);
}

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}
