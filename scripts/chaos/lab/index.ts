import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Dice } from '@/lib/deploying/testing/chaos/dice';
import { startTestPostgres } from '@/lib/store/test-postgres';
import { Api } from '../../../e2e/lib/api';
import { labChoices } from '../../../e2e/lib/journey';
import { tokenOf } from '../../../e2e/lib/lab';
import { isBuilt } from '../../lib/build';
import { bringUpLab } from '../../lib/lab';
import { labConfig } from '../../lib/lab-builds';
import { alone, type Processes, twoWorkers } from '../../lib/processes';
import { root } from '../../lib/shell';
import { live, type Placement } from './life';

/** this machine as nodes reach it */
const address = 'http://172.24.4.1:4992';
const where = { credential: 'oidc:lab' };
/** deployments at a time */
const lives = 3;

/**
 * Kills whoever works, again and again, while deployments of the real OpenStack are made, grown and deleted: `--lab [--kills 200] [--seed 1] [--workers]`. With
 * `--workers` two of them work on PostgreSQL.
 * @returns the exit code: 0 where nothing was lost, made twice or left over
 */
export async function labChaos(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      lab: { type: 'boolean' },
      workers: { type: 'boolean', default: false },
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  if (![kills, seed].every((number) => Number.isInteger(number) && number > 0)) {
    console.error('Give whole numbers: npm run chaos -- --lab [--kills 200] [--seed 1] [--workers]');
    return 2;
  }
  if (!isBuilt()) throw new Error('There is no build: npm run build');
  if (!(await bringUpLab())) throw new Error('There is no lab.');
  const folder = mkdtempSync(join(tmpdir(), 'transat-lab-chaos-'));
  const postgres = values.workers ? await startTestPostgres() : null;
  if (postgres && !postgres.url) throw new Error(postgres.missing);
  const env = {
    ...process.env,
    TRANSAT_CONFIG: await labConfig(folder, [resolve(root, 'scripts/recipes')]),
    TRANSAT_DATA: folder,
    DATABASE_URL: postgres?.url?.reveal() ?? '',
    HOST: '0.0.0.0',
    PORT: new URL(address).port,
    TRANSAT_URL: address,
    TRANSAT_CALLBACK_URL: address,
  };
  const processes = await (postgres ? twoWorkers : alone)(env, folder);
  try {
    return await chaos(processes, new Dice(seed), kills);
  } finally {
    await processes.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function chaos(processes: Processes, dice: Dice, kills: number): Promise<number> {
  const api = new Api(address, tokenOf('alice'));
  const { flavor, image } = await labChoices(api, where);
  const at: Placement = { site: 'lab', ...where, flavor: flavor('fake.small'), image };
  const began = Date.now();
  const broken: string[] = [];
  let [killed, lived] = [0, 0];
  let goes = true;
  const living = async (row: number) => {
    for (let count = 0; goes; count++) {
      const of = await live(api, `chaos ${row} ${count}`, at, dice).catch((error: unknown) => [`chaos ${row} ${count}: ${String(error)}`]);
      for (const line of of) console.log(`  BROKEN ${line}`);
      broken.push(...of);
      lived += 1;
      console.log(
        `  ${lived} deployments lived, ${killed} kills, ${broken.length} broken, ${((Date.now() - began) / 60_000).toFixed(1)} min`,
      );
    }
  };
  const all = Promise.all(Array.from({ length: lives }, (_, row) => living(row)));
  for (; killed < kills; killed++) {
    await sleep(processes.pause(dice.next('kill')));
    await processes.kill();
  }
  goes = false;
  await all;
  console.log(
    `\n${killed} kills, ${lived} deployments, ${broken.length} lost, made twice or left over, ${((Date.now() - began) / 60_000).toFixed(1)} min`,
  );
  return broken.length === 0 ? 0 : 1;
}
