import { deploymentsChaos } from '../lib/deployments-chaos';
import { pairsChaos } from '../lib/pairs-chaos';

// Lets things go wrong by a seed, and looks whether all is in its place afterwards: deployments by `npm run chaos -- --seeds 200`, pairs of clusters by
// `npm run chaos -- --pairs`.
const args = process.argv.slice(2);
process.exit(await (args.includes('--pairs') ? pairsChaos(args) : deploymentsChaos(args)));
