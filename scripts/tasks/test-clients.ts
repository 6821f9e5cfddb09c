import { oscarPython } from '../lib/oscar-python';
import { tallyLine } from '../lib/tally';
import { toscaParser } from '../lib/tosca-parser';

// What other people wrote, unchanged: OSCAR's client against the sandbox's clusters, tosca-parser on our recipes. Part of `npm test`; alone by `npm run test:clients`.
const parts = [toscaParser(), await oscarPython()];
const sum = (of: 'passed' | 'failed' | 'skipped') => parts.reduce((all, part) => all + part[of], 0);
const tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
console.log(tallyLine(tally));
process.exit(tally.failed === 0 ? 0 : 1);
