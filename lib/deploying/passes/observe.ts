import { AppError, type Problem } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { type Found, type KindName, kindOf } from '../kinds';
import { type Ledger, type Place, placeKey } from '../ledger/ledger';
import { nameOf, prefixOf } from '../ledger/names';
import type { Ports } from '../ports';
import type { Look } from './look';
import type { Observations, Sight } from './sight';

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

/**
 * Lists what is asked for, everything at once: a list call a kind and place. What can't be listed leaves a problem, never an empty list; one
 * service that fails keeps nobody from seeing what the others have.
 */
export async function observe(ledger: Ledger, looks: Look[], clouds: Clouds): Promise<Observations> {
  const sights = await Promise.all(looks.map(async (look) => [placeKey(look.place), await lookAt(ledger, look, clouds)] as const));
  return new Map(sights);
}

async function lookAt(ledger: Ledger, { place, kinds }: Look, clouds: Clouds): Promise<Sight> {
  const prefix = prefixOf(ledger.deployment.id);
  const borrowed = borrowedBy(ledger);
  const sight: Sight = { lists: new Map() };
  try {
    const cloud = await clouds.open(place);
    const unseen: [KindName, Problem][] = [];
    await Promise.all(
      [...kinds].map(async (kind) => {
        try {
          const list = await kindOf(kind).list(cloud, prefix, borrowed);
          sight.lists.set(
            kind,
            list.filter((found) => isOurs(found, ledger)),
          );
        } catch (error) {
          unseen.push([kind, AppError.from(error).toProblem()]);
        }
      }),
    );
    return unseen.length > 0 ? { ...sight, unseen: new Map(unseen) } : sight;
  } catch (error) {
    return { ...sight, problem: AppError.from(error).toProblem() };
  }
}

// What is not ours is known by its id, and shown under the name that it would have.
function borrowedBy({ deployment, resources }: Ledger): Map<string, string> {
  const named = resources.flatMap(({ key, kind, spec, phase }) => {
    const id = phase === 'gone' ? undefined : kindOf(kind).borrowed?.(spec);
    return id === undefined ? [] : [[id, nameOf(deployment.id, key)] as const];
  });
  return new Map(named);
}

// Beside the name: a server that carries another deployment's id in its metadata is left alone.
function isOurs(found: Found, ledger: Ledger): boolean {
  const owner = found.observed.deployment;
  return owner === undefined || owner === ledger.deployment.id;
}
