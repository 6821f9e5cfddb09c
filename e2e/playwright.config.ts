import { defineConfig } from '@playwright/test';

/** Journeys in a real browser against the built product on its embedded sandbox. */
export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results/journeys',
  globalSetup: './product.setup.ts',
  // pictures for the README are taken when asked for: playwright test --config e2e/playwright.config.ts pictures
  grepInvert: process.argv.some((word) => word.includes('pictures')) ? undefined : /@pictures/,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // a second try in CI, on machines that are busy with others; Playwright names what needed it
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${process.env.TRANSAT_E2E_PORT ?? '3200'}`,
    actionTimeout: 20_000,
    viewport: { width: 1280, height: 860 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Debian's own flags turn it on, though no GPU is there: a third more work for the same picture
        '--disable-gpu-rasterization',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
