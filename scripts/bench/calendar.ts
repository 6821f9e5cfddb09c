import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { CalendarLine } from '@/lib/api/contract/lease-finder';
import { isBuilt } from '../lib/build';
import { startProduct } from '../lib/product';
import type { Figure } from './figure';
import { percentile } from './time';

// its sandbox listens 100 further on
const port = 4960;
const HOSTS = 2000;
const LEASES_EACH = 5;
const DAYS = 90;
const DAY = 86_400_000;
const LINE = 250;
const runs = 5;

/** How soon the calendar of leases shows its first rows of 2,000 hosts over 90 days, and answers a key, in a real browser. Only where a build is. */
export async function measureCalendar(): Promise<Figure[]> {
  if (!isBuilt()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'transat-bench-'));
  const env = { ...process.env, PORT: String(port), TRANSAT_DATA: folder, TRANSAT_SANDBOX: '1' };
  const product = await startProduct(env, 'start', join(folder, 'web.log'));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ baseURL: `http://localhost:${port}`, viewport: { width: 1280, height: 900 } });
    const lines = busyLines().map((line) => `${JSON.stringify(line)}\n`);
    const firsts: number[] = [];
    const keys: number[] = [];
    let most = 0;
    for (let run = 0; run < runs; run += 1) {
      const page = await context.newPage();
      // tsx wraps functions in a helper that a page does not have
      await page.addInitScript('globalThis.__name = (wrapped) => wrapped');
      await page.addInitScript(answerAtOnce, lines);
      await page.goto(`/leases?days=${DAYS}`, { waitUntil: 'networkidle' });
      await page.evaluate(watchRows);
      await page.getByRole('tab', { name: 'Calendar' }).click();
      await page.locator('[data-row]').nth(10).waitFor();
      firsts.push(await read(page, 'first'));
      await page.getByRole('application').focus();
      for (let step = 0; step < 20; step += 1) await page.keyboard.press('PageDown');
      await page.waitForTimeout(500);
      keys.push(await read(page, 'slowest'));
      most = Math.max(most, await page.locator('[data-row]').count());
      await page.close();
    }
    if (most > 80) throw new Error(`${most} rows are in the document`);
    const name = `calendar of ${HOSTS} hosts, ${DAYS} days`;
    return [
      { about: 'leases', name: `${name}: first rows`, value: percentile(firsts, 50), unit: 'ms', limit: 300 },
      { about: 'leases', name: `${name}: a key that goes ten rows on is answered`, value: percentile(keys, 50), unit: 'ms', limit: 150 },
    ];
  } finally {
    await browser.close();
    await product.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Seen {
  first: number;
  slowest: number;
}
// put there by the script below
const read = (page: Page, what: keyof Seen) => page.evaluate((name) => (window as unknown as { seen: Seen }).seen[name], what);

// In the browser: from the press on the calendar's tab to its first rows on the screen, and the slowest answer to a key.
function watchRows(): void {
  const seen: Seen = { first: 0, slowest: 0 };
  Object.assign(window, { seen });
  let begun = 0;
  window.addEventListener(
    'click',
    () => {
      begun ||= performance.now();
    },
    { capture: true, once: true },
  );
  new MutationObserver(() => {
    if (seen.first > 0 || document.querySelectorAll('[data-row]').length < 10) return;
    seen.first = -1;
    requestAnimationFrame(() => {
      seen.first = performance.now() - begun;
    });
  }).observe(document.body, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name.startsWith('key')) seen.slowest = Math.max(seen.slowest, entry.duration);
    // the type is newer than TypeScript's list of the options
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}

// In the browser: the calendar's question is answered there and then, a piece a line. What sites, the server and the tool that drives the browser take
// to carry two megabytes is not what is measured; that they are read, line by line, is.
function answerAtOnce(lines: string[]): void {
  const ask = window.fetch.bind(window);
  const pieces = lines.map((line) => new TextEncoder().encode(line));
  window.fetch = async (input, init) => {
    if (!String(input instanceof Request ? input.url : input).includes('/api/v1/leases/calendar')) return await ask(input, init);
    const body = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  };
}

/** Hosts that are each taken some times in the next ninety days, in a way that looks random and is always the same. */
function busyLines(): CalendarLine[] {
  let seed = 42;
  const random = (least: number, most: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return least + Math.floor((seed / 2 ** 32) * (most - least));
  };
  const now = Date.now();
  const iso = (moment: number) => new Date(moment).toISOString();
  const rows = Array.from({ length: HOSTS }, (_, index) => ({
    uid: `host-${index}`,
    name: `c${String(Math.floor(index / 24)).padStart(2, '0')}-${String(index % 24).padStart(2, '0')}`,
    nodeType: `compute_${Math.floor(index / 400)}`,
    reservable: true,
    gpu: null,
    memoryGiB: 192,
    perHour: 1,
    busy: Array.from({ length: LEASES_EACH }, () => now + random(0, DAYS * 24) * 3_600_000)
      .sort((a, b) => a - b)
      .map((start) => ({ start: iso(start), end: iso(start + random(1, 168) * 3_600_000) })),
  }));
  return Array.from({ length: HOSTS / LINE }, (_, index) => ({
    site: 'busy',
    siteName: 'Busy',
    source: 'registry' as const,
    project: null,
    pending: false,
    problem: null,
    from: iso(now),
    to: iso(now + DAYS * DAY),
    rows: rows.slice(index * LINE, (index + 1) * LINE),
    more: (index + 1) * LINE < HOSTS,
    flavors: [],
    downtimes: [],
  }));
}
