import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Journeys on the real OpenStack; `npm run test:openstack` starts the product that they use. */
export default defineConfig({
  ...base,
  testDir: './openstack',
  testIgnore: [],
  testMatch: '**/*.journey.ts',
  outputDir: '../test-results-openstack/journeys',
  globalSetup: undefined,
  timeout: 900_000,
  fullyParallel: false,
  workers: 3,
  use: { ...base.use, baseURL: 'http://localhost:3000' },
});
