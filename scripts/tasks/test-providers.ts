import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realKeycloak } from '../lib/real-keycloak';
import { root, run } from '../lib/shell';
import { type Tally, tallyLine, vitestTally } from '../lib/tally';

// Signing in, against a Keycloak that Maven brings (150 MB, once a machine).
const results = join(root, 'test-results-providers');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const keycloak = await realKeycloak().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
if (typeof keycloak === 'string') {
  console.error('\n########################################################################');
  console.error(`# NO KEYCLOAK on this machine (${keycloak}):`);
  console.error('# signing in was tested against the sandbox’s provider ONLY. It needs');
  console.error('# Java 17 and Maven, or TRANSAT_KEYCLOAK_URL and TRANSAT_KEYCLOAK_ADMIN.');
  console.error('########################################################################\n');
  finish({ passed: 0, failed: 0, skipped: 1 });
}
try {
  const env = { ...process.env, TRANSAT_KEYCLOAK_URL: keycloak.url, TRANSAT_KEYCLOAK_ADMIN: keycloak.admin.password };
  const report = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('vitest', ['run', '--config', 'vitest.providers.config.ts', ...reporters], { env });
  await keycloak.close();
  const tally = vitestTally(report);
  finish(code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);
} finally {
  await keycloak.close();
}

function finish(tally: Tally): never {
  writeFileSync(join(results, 'tally.json'), JSON.stringify(tally));
  console.log(tallyLine(tally));
  process.exit(tally.failed === 0 ? 0 : 1);
}
