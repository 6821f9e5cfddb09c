import { pairsChaos } from '../lib/pairs-chaos';

// Lets things go wrong by a seed, and looks whether all is in its place afterwards: `npm run chaos -- --pairs`.
const args = process.argv.slice(2);
if (args.includes('--pairs')) process.exit(await pairsChaos(args));
console.error('Say what: npm run chaos -- --pairs [--seed 1] [--rounds 5] [--steps 60]');
process.exit(2);
