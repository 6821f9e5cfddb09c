import { deploymentsChaos } from '../chaos/deployments';
import { labChaos } from '../chaos/lab';
import { pairsChaos } from '../chaos/pairs';

// Lets things go wrong by a seed, and looks whether all is in its place afterwards: deployments by `npm run chaos -- --seeds 200`, pairs of clusters by
// `npm run chaos -- --pairs`; and whoever works is killed on the lab by `npm run chaos -- --lab`.
const args = process.argv.slice(2);
const chaos = args.includes('--pairs') ? pairsChaos : args.includes('--lab') ? labChaos : deploymentsChaos;
process.exit(await chaos(args));
