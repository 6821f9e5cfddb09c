import type { Fault } from '../fake-cloud';
import type { World } from '../world';
import type { Dice } from './dice';

/** What a seed lets go wrong, as it did. */
interface Trouble {
  /** each fault: the call, its number, and what happened to it */
  told: string[];
  /** Nothing goes wrong from now on. */
  calm(): void;
}

const kinds: readonly [Fault | 'slow', ...(Fault | 'slow')[]] = ['lost', 'cut', 'busy', 'unauthorized', 'refused', 'die', 'kill', 'slow'];
/** A site that lags more than it may is told apart from one that has lost something by nobody. */
const mostLagSeconds = 10;
const mostFaults = 30;

/**
 * Has calls to a world's cloud go wrong as a seed says: the fault of a call depends on the seed, the call and its number alone, so that the same seed gives the
 * same, in whatever order calls that are under way at once come.
 */
export function letGoWrong(world: World, dice: Dice): Trouble {
  const rate = dice.pick('rate', [0.01, 0.03, 0.08, 0.2]);
  const lagging = dice.pick('lagging', [0, 0, 0.1, 0.4]);
  const trouble: Trouble = {
    told: [],
    calm() {
      world.cloud.faults = () => undefined;
      world.cloud.lag = () => 0;
      world.cloud.breaks = () => undefined;
      world.failing.clear();
      world.silent.clear();
    },
  };
  world.cloud.faults = (call, count) => {
    const name = `${call} ${count}`;
    if (trouble.told.length >= mostFaults || dice.at(name) >= rate) return undefined;
    const kind = kinds[Math.floor(dice.at(`${name} kind`) * kinds.length)] ?? 'lost';
    trouble.told.push(`${name}: ${kind}`);
    if (kind !== 'slow') return kind;
    world.clock.advance(5000 + dice.at(`${name} slow`) * 60_000);
    return undefined;
  };
  world.cloud.lag = (call, count) => (dice.at(`${call} ${count} lag`) < lagging ? dice.at(`${call} ${count} long`) * mostLagSeconds : 0);
  if (dice.at('no room') < rate * 2) world.cloud.noRoomFor.add('larger');
  world.cloud.breaks = (name, tries) =>
    tries === 1 && dice.at(`breaks ${name.slice(name.indexOf('-'))}`) < rate * 2 ? 'No valid host was found.' : undefined;
  return trouble;
}
