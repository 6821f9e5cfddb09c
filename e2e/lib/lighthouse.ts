import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';

export type Category = 'performance' | 'accessibility' | 'best-practices';

/** What Lighthouse says of one page: points from 0 to 100, and the audits that are not passed. */
export interface Report {
  points: Record<string, number>;
  /** ids of audits that cost points */
  failed: string[];
}

/** A browser of its own that Lighthouse can drive; what is signed in to in its context is signed in to for Lighthouse. */
export async function openForLighthouse(port: number, baseURL: string, args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'transat-lighthouse-'));
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    baseURL,
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...args, `--remote-debugging-port=${port}`],
  });
  return {
    context,
    /** @param route path of the page, opened as a first visit on a desktop */
    async judge(route: string, categories: Category[]): Promise<Report> {
      const flags = { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error' as const };
      const result = await lighthouse(new URL(route, baseURL).href, flags, desktopConfig);
      if (!result) throw new Error(`Lighthouse has no result for ${route}`);
      const { lhr } = result;
      if (lhr.runtimeError) throw new Error(`Lighthouse, ${route}: ${lhr.runtimeError.message}`);
      const audits = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9);
      return {
        points: Object.fromEntries(Object.entries(lhr.categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)])),
        failed: audits.map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id)),
      };
    },
    async close(): Promise<void> {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
