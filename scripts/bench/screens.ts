import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { openForLighthouse } from '../../e2e/lib/lighthouse';
import { signIn } from '../../e2e/lib/person';
import { isBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';
import { percentile } from './time';

// its sandbox listens 100 further on: not on 5060, which browsers refuse
const port = 4940;
const debugPort = 4949;
const routes = ['/', '/recipes', '/recipes/slurm', '/deploy/slurm', '/deployments', '/sites'];
const loads = 5;
const args = ['--no-sandbox', '--disable-gpu', '--headless=new', '--no-first-run', '--disable-background-networking'];

/** How soon screens are painted and answer, in a real browser on the embedded sandbox. Only where a build is. */
export async function measureScreens(): Promise<Figure[]> {
  if (!isBuilt()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  const env = { ...process.env, PORT: String(port), TRANSAT_DATA: folder, TRANSAT_SANDBOX: '1' };
  const product = await startProduct(env, 'start', join(folder, 'web.log'));
  const judge = await openForLighthouse(debugPort, `http://localhost:${port}`, args);
  try {
    const page = await judge.context.newPage();
    await signIn(page, 'ada');
    await page.close();
    const figures: Figure[] = [];
    for (const route of routes) {
      const times: number[] = [];
      for (let load = 0; load < loads; load += 1) times.push(await largestPaint(judge.context, route));
      figures.push({ about: 'screens', name: `${route}: largest paint`, value: percentile(times, 50), unit: 'ms', limit: 1500 });
    }
    for (const [name, act] of actions) {
      figures.push({ about: 'screens', name, value: await slowestAnswer(judge.context, act), unit: 'ms', limit: 150 });
    }
    for (const route of routes) {
      const { points } = await judge.judge(route, ['performance']);
      figures.push({
        about: 'screens',
        name: `${route}: points lost at Lighthouse’s performance`,
        value: 100 - (points.performance ?? 0),
        unit: 'points',
        limit: 5,
      });
    }
    return figures;
  } finally {
    await judge.close();
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a person does, whose answer is waited for (Interaction to Next Paint). */
const actions: [name: string, act: (page: Page) => Promise<void>][] = [
  [
    'a search in the catalogue answers a key',
    async (page) => {
      await page.goto('/recipes');
      await page.getByLabel('Search recipes').pressSequentially('batch cluster', { delay: 60 });
    },
  ],
  [
    'the form of SLURM answers a key',
    async (page) => {
      await page.goto('/deploy/slurm');
      await page.getByLabel('Workers', { exact: true }).pressSequentially('12', { delay: 200 });
    },
  ],
  [
    'the command palette opens and finds',
    async (page) => {
      await page.goto('/deployments');
      await page.getByRole('button', { name: /Search or go to/ }).click();
      await page.getByRole('dialog').getByRole('combobox').pressSequentially('kubernetes', { delay: 60 });
    },
  ],
];

interface Seen {
  largestPaintMs: number;
  slowestMs: number;
}

async function watched(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = { largestPaintMs: 0, slowestMs: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.largestPaintMs = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.slowestMs = Math.max(seen.slowestMs, entry.duration);
      // the type is newer than TypeScript's list of the options
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  return page;
}

// put there by the script above
const read = (page: Page) => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

async function largestPaint(context: BrowserContext, route: string): Promise<number> {
  const page = await watched(context);
  await page.goto(route);
  await page.waitForLoadState('networkidle');
  const { largestPaintMs } = await read(page);
  await page.close();
  return largestPaintMs;
}

async function slowestAnswer(context: BrowserContext, act: (page: Page) => Promise<void>): Promise<number> {
  const page = await watched(context);
  await act(page);
  await page.waitForLoadState('networkidle');
  const { slowestMs } = await read(page);
  await page.close();
  return slowestMs;
}
