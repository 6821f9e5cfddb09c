import { parseArgs } from 'node:util';
import { run } from '../lib/shell';

/**
 * Pairs on bad days, by a seed: `--pairs [--seed 1] [--rounds 5] [--steps 60]`.
 * @returns what the process is to end with
 */
export async function pairsChaos(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      pairs: { type: 'boolean' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '5' },
      steps: { type: 'string', default: '60' },
    },
  });
  const numbers = [values.seed, values.rounds, values.steps].map(Number);
  if (numbers.some((one) => !Number.isInteger(one) || one < 1)) {
    console.error('Give whole numbers: npm run chaos -- --pairs [--seed 1] [--rounds 5] [--steps 60]');
    return 2;
  }
  const [seed, rounds, steps] = numbers.map(String);
  const env = { ...process.env, TRANSAT_CHAOS_SEED: seed, TRANSAT_CHAOS_ROUNDS: rounds, TRANSAT_CHAOS_STEPS: steps };
  return await run('vitest', ['run', 'lib/api/tests/pairs-chaos.test.ts'], { env });
}
