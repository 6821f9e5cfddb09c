// How `npm run mutate` breaks code to see whether tests notice (docs/testing.md). What is broken comes from scripts/tasks/mutate.ts.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  // one at a time: the tests of one room fill a core or two by themselves
  concurrency: 1,
  // a static mutant (a table at the top of a file) has all tests run anew, which takes as long as all others together
  ignoreStatic: true,
  timeoutMS: 60_000,
  tempDirName: 'test-results/mutation-copy',
  ignorePatterns: ['.next', '.transat', 'e2e', 'docs', 'public', 'test-results*'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'test-results/mutation.json' },
  // the share of broken code that tests must notice in what decides
  thresholds: { high: 95, low: 85, break: 85 },
};
