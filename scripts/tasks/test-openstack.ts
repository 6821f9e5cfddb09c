import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../lib/build';
import { ensureChromium } from '../lib/chromium';
import { failuresIn } from '../lib/failures';
import { bringUpLab } from '../lib/lab';
import { labConfig } from '../lib/lab-builds';
import { startProduct } from '../lib/product';
import { root, run } from '../lib/shell';
import { playwrightTally, sum, type Tally, tallyLine, vitestTally } from '../lib/tally';

// The contract of the OpenStack clients and the journeys, against a real OpenStack on this machine.
// `-- --full` adds what takes long there (SLURM with a shared home on real virtual machines).
const results = join(root, 'test-results-openstack');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const full = process.argv.includes('--full');
const only = process.argv.slice(2).filter((argument) => argument !== '--full');

if (!(await bringUpLab())) finish([{ passed: 0, failed: 0, skipped: 1 }]);
await ensureChromium();
await ensureBuilt();
const tallies: Tally[] = [];
if (only.length === 0) tallies.push(await contract());
tallies.push(await journeys());
finish(tallies);

async function contract(): Promise<Tally> {
  const report = join(results, 'vitest.json');
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, TRANSAT_LAB_FULL: full ? '1' : '' };
  const code = await run('vitest', ['run', '--config', 'vitest.openstack.config.ts', ...reporters], { env });
  const tally = vitestTally(report);
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function journeys(): Promise<Tally> {
  const data = mkdtempSync(join(tmpdir(), 'transat-lab-'));
  const report = join(results, 'playwright.json');
  const log = join(results, 'web.log');
  const product = await startProduct(
    { ...process.env, TRANSAT_CONFIG: await labConfig(results), TRANSAT_DATA: data, PORT: '3000' },
    'start',
    log,
  );
  try {
    const code = await run('playwright', ['test', '--config', 'e2e/playwright.openstack.config.ts', ...only], {
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, TRANSAT_LAB_FULL: full ? '1' : '' },
    });
    const tally = playwrightTally(report);
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    await product.close();
    rmSync(data, { recursive: true, force: true });
  }
}

function finish(tallies: Tally[]): never {
  for (const report of ['vitest.json', 'playwright.json'])
    for (const words of failuresIn(join(results, report))) console.log(`\nFAILED  ${words}`);
  const total = sum(tallies);
  writeFileSync(join(results, 'tally.json'), JSON.stringify(total));
  console.log(tallyLine(total));
  process.exit(total.failed === 0 ? 0 : 1);
}
