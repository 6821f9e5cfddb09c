import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realVault } from '../lib/real-vault';
import { root, run } from '../lib/shell';
import { type Tally, tallyLine, vitestTally } from '../lib/tally';

// What Transat needs of a secrets store, against a real Vault or OpenBao. `-- --build` builds one where there is none.
const results = join(root, 'test-results-vault');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const vault = await realVault(process.argv.includes('--build'));
if (!vault) {
  console.error('\n########################################################################');
  console.error('# NO REAL VAULT OR OPENBAO on this machine: the secrets store was tested');
  console.error('# against the sandbox’s server ONLY. Name one by TRANSAT_VAULT_ADDR and');
  console.error('# TRANSAT_VAULT_TOKEN, or build one: npm run test:vault -- --build');
  console.error('########################################################################\n');
  finish({ passed: 0, failed: 0, skipped: 1 });
}
try {
  const { address, rootToken, unsealKey } = vault;
  const env = { ...process.env, TRANSAT_VAULT_ADDR: address, TRANSAT_VAULT_TOKEN: rootToken, TRANSAT_VAULT_UNSEAL_KEY: unsealKey };
  const report = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest', ['run', '--config', 'vitest.vault.config.ts', ...reporters], { env });
  await vault.close();
  const tally = vitestTally(report);
  finish(code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);
} finally {
  await vault.close();
}

function finish(tally: Tally): never {
  writeFileSync(join(results, 'tally.json'), JSON.stringify(tally));
  console.log(tallyLine(tally));
  process.exit(tally.failed === 0 ? 0 : 1);
}
