import { readFileSync } from 'node:fs';

/** How many tests passed, failed and were skipped. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The sum of several. */
export function sum(tallies: Tally[]): Tally {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** `12 passed, 0 failed, 1 skipped` */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Reads vitest's JSON report.
 * @returns one failed test where the report is missing: a runner that died has not passed
 */
export function vitestTally(file: string): Tally {
  const report = readReport(file);
  if (!isRecord(report)) return { passed: 0, failed: 1, skipped: 0 };
  const number = (key: string) => (typeof report[key] === 'number' ? report[key] : 0);
  const suites = Array.isArray(report.testResults) ? report.testResults : [];
  // a file that could not even be loaded has no test of its own that failed
  const unloaded = suites.filter(
    (suite) => isRecord(suite) && suite.status === 'failed' && Array.isArray(suite.assertionResults) && suite.assertionResults.length === 0,
  );
  return {
    passed: number('numPassedTests'),
    failed: number('numFailedTests') + unloaded.length,
    skipped: number('numPendingTests') + number('numTodoTests'),
  };
}

/** Reads Playwright's JSON report; as {@link vitestTally} where it is missing. */
export function playwrightTally(file: string): Tally {
  const report = readReport(file);
  if (!isRecord(report) || !isRecord(report.stats)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats } = report;
  const number = (key: string) => (typeof stats[key] === 'number' ? stats[key] : 0);
  const errors = Array.isArray(report.errors) ? report.errors.length : 0;
  return { passed: number('expected') + number('flaky'), failed: number('unexpected') + errors, skipped: number('skipped') };
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
