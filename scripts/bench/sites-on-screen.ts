import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** How soon what forty sites tell is on the screen, in a real browser on the built product. Only where a build is. */
export async function measureSitesOnScreen(): Promise<Figure[]> {
  if (!isBuilt()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  const mock = await openSites(fortySites, { begin: false });
  const config = join(folder, 'sites.yaml');
  const sites = mock.urls.map((authUrl, index) => ({ ...site(index), authUrl, region: 'R1', methods: ['password'], allowPrivate: true }));
  writeFileSync(config, stringify({ sandbox: true, directory: false, sites }));
  const env = { ...process.env, PORT: String(port), TRANSAT_DATA: join(folder, 'data'), TRANSAT_CONFIG: config };
  const start = () => startProduct(env, 'start', join(folder, 'web.log'));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let product = await start();
  try {
    const context = await browser.newContext({ baseURL: `http://localhost:${port}`, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await signIn(page, 'ada');
    for (const { id } of sites) await addPassword(page, id);
    await page.close();
    mock.begin();
    await product.close();
    product = await start(); // nothing is remembered of the sites but the credentials
    await warmUp(browser);
    const { first, most, painted } = await openSitesPage(context);
    const on = (name: string, value: number, limit?: number): Figure => ({
      about: '40 sites',
      name: `on the screen: ${name}`,
      value,
      unit: 'ms',
      limit,
    });
    return [
      on('the page of sites is painted', painted),
      on('first facts after that', first - painted, 500),
      on('facts of 90 of 100 healthy sites after that', most - painted, 2000),
    ];
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

/** Milliseconds since the page was asked for. */
async function openSitesPage(context: BrowserContext): Promise<{ first: number; most: number; painted: number }> {
  const page = await context.newPage();
  const healthy = fortySites.flatMap((mood, index) => (mood === 'well' ? [`/sites/site-${index}`] : []));
  // tsx wraps functions in a helper that a page does not have
  await page.addInitScript('globalThis.__name = (wrapped) => wrapped');
  await page.addInitScript(watchRows, healthy);
  await page.goto('/sites');
  // put there by the script
  const read = () => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  await page.waitForFunction((count) => (window as unknown as { seen: Seen }).seen.whole.length >= count, healthy.length);
  const { first, whole, painted } = await read();
  console.log(await page.evaluate(() => performance.getEntries().filter((e) => ['navigation','resource','paint'].includes(e.entryType)).map((e) => { const r = e as PerformanceResourceTiming; return [e.entryType, e.name.slice(-40), Math.round(r.startTime), Math.round(r.responseStart ?? 0), Math.round(r.responseEnd ?? 0)].join(' '); }).join('\n')));
  console.log(first.map(Math.round).sort((a, b) => a - b).join(' '));
  await page.close();
  return { first: Math.min(...first), most: percentile(whole, 90), painted };
}

interface Seen {
  painted: number;
  first: number[];
  whole: number[];
}

// In the browser: notes when the row of a healthy site first shows a number, and when it shows all.
function watchRows(healthy: string[]): void {
  const seen: Seen = { painted: 0, first: [], whole: [] };
  Object.assign(window, { seen });
  const begun = new Set<string>();
  const ended = new Set<string>();
  const look = () => {
    for (const href of healthy) {
      const row = document.querySelector(`table a[href="${href}"]`)?.closest('tr');
      if (!row) continue;
      seen.painted ||= performance.now();
      const texts = [...row.querySelectorAll('dd')].map(({ textContent }) => textContent ?? '');
      if (!begun.has(href) && texts.some((text) => /\d/.test(text))) {
        begun.add(href);
        seen.first.push(performance.now());
      }
      if (!ended.has(href) && texts.length > 0 && texts.every((text) => /\d/.test(text)) && texts.at(-1)?.endsWith(' ms')) {
        ended.add(href);
        seen.whole.push(performance.now());
      }
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}
