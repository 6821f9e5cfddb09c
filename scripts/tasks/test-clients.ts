import { oscarPython } from '../lib/oscar-python';
import { tallyLine } from '../lib/tally';

// Clients that other people wrote, unchanged, against the sandbox's OSCAR clusters. Part of `npm test`; alone by `npm run test:clients`.
const tally = await oscarPython();
console.log(tallyLine(tally));
process.exit(tally.failed === 0 ? 0 : 1);
