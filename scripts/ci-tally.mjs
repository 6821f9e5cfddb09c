// The last line of CI: what all suites counted, together.
import { readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0, skipped: 0 };
const suites = ['test-results', 'test-results-openstack', 'test-results-vault', 'test-results-providers'];
for (const file of suites.map((suite) => `${suite}/tally.json`)) {
  let tally = { passed: 0, failed: 1, skipped: 0 };
  try {
    tally = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`${file} is missing: that suite did not come to its end.`);
  }
  for (const key of Object.keys(total)) total[key] += tally[key];
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
