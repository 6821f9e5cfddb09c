import { expect, type Page, test } from '@playwright/test';
import { complaintsOf } from '../lib/complaints';
import { configureMachine, deleteIt, deploy } from '../lib/deployment';
import { signIn } from '../lib/person';

/** Every page that shows times. The server draws them in UTC; a browser must take them over without an error, wherever it is. */
const pages = [
  '/',
  '/sites',
  '/sites/sandbox-europe',
  '/sites/sandbox-america',
  '/deployments',
  '/leases',
  '/leases?view=calendar',
  '/leases?view=calendar&as=table&days=1',
  '/leases?view=mine',
  '/leases?when=between&from=x&to=%2B275760-09-13T00:00:00Z',
  '/leases?view=calendar&from=x',
  '/leases/new?site=sandbox-america&start=x&end=%2B275760-09-13T00:00:00Z',
  '/settings/credentials',
  '/settings/sessions',
  '/settings/ssh-keys',
  '/settings/tokens',
  '/settings/notifications',
  '/recipes/slurm',
];

test.slow();

// all other journeys are made by the server's own clocks, in UTC
for (const [timezoneId, locale, width] of [
  ['America/Chicago', 'en-US', 1280],
  ['Asia/Tokyo', 'es-ES', 390],
] as const) {
  test.describe(`for somebody in ${timezoneId} (${locale}, ${width} px)`, () => {
    test.use({ timezoneId, locale, viewport: { width, height: 860 } });

    test('no page is drawn anew since its clocks differ from the server’s, and none breaks by what stands in its address', async ({
      page,
    }) => {
      const complaints = await complaintsOf(page);
      await signIn(page, 'ada');
      for (const path of pages) await look(page, path);
      if (locale === 'en-US') await lookAtDeployment(page);
      expect(complaints).toEqual([]);
    });
  });
}

async function lookAtDeployment(page: Page): Promise<void> {
  await configureMachine(page, { name: 'Clocks' });
  await deploy(page, 'Clocks');
  const { pathname } = new URL(page.url());
  for (const part of ['', '?tab=nodes', '?tab=history']) await look(page, `${pathname}${part}`);
  await page.goto(pathname);
  await deleteIt(page);
}

async function look(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
  await expect(page.getByText(/This page met a fault of its own|Esta página tuvo un fallo propio/), path).toHaveCount(0);
  await expect(page.locator('[aria-busy=true]'), path).toHaveCount(0);
}
