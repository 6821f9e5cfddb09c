import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunnerTask, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest';

type Hits = Record<string, number>;

/** What Stryker's switches and counters share with us. */
interface Switches {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  calls?: number;
  mostCalls?: number;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> };
}
const shared = globalThis as typeof globalThis & { __stryker__?: Switches; __noticed__?: Set<string> };
shared.__stryker__ ??= {};
shared.__noticed__ ??= new Set();
const switches = shared.__stryker__;
const noticed = shared.__noticed__;
const callsOf = new Map<string, number>();

/**
 * Runs the tests of a file, and each again for all places that it comes by, one broken after the other, in the same process: good for tests that leave
 * nothing behind. One that does not pass twice is asked nothing.
 */
export default class AgainAndAgain extends TestRunner {
  override async onBeforeRunTask(test: RunnerTask): Promise<void> {
    await super.onBeforeRunTask(test);
    Object.assign(switches, { currentTestId: test.id, calls: 0, mostCalls: Number.POSITIVE_INFINITY });
  }

  override onAfterRunTask(test: RunnerTask): void {
    callsOf.set(test.id, switches.calls ?? 0);
    switches.currentTestId = undefined;
    super.onAfterRunTask(test);
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    if ('filepath' in suite) await breakAll(suite);
    await super.onAfterRunSuite(suite);
  }
}

async function breakAll(file: RunnerTestSuite): Promise<void> {
  const { static: atStart = {}, perTest = {} } = switches.mutantCoverage ?? {};
  const reached = new Set<string>();
  const once = new Set(Object.keys(atStart));
  for (const test of testsIn(file)) {
    const hits = perTest[test.id] ?? {};
    for (const id of Object.keys(hits)) reached.add(id);
    if (test.result?.state !== 'pass' || !(await passes(test))) continue;
    for (const [id, count] of Object.entries(hits)) {
      if (noticed.has(id)) continue;
      Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: count * 100 + 100 });
      if (!(await passes(test, (callsOf.get(test.id) ?? 0) * 30 + 20_000))) noticed.add(id);
      Object.assign(switches, { activeMutant: undefined, hitCount: undefined });
    }
  }
  if (switches.mutantCoverage)
    Object.assign(switches.mutantCoverage, { static: Object.fromEntries([...once].map((id) => [id, 1])), perTest: {} });
  const folder = process.env.MUTATION_STATE ?? '';
  writeFileSync(join(folder, `${file.id}.seen.json`), JSON.stringify({ reached: [...reached], once: [...once], noticed: [...noticed] }));
}

function testsIn(task: RunnerTask): RunnerTestCase[] {
  return task.type === 'suite' ? task.tasks.flatMap(testsIn) : [task];
}

/** Whether a test passes once more, with what goes before and after each. */
async function passes(test: RunnerTestCase, mostCalls = Number.POSITIVE_INFINITY): Promise<boolean> {
  const suites = suitesOf(test);
  Object.assign(switches, { calls: 0, mostCalls });
  try {
    for (const suite of suites) for (const hook of TestRunner.getSuiteHooks(suite).beforeEach) await hook(test.context, suite);
    test.promises = [];
    await TestRunner.getTestFn(test)();
    await Promise.all(test.promises);
    return true;
  } catch {
    return false;
  } finally {
    for (const suite of suites.toReversed())
      for (const hook of TestRunner.getSuiteHooks(suite).afterEach) await Promise.resolve(hook(test.context, suite)).catch(() => undefined);
  }
}

function suitesOf(test: RunnerTestCase): RunnerTestSuite[] {
  const suites: RunnerTestSuite[] = [];
  for (
    let suite: RunnerTestSuite | undefined = test.suite ?? test.file;
    suite;
    suite = suite.suite ?? (suite === test.file ? undefined : test.file)
  )
    suites.unshift(suite);
  return suites;
}
