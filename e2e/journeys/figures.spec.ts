import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { es } from '@/components/messages/es';
import { translator } from '@/components/messages/translate';
import { configureMachine, deleteIt, deploy, stateOf } from '../lib/deployment';
import { openForLighthouse } from '../lib/lighthouse';
import { signIn } from '../lib/person';
import { english, type Known, readKnown, speak } from '../lib/spanish';

/** Bounds of the design: compressed KiB of JavaScript at first, share of the window that moves. What a clock says is measured by `npm run bench`. */
const bounds = { scriptKiB: 200, shift: 0.05 };
const routes = [
  '/',
  '/recipes',
  '/recipes/slurm',
  '/deploy/slurm',
  '/deploy/slurm?step=placement',
  '/deploy/slurm?step=review',
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
  '/testbed',
  '/pairs/new',
  '/settings/credentials',
  '/settings/ssh-keys',
  '/settings/tokens',
  '/settings/appearance',
  '/no/such/page',
];
const widths = [390, 1280];
/** A theme a width tells most: colours do not hang on the width. `--full` looks at each in both, and in both languages. */
const looks: { width: number; language: 'en' | 'es'; schemes: ('light' | 'dark')[] }[] =
  process.env.TRANSAT_FULL === '1'
    ? widths.flatMap((width) => (['en', 'es'] as const).map((language) => ({ width, language, schemes: ['light', 'dark'] })))
    : [
        { width: 390, language: 'en', schemes: ['dark'] },
        { width: 1280, language: 'en', schemes: ['light'] },
      ];
const parts = ['', '?tab=nodes', '?tab=topology', '?tab=history'];

test.describe('with a deployment that is ready', () => {
  let context: BrowserContext;
  let page: Page;
  let all: string[];
  let known: Known;

  test.beforeAll(async ({ browser }) => {
    context = await browser.newContext();
    page = await context.newPage();
    await signIn(page, 'ada');
    known = await readKnown(page);
    await configureMachine(page, { name: 'Measured' });
    await deploy(page, 'Measured');
    await expect(stateOf(page)).toHaveText(/Ready/, { timeout: 90_000 });
    await expect(page).toHaveTitle('Measured · Transat');
    const address = new URL(page.url()).pathname;
    all = [...routes, ...parts.map((part) => `${address}${part}`)];
  });

  test.afterAll(async () => {
    const last = await context.newPage();
    await last.goto(all.at(-1) ?? '/');
    await deleteIt(last);
    await context.close();
  });

  for (const { width, language, schemes } of looks) {
    test(`axe finds nothing on any route, ${schemes.join(' or ')}, and none is too wide: ${language} at ${width} px`, async ({
      baseURL,
    }) => {
      test.setTimeout(600_000);
      await speak(context, language, baseURL);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      for (const route of ['/signin', ...all]) {
        await open(page, route);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        expect.soft(await overflow(page), `${route} is wider than the window by so many pixels`).toBeLessThanOrEqual(0);
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          await drawn(page);
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
          expect.soft(violations.map(({ id, nodes }) => `${route}, ${colorScheme}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
        }
      }
      await speak(context, 'en', baseURL);
    });
  }

  test('what ends something says what it does to what, in Spanish as well, and asks; what is not under way can’t be cancelled', async ({
    baseURL,
  }) => {
    await page.setViewportSize({ width: 390, height: 900 });
    await speak(context, 'es', baseURL);
    await open(page, all.at(-1) ?? '/');
    const t = translator('es', es);
    const dialog = page.getByRole('dialog');
    for (const action of ['stop', 'reboot', 'configure', 'delete'] as const) {
      await page.getByRole('button', { name: t('action.menu') }).click();
      await expect(page.getByRole('menuitem', { name: t('action.cancel') })).toHaveCount(0);
      await page.getByRole('menuitem', { name: t(`action.${action}`) }).click();
      await expect(dialog, action).toContainText('Measured');
      await expect(dialog.getByRole('listitem').first(), action).toBeVisible();
      expect.soft(await english(page, known), action).toEqual([]);
      await dialog.getByRole('button', { name: t(action === 'delete' ? 'common.keep' : 'common.cancel') }).click();
      await expect(dialog).toBeHidden();
    }
    await expect(stateOf(page)).toHaveText(t('state.ready'));
    await speak(context, 'en', baseURL);
  });

  test(`no route loads more than ${bounds.scriptKiB} KiB of JavaScript at first`, async () => {
    for (const route of all) {
      expect.soft(await scriptKiB(context, route), `${route}: KiB of JavaScript, compressed`).toBeLessThanOrEqual(bounds.scriptKiB);
    }
  });

  test('no route moves under the eyes of who opens it', async () => {
    for (const route of all) expect.soft(await layoutShift(context, route), `${route}: layout shift`).toBeLessThanOrEqual(bounds.shift);
  });

  test('Lighthouse finds nothing to say of accessibility, and little of good practice', async ({ baseURL }) => {
    test.setTimeout(300_000);
    const judge = await openForLighthouse(9411, baseURL ?? '', test.info().project.use.launchOptions?.args ?? []);
    try {
      await judge.context.addCookies(await context.cookies());
      for (const route of ['/', '/recipes/slurm', '/deploy/slurm', all.at(-1) ?? '/', '/sites', '/settings/credentials']) {
        const { points, failed } = await judge.judge(route, ['accessibility', 'best-practices']);
        expect.soft(points.accessibility, `${route}: ${failed.join(', ')}`).toBe(100);
        expect.soft(points['best-practices'], `${route}: ${failed.join(', ')}`).toBeGreaterThanOrEqual(95);
      }
    } finally {
      await judge.close();
    }
  });
});

// Colours of the one theme on the ground of the other are seen by nobody: a change of theme is over when it is drawn.
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Opens a route and waits until nothing of it is still loading. */
async function open(page: Page, route: string): Promise<void> {
  await page.goto(route);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

/** Pixels that must be scrolled to the side. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** KiB of scripts that a first visit to a route loads, as they come over the wire: without their headers, which are no scripts. */
async function scriptKiB(context: BrowserContext, route: string): Promise<number> {
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  /** request id → whether it came compressed */
  const scripts = new Map<string, boolean>();
  let bytes = 0;
  client.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script') return;
    scripts.set(requestId, Object.keys(response.headers).some(isEncoding));
    bytes -= response.encodedDataLength;
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(route, { waitUntil: 'load' });
  // a measurement that sees no scripts, or plain ones, measures nothing
  expect(scripts.size).toBeGreaterThan(3);
  expect([...scripts.values()].filter(Boolean).length).toBeGreaterThan(scripts.size / 2);
  await page.close();
  return Math.round(bytes / 1024);
}

const isEncoding = (name: string) => name.toLowerCase() === 'content-encoding';

/** How much of the window moves while a route loads, summed up as Cumulative Layout Shift is. */
async function layoutShift(context: BrowserContext, route: string): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry && typeof entry.value === 'number') seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, route);
  // what is asked for after the first paint arrives meanwhile
  await page.waitForLoadState('networkidle').catch(() => {});
  // put there by the script above
  const shift = await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift);
  await page.close();
  return shift;
}
