import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Those that take longest: begun last, the other workers would wait for them. */
const long = [
  '**/clusters.journey.ts',
  '**/elastic.journey.ts',
  '**/jupyterhub.journey.ts',
  '**/kernel.journey.ts',
  '**/kubernetes-living.journey.ts',
  '**/kubernetes-planes.journey.ts',
  '**/kubernetes-restore.journey.ts',
  '**/lease.journey.ts',
  '**/living.journey.ts',
  '**/oscar.journey.ts',
  '**/oscar-pair.journey.ts',
];

/** Journeys on the real OpenStack; `npm run test:openstack` starts the product that they use. */
export default defineConfig({
  ...base,
  testDir: './openstack',
  testIgnore: [],
  projects: [
    { name: 'long', testMatch: long },
    { name: 'others', testMatch: '**/*.journey.ts', testIgnore: long },
  ],
  outputDir: '../test-results-openstack/journeys',
  globalSetup: undefined,
  timeout: 900_000,
  fullyParallel: false,
  workers: 3,
  use: { ...base.use, baseURL: 'http://localhost:3000' },
});
