import { parseArgs } from 'node:util';
import { runSeed } from '../../lib/deploying/testing/chaos/run';
import { openTestStore } from '../../lib/store/test-store';

/**
 * Lives of deployments with all that may go wrong, by seeds, on a clock that nobody waits for: `--seeds 200 --from 1`. Of a seed that fails all is said that was
 * asked for and went wrong, and `--seed 17` gives the same again.
 * @returns the exit code
 */
export async function deploymentsChaos(args: string[]): Promise<number> {
  const options = { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  const only = values.seed === undefined ? undefined : Number(values.seed);
  const [first, count] = only === undefined ? [Number(values.from), Number(values.seeds)] : [only, 1];
  if (![first, count].every((number) => Number.isInteger(number) && number >= 0)) {
    console.error('Give whole numbers: npm run chaos -- --seeds 200 [--from 1], or --seed 17.');
    return 2;
  }
  const store = await openTestStore();
  const began = Date.now();
  let [failed, faults] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const run = await runSeed(store, seed);
    faults += run.faults.length;
    if (run.broken.length === 0 && only === undefined) continue;
    if (run.broken.length > 0) failed += 1;
    console.log(`\nseed ${seed} ${run.broken.length > 0 ? 'FAILED' : 'held'}; again: npm run chaos -- --seed ${seed}`);
    for (const [what, lines] of Object.entries({ asked: run.asked, 'went wrong': run.faults, broken: run.broken }))
      for (const line of lines) console.log(`  ${what}: ${line}`);
  }
  const seconds = (Date.now() - began) / 1000;
  const rate = ((count / seconds) * 60).toFixed(0);
  console.log(`\n${count} seeds, ${faults} faults, ${failed} failed, ${seconds.toFixed(1)} s (${rate} deployments a minute)`);
  await store.close();
  return failed === 0 ? 0 : 1;
}
