import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { stringify } from 'yaml';
import { signIn } from '../../e2e/lib/person';
import { isBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';
import { fortySites, openSites } from './open-sites';
import { percentile } from './time';

// its sandbox listens 100 further on: not on 5060, which browsers refuse
const port = 4920;
/** of each way; what counts is the median */
const runs = 3;

interface Way {
  name: string;
  /** brings a page to where the way begins */
  approach(page: Page): Promise<void>;
  /** goes it */
  go(page: Page): Promise<unknown>;
  /** milliseconds until the first facts, and those of 90 of 100 sites, are on the screen */
  limits: [first?: number, most?: number];
}
const ways: Way[] = [
  {
    name: 'the page of sites, from another page',
    // where somebody has been for a while: it is known which sites are open to them, and nothing of what is there
    approach: async (page) => {
      await page.goto('/settings/appearance', { waitUntil: 'load' });
      await page.waitForTimeout(3000);
    },
    go: (page) => page.getByRole('link', { name: 'Sites', exact: true }).first().click(),
    limits: [500, 2000],
  },
  {
    name: 'the same by its address, with all its parts',
    approach: async () => {},
    go: (page) => page.goto('/sites', { waitUntil: 'commit' }),
    limits: [undefined, 3000],
  },
];

/** How soon what forty sites tell is on the screen, in a real browser on the built product. Only where a build is. */
export async function measureSitesOnScreen(): Promise<Figure[]> {
  if (!isBuilt()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  const mock = await openSites(fortySites, { begin: false });
  const config = join(folder, 'sites.yaml');
  const sites = mock.urls.map((authUrl, index) => ({ ...site(index), authUrl, region: 'R1', methods: ['password'], allowPrivate: true }));
  writeFileSync(config, stringify({ sandbox: true, directory: false, sites }));
  const start = (data: string) => {
    const env = { ...process.env, PORT: String(port), TRANSAT_DATA: join(folder, data), TRANSAT_CONFIG: config };
    return startProduct(env, 'start', join(folder, 'web.log'));
  };
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let product = await start('data');
  try {
    const context = await browser.newContext({ baseURL: `http://localhost:${port}`, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await signIn(page, 'ada');
    for (const { id } of sites) await addPassword(page, id);
    await page.close();
    await product.close();
    mock.begin();
    const figures: Figure[] = [];
    for (const [index, way] of ways.entries()) {
      const firsts: number[] = [];
      const mosts: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        // each begins with a product that knows nothing of the sites but the credentials
        const data = `way-${index}-${run}`;
        cpSync(join(folder, 'data'), join(folder, data), { recursive: true });
        product = await start(data);
        await warmUp(browser);
        const { first, most } = await measureWay(context, way);
        firsts.push(first);
        mosts.push(most);
        await product.close();
      }
      const on = (name: string, times: number[], limit?: number): Figure => {
        return { about: '40 sites', name: `${way.name}: ${name}`, value: percentile(times, 50), unit: 'ms', limit };
      };
      figures.push(on('first facts', firsts, way.limits[0]), on('facts of 90 of 100 healthy sites', mosts, way.limits[1]));
    }
    return figures;
  } finally {
    await browser.close();
    await product.close();
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

// What the server does once in its life is not what is measured: somebody who has no credential has seen the page before.
async function warmUp(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: `http://localhost:${port}` });
  const page = await context.newPage();
  await signIn(page, 'noah', '/sites');
  await page.getByRole('table').waitFor();
  await page.waitForLoadState('networkidle');
  await context.close();
}

const site = (index: number) => ({ id: `site-${index}`, name: `Site ${String(index).padStart(2, '0')}`, kind: 'custom' });

async function addPassword(page: Page, id: string): Promise<void> {
  const { csrf } = await (await page.request.get('/api/v1/me')).json();
  const data = { site: id, name: id, kind: 'password', username: 'ann', password: 'secret' };
  const answer = await page.request.post('/api/v1/credentials', { headers: { 'x-csrf-token': csrf }, data });
  if (!answer.ok()) throw new Error(await answer.text());
}

/** Milliseconds since the first step of the way. */
async function measureWay(context: BrowserContext, way: Way): Promise<{ first: number; most: number }> {
  const page = await context.newPage();
  const healthy = fortySites.flatMap((mood, index) => (mood === 'well' ? [`/sites/site-${index}`] : []));
  // tsx wraps functions in a helper that a page does not have
  await page.addInitScript('globalThis.__name = (wrapped) => wrapped');
  await page.addInitScript(watchRows, healthy);
  await way.approach(page);
  await way.go(page);
  // put there by the script
  const read = () => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  const all = (count: number) => (window as unknown as { seen: Seen }).seen.whole.length >= count;
  await page.waitForFunction(all, healthy.length, { polling: 100 });
  const { begun, first, whole } = await read();
  await page.close();
  return { first: Math.min(...first) - begun, most: percentile(whole, 90) - begun };
}

/** When rows were first seen, by the clock of the machine. */
interface Seen {
  /** the click on the link, or the beginning of the page's load */
  begun: number;
  first: number[];
  whole: number[];
}

// In the browser: notes when the row of a healthy site first shows a number, and when it shows all.
function watchRows(healthy: string[]): void {
  const seen: Seen = { begun: performance.timeOrigin, first: [], whole: [] };
  Object.assign(window, { seen });
  window.addEventListener('click', () => Object.assign(seen, { begun: Date.now() }), { capture: true });
  const begun = new Set<string>();
  const ended = new Set<string>();
  const look = () => {
    for (const href of healthy) {
      const row = document.querySelector(`table a[href="${href}"]`)?.closest('tr');
      if (!row) continue;
      const texts = [...row.querySelectorAll('dd')].map(({ textContent }) => textContent ?? '');
      if (!begun.has(href) && texts.some((text) => /\d/.test(text))) {
        begun.add(href);
        seen.first.push(Date.now());
      }
      if (!ended.has(href) && texts.length > 0 && texts.every((text) => /\d/.test(text)) && texts.at(-1)?.endsWith(' ms')) {
        ended.add(href);
        seen.whole.push(Date.now());
      }
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}
