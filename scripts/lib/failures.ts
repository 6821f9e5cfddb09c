import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** Lines of a failure's own words that are shown. */
const linesShown = 12;

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});
const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default('') })).default([]) })),
    }),
  ),
});
interface Suite {
  specs: z.infer<typeof spec>[];
  suites?: Suite[];
}
const suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(spec), suites: z.array(suite).optional() }));
const playwrightReport = z.object({ suites: z.array(suite) });

/**
 * Which tests failed by a runner's JSON report, vitest's or Playwright's, each with the first of its own words: of a journey, those of every try, for a second
 * one often fails by what the first has left. Nothing where there is no report.
 */
export function failuresIn(file: string): string[] {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  const units = vitestReport.safeParse(report);
  if (units.success) return units.data.testResults.flatMap(ofUnits);
  const journeys = playwrightReport.safeParse(report);
  return journeys.success ? journeys.data.suites.flatMap(ofSuite) : [];
}

function ofUnits({ name, message, status, assertionResults }: z.infer<typeof vitestReport>['testResults'][number]): string[] {
  const failed = assertionResults.filter((each) => each.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [`${name}\n${short(message)}`] : [];
  return failed.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${short(failureMessages?.[0] ?? '')}`);
}

function ofSuite({ specs, suites = [] }: Suite): string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ results }) => {
        const tries = results.map(({ errors }, index) => `try ${index + 1}:\n${short(errors[0]?.message ?? '')}`);
        return `${file}: ${title}\n${tries.join('\n')}`;
      }),
  );
  return [...own, ...suites.flatMap(ofSuite)];
}

function short(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(0, linesShown)
    .map((line) => `    ${line}`)
    .join('\n');
}
