import { AppError } from '@/lib/core/errors';
import type { Store } from '@/lib/store';
import type { DeploymentState } from '@/lib/store/schema';
import type { DeploymentAction } from '../../requests/allowed';
import { requestAction } from '../../requests/request-action';
import { beginChange } from '../../requests/update/begin';
import { clusterOf, flavorOf, ofFlavor, proposalFor } from '../changed-plan';
import { World } from '../world';
import { Dice } from './dice';
import { letGoWrong } from './faults';
import { leftOf, standingWrong } from './invariants';

/** What became of one seed: what was asked for, what went wrong at the sites, and what of that the engine did not bear. */
interface Run {
  seed: number;
  asked: string[];
  faults: string[];
  /** empty: every invariant held */
  broken: string[];
}

const actions: readonly [DeploymentAction, ...DeploymentAction[]] = ['stop', 'start', 'reboot', 'retry', 'configure', 'rebuild', 'cancel'];
const moving: DeploymentState[] = ['planned', 'deploying', 'configuring', 'updating', 'stopping', 'starting', 'deleting'];
const by = { id: 'u1', name: 'Ada' };

/**
 * One deployment's life by a seed, on a clock that only this moves: it is made, changed, stopped, rebuilt and deleted while calls fail, lists lag and workers die
 * as the seed says; then nothing goes wrong any more, its owner retries what failed, and all must be as it was asked for; then it is deleted, and nothing
 * may be left. The same seed gives the same run.
 */
export async function runSeed(store: Store, seed: number): Promise<Run> {
  const dice = new Dice(seed);
  const world = new World(store);
  await world.cloud.cloud().network.createNetwork({ name: 'somebody-elses' }, { deployment: '', key: '' });
  const others = new Set(world.cloud.things.keys());
  const trouble = letGoWrong(world, dice);
  const run: Run = { seed, asked: [], faults: trouble.told, broken: [] };
  try {
    const id = await world.deploy(clusterOf(...numbers(1 + dice.upTo('size', 2))));
    for (let left = 2 + dice.upTo('acts', 4); left > 0; left--) {
      await live(world, id, dice);
      await act(world, id, dice, run);
    }
    trouble.calm();
    await comeToRest(world, id, run);
    run.broken.push(...(await standingWrong(world, id)));
    await remove(world, id, run);
    run.broken.push(...leftOf(world, others));
  } catch (error) {
    run.broken.push(`a mistake: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  run.broken.push(...world.faultsSeen.map((error) => `a fault of our own: ${error instanceof Error ? error.stack : String(error)}`));
  return run;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Some passes, or as many as it needs. */
async function live(world: World, id: string, dice: Dice): Promise<void> {
  if (dice.next('live') < 0.4) {
    await world.settle(id);
    return;
  }
  for (let left = dice.upTo('passes', 8); left > 0; left--) {
    const next = await world.pass(id);
    if (next === null) return;
    world.clock.advance(Math.max(next, 0.5) * 1000);
    await world.nodesSpeak(id);
  }
}

/** Something that its owner asks for; what its state does not allow is refused, and no more. */
async function act(world: World, id: string, dice: Dice, run: Run): Promise<void> {
  const { deployment, nodes } = await world.ledger(id);
  const what = dice.next('what');
  const name = what < 0.4 ? 'change' : what < 0.95 ? dice.pick('action', actions) : 'delete';
  try {
    if (name === 'change') {
      const count = 1 + dice.upTo('size', 3);
      const flavor = dice.pick('flavor', [undefined, undefined, 'larger', 'f']);
      run.asked.push(`change to ${count} workers${flavor === undefined ? '' : ` of the flavor ${flavor}`} while ${deployment.state}`);
      const proposal = proposalFor(deployment.plan, ofFlavor(clusterOf(...numbers(count)), flavor ?? flavorOf(deployment.plan)));
      await beginChange(world.ports, id, proposal, { by, revision: deployment.revision });
    } else {
      run.asked.push(`${name} while ${deployment.state}`);
      const node = nodes[dice.upTo('node', Math.max(0, nodes.length - 1))];
      await requestAction(world.ports, id, { action: name, ...(name === 'rebuild' && { nodes: node ? [node.key] : [] }) });
    }
  } catch (error) {
    if (!(error instanceof AppError) || !['conflict', 'invalid-input'].includes(error.code)) throw error;
    run.asked.push(`(refused: ${error.detail ?? error.title})`);
  }
}

/** It settles, and what failed is tried again by its owner: a state that lasts longer than that is a fault. */
async function comeToRest(world: World, id: string, run: Run): Promise<void> {
  for (let tries = 0; tries < 6; tries++) {
    const state = await world.settle(id);
    await world.pass(id, true);
    if (state !== 'failed' && state !== 'degraded') break;
    const { deployment } = await world.ledger(id);
    const action = deployment.wanted === 'deleted' ? 'delete' : 'retry';
    run.asked.push(`${action} while ${state}: ${deployment.problem?.title ?? ''}`);
    await requestAction(world.ports, id, { action });
  }
  const state = await world.settle(id);
  if (moving.some((each) => each === state)) run.broken.push(`it stays ${state}`);
  if (state === 'failed' || state === 'degraded') {
    const { deployment } = await world.ledger(id);
    run.broken.push(`it stays ${state} though nothing goes wrong any more: ${JSON.stringify(deployment.problem)}`);
  }
}

async function remove(world: World, id: string, run: Run): Promise<void> {
  for (let tries = 0; tries < 4 && (await world.state(id)) !== 'deleted'; tries++) {
    await requestAction(world.ports, id, { action: 'delete' });
    await world.settle(id);
  }
  const state = await world.state(id);
  if (state !== 'deleted') run.broken.push(`it can’t be deleted: ${state}`);
}
