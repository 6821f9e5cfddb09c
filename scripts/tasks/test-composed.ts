import { ensureBuilt } from '../lib/build';
import { composed } from '../lib/composed';
import { tallyLine } from '../lib/tally';

// What deploy/compose.yaml describes, started without containers. Part of `npm test`; alone by `npm run test:composed`.
await ensureBuilt();
const began = Date.now();
const tally = await composed();
console.log(`${tallyLine(tally)} (${Math.round((Date.now() - began) / 1000)} s)`);
process.exit(tally.failed === 0 ? 0 : 1);
