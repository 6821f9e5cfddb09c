import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signIn } from '../lib/person';

const routes = ['/', '/recipes', '/recipes/slurm', '/deploy/slurm', '/deployments', '/sites', '/settings'];
const budgetKiB = 200;

test.describe('every route', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      test(`has nothing that axe finds, ${colorScheme}, ${width} px`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        await signIn(page, 'ada');
        for (const route of routes) {
          await page.goto(route, { waitUntil: 'networkidle' });
          const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
          expect.soft(violations.map((violation) => `${route}: ${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
          expect.soft(await overflow(page), `${route} is wider than the window`).toBeLessThanOrEqual(0);
        }
      });
    }
  }

  test(`loads at most ${budgetKiB} KiB of JavaScript first`, async ({ page, context }) => {
    await signIn(page, 'ada');
    for (const route of routes) {
      const fresh = await context.newPage();
      const client = await context.newCDPSession(fresh);
      await client.send('Network.enable');
      await client.send('Network.setCacheDisabled', { cacheDisabled: true });
      const scripts = new Set<string>();
      let bytes = 0;
      client.on('Network.responseReceived', (event) => event.type === 'Script' && scripts.add(event.requestId));
      client.on('Network.loadingFinished', (event) => {
        if (scripts.has(event.requestId)) bytes += event.encodedDataLength;
      });
      await fresh.goto(route, { waitUntil: 'load' });
      expect.soft(Math.round(bytes / 1024), `${route}: KiB of JavaScript, compressed`).toBeLessThanOrEqual(budgetKiB);
      await fresh.close();
    }
  });
});

// Pixels that must be scrolled to the side.
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
