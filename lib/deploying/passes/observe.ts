import { AppError, type Problem } from '@/lib/core/errors';
import type { Cloud } from '@/lib/openstack/types';
import { type Found, isOffered, type KindName, kindOf } from '../kinds';
import { type Ledger, type Place, placeKey } from '../ledger/ledger';
import { nameOf, prefixOf } from '../ledger/names';
import type { Ports } from '../ports';
import type { Look } from './look';
import type { Observations, Sight } from './sight';

/** The clouds of one pass, each signed in to once. */
export class Clouds {
  readonly #open: (place: Place) => Promise<Cloud>;
  readonly onFault: (error: unknown) => void;
  readonly #opened = new Map<string, Promise<Cloud>>();

  constructor(ports: Ports, { id, user_id: userId }: { id: string; user_id: string }) {
    this.onFault = (error) => ports.onFault(error, id);
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
  const sight: Sight = { lists: new Map() };
  try {
    const cloud = await clouds.open(place);
    const unseen: [KindName, Problem][] = [];
    await Promise.all(
      [...kinds].map(async (kind) => {
        try {
          if (!isOffered(kind, cloud) && mayBeThere(ledger, place, kind)) throw notOffered(cloud, kind);
          const list = await kindOf(kind).list(cloud, prefix, knownOf(ledger, place, kind));
          sight.lists.set(
            kind,
            list.filter((found) => isOurs(found, ledger)),
          );
        } catch (error) {
          unseen.push([kind, problemOf(error, clouds)]);
        }
      }),
    );
    return unseen.length > 0 ? { ...sight, unseen: new Map(unseen) } : sight;
  } catch (error) {
    return { ...sight, problem: problemOf(error, clouds) };
  }
}

const ofKindAt = ({ resources }: Ledger, place: Place, kind: KindName) =>
  resources.filter((resource) => resource.kind === kind && resource.phase !== 'gone' && placeKey(resource) === placeKey(place));

// What is no answer of a cloud is a fault of our own, which somebody must hear of.
function problemOf(error: unknown, { onFault }: Clouds): Problem {
  const problem = AppError.from(error).toProblem();
  if (problem.code === 'internal') onFault(error);
  return problem;
}

// What is not ours is known by its id, and shown under the name that it would have.
function knownOf(ledger: Ledger, place: Place, kind: KindName): Map<string, string> {
  const named = ofKindAt(ledger, place, kind).flatMap(({ key, spec, cloud_id }) => {
    const id = kindOf(kind).borrowed?.(spec) ?? cloud_id;
    return id === null ? [] : [[id, nameOf(ledger.deployment.id, key)] as const];
  });
  return new Map(named);
}

const mayBeThere = (ledger: Ledger, place: Place, kind: KindName) =>
  ofKindAt(ledger, place, kind).some(({ cloud_id, unclear, phase }) => cloud_id !== null || unclear || phase === 'creating');

// A service that was there is missing in the catalogue: what it made is not gone by that.
function notOffered({ site }: Cloud, kind: KindName): AppError {
  const { service, label } = kindOf(kind);
  return new AppError({
    code: 'upstream-failed',
    title: 'A service of the site is missing now',
    detail: `The catalogue of ${site} names no ${service} service now, and a ${label} was made there.`,
    cause: 'The service is being maintained, or was taken away.',
    remedy: 'Wait: it is looked for again. If it stays so, ask the site’s support.',
    upstream: { service, message: 'missing in the catalogue' },
  });
}

// Beside the name: a server that carries another deployment's id in its metadata is left alone.
function isOurs(found: Found, ledger: Ledger): boolean {
  const owner = found.observed.deployment;
  return owner === undefined || owner === ledger.deployment.id;
}
