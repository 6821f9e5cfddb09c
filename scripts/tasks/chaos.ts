import { parseArgs } from 'node:util';
import { run } from '../lib/shell';

// Lets things go wrong by a seed, and looks whether all is in its place afterwards: `npm run chaos -- --pairs [--seed 1] [--rounds 5] [--steps 60]`.
const { values } = parseArgs({
  options: {
    pairs: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    steps: { type: 'string', default: '60' },
  },
});
const numbers = [values.seed, values.rounds, values.steps].map(Number);
if (!values.pairs || numbers.some((one) => !Number.isInteger(one) || one < 1)) {
  console.error('Say what: npm run chaos -- --pairs [--seed 1] [--rounds 5] [--steps 60]');
  process.exit(2);
}
const [seed, rounds, steps] = numbers.map(String);
const env = { ...process.env, TRANSAT_CHAOS_SEED: seed, TRANSAT_CHAOS_ROUNDS: rounds, TRANSAT_CHAOS_STEPS: steps };
process.exit(await run('vitest', ['run', 'lib/api/tests/pairs-chaos.test.ts'], { env }));
