import { AppError } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { kindOf } from './kinds';
import { type Found, type Ledger, type Observations, type Place, placeKey, type Sight } from './ledger';
import type { Look } from './look';
import { prefixOf } from './names';
import type { Ports } from './ports';

/** The clouds of one pass, each signed in to once. */
export class Clouds {
  readonly #open: (place: Place) => Promise<Cloud>;
  readonly #opened = new Map<string, Promise<Cloud>>();

  constructor(ports: Ports, userId: string) {
    this.#open = (place) => ports.openCloud(userId, place);
  }

  open(place: Place): Promise<Cloud> {
    const key = placeKey(place);
    const known = this.#opened.get(key);
    if (known) return known;
    const opening = this.#open(place);
    this.#opened.set(key, opening);
    return opening;
  }
}

/** Lists what is asked for, everything at once: a list call a kind and place. What can't be listed leaves a problem, never an empty list. */
export async function observe(ledger: Ledger, looks: Look[], clouds: Clouds): Promise<Observations> {
  const prefix = prefixOf(ledger.deployment.id);
  const sights = await Promise.all(
    looks.map(async ({ place, kinds }): Promise<[string, Sight]> => {
      try {
        const cloud = await clouds.open(place);
        const lists = await Promise.all([...kinds].map(async (kind) => [kind, await kindOf(kind).list(cloud, prefix)] as const));
        return [placeKey(place), { lists: new Map(lists.map(([kind, list]) => [kind, list.filter((found) => isOurs(found, ledger))])) }];
      } catch (error) {
        return [placeKey(place), { lists: new Map(), problem: AppError.from(error).toProblem() }];
      }
    }),
  );
  return new Map(sights);
}

// Beside the name: a server that carries another deployment's id in its metadata is left alone.
function isOurs(found: Found, ledger: Ledger): boolean {
  const owner = found.observed.deployment;
  return owner === undefined || owner === ledger.deployment.id;
}
