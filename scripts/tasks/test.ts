import type { StdioOptions } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOpenstacksdk } from '@/lib/credentials/files/testing/openstacksdk';
import { ensureBuilt } from '../lib/build';
import { ensureChromium } from '../lib/chromium';
import { composed } from '../lib/composed';
import { failuresIn } from '../lib/failures';
import { keepHouse } from '../lib/house';
import { oscarPython } from '../lib/oscar-python';
import { root, run } from '../lib/shell';
import { playwrightTally, sum, type Tally, tallyLine, vitestTally } from '../lib/tally';

// All that can be known without a real OpenStack: the rules of the house, units and integration, and the journeys
// of a person in a browser on the embedded sandbox. The last line counts them. `-- --full` adds the journeys that take long and tell least.
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const env = { ...process.env, TRANSAT_FULL: process.argv.includes('--full') ? '1' : '' };
const began = Date.now();
const tallies: Tally[] = [];

async function part(name: string, work: () => Promise<Tally>): Promise<void> {
  console.log(`\n== ${name}`);
  const start = Date.now();
  const tally = await work();
  tallies.push(tally);
  console.log(`== ${name}: ${tallyLine(tally)} (${Math.round((Date.now() - start) / 1000)} s)`);
}

await part('rules of the house', keepHouse);
await ensureChromium();
await ensureBuilt();
const sdk = findOpenstacksdk();
if ('missing' in sdk) console.log(`\n*** Files are NOT compared with openstacksdk, for it could not be had: ${sdk.missing} ***`);
// Side by side, since journeys mostly wait; but these come first where both want the processor, for in them somebody waits. What the units say is shown
// when they are done.
const units = part('units and integration', async () => {
  const report = join(results, 'vitest.json');
  const log = join(results, 'units.log');
  const output = openSync(log, 'w');
  const options = { env, stdio: ['ignore', output, output] satisfies StdioOptions };
  const code = await run(
    'nice',
    ['-n', '10', 'vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    options,
  );
  const tally = failing(vitestTally(report), code);
  if (tally.failed > 0) console.log(readFileSync(log, 'utf8'));
  return tally;
});
const journeys = part('journeys on the sandbox', async () => {
  const report = join(results, 'playwright.json');
  const code = await run('playwright', ['test', '--config', 'e2e/playwright.config.ts'], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  return failing(playwrightTally(report), code);
});
await Promise.all([units, journeys]);
await part('OSCAR’s own clients on the sandbox', oscarPython);
await part('the processes of the compose file', composed);

for (const report of ['vitest.json', 'playwright.json'])
  for (const words of failuresIn(join(results, report))) console.log(`\nFAILED  ${words}`);
const total = sum(tallies);
writeFileSync(join(results, 'tally.json'), JSON.stringify(total));
console.log(`\nin ${Math.round((Date.now() - began) / 1000)} s`);
console.log(tallyLine(total));
process.exit(total.failed === 0 ? 0 : 1);

// A runner that ended badly has failed, whatever it counted.
function failing(tally: Tally, code: number): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
