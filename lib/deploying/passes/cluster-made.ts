import { AppError, type Problem } from '@/lib/core/errors';
import type { Left } from '../kinds/cluster-made';
import { judgeAt } from '../kinds/cluster-made-at';
import { type Looked, writeClusterMade } from '../ledger/cluster-made';
import type { NewEvent } from '../ledger/events';
import { type Ledger, type Place, placeKey } from '../ledger/ledger';
import { ownOf, placesOf } from '../ledger/own';
import type { Ports } from '../ports';
import type { Clouds } from './observe';
import { isLasting } from './problems';

/** Seconds that a deletion waits for a place that does not tell what clusters have made there. */
const patienceSeconds = 60;

/** What a deletion knows of what the deployment's clusters have made themselves. */
export interface ClusterMade {
  /** rows were added: the pass starts over */
  found: boolean;
  /** places (by their keys) that have not told yet, at which nothing is deleted so long */
  unlooked: ReadonlySet<string>;
}

/**
 * Of a deployment that is to be deleted: looks for what its clusters have made at each place, before anything goes there and again where its network can't go,
 * and writes that down.
 */
export async function lookForClusterMade(ports: Ports, ledger: Ledger, clouds: Clouds): Promise<ClusterMade> {
  const { deletion, wanted } = ledger.deployment;
  if (!deletion || wanted !== 'deleted') return { found: false, unlooked: new Set() };
  const looks = await Promise.all(
    placesOf(ledger)
      .filter((place) => needsLook(place, ledger, deletion.looked))
      .map((place) => lookOnce(ports, ledger, place, clouds)),
  );
  const found = await writeClusterMade(ports, ledger, onceEach(looks));
  return { found, unlooked: new Set(looks.flatMap(({ place, done }) => (done ? [] : [placeKey(place)]))) };
}

// What keeps a network may have come after the first look.
function needsLook(place: Place, { resources }: Ledger, looked: readonly string[]): boolean {
  if (!looked.includes(placeKey(place))) return true;
  const here = resources.filter((resource) => placeKey(resource) === placeKey(place) && resource.phase !== 'gone');
  return here.some(({ kind, problem }) => problem !== null && (kind === 'subnet' || kind === 'network'));
}

async function lookOnce(ports: Ports, ledger: Ledger, place: Place, clouds: Clouds): Promise<Looked> {
  const { deletion, user_id: userId } = ledger.deployment;
  const site = (await ports.findSite(userId, place.site))?.name ?? place.site;
  try {
    const again = deletion?.looked.includes(placeKey(place)) ?? false;
    const { made, left } = await judgeAt(await clouds.open(place), ownOf(ledger), { ports: again });
    const goes = deletion?.claims === 'go' ? made : made.filter(({ kind }) => kind !== 'volume');
    const kept = made
      .filter((one) => !goes.includes(one))
      .flatMap((one): Left[] => (one.kind === 'volume' ? [{ ...one, why: 'kept', at: one.claim }] : []));
    return {
      place,
      made: goes,
      left: [...left, ...kept].map((thing) => ({ thing, event: told(thing, site) })),
      done: true,
    };
  } catch (error) {
    const app = AppError.from(error);
    if (app.code === 'internal') clouds.onFault(error);
    const problem = app.toProblem();
    const waited = (ports.clock.now().getTime() - Date.parse(deletion?.asked ?? '')) / 1000;
    if (!isLasting(problem) && waited < patienceSeconds) return { place, made: [], left: [], done: false };
    const thing: Left = { kind: 'volume', id: `unlooked ${placeKey(place)}`, name: '', why: 'unknown', at: '' };
    return { place, made: [], left: [{ thing, event: notLooked(problem, site) }], done: true };
  }
}

// A project that is reached by two credentials shows the same twice.
function onceEach(looks: readonly Looked[]): Looked[] {
  const seen = new Set<string>();
  return looks.map((look) => ({ ...look, made: look.made.filter(({ id }) => !seen.has(id) && seen.add(id)) }));
}

function notLooked(problem: Problem, site: string): NewEvent {
  const message = `What a cluster may have made at ${site} could not be looked for: what it made stays there`;
  return { level: 'warning', stage: 'deployment', subject: null, message, data: { problem } };
}

function told(thing: Left, site: string): NewEvent {
  const { kind, id } = thing;
  const level = thing.why === 'loose' ? 'info' : 'warning';
  return { level, stage: 'deployment', subject: null, message: wordsOf(thing, site), data: { left: { kind, id } } };
}

function wordsOf({ kind, name, why, at }: Left, site: string): string {
  if (why === 'kept') return `The volume ${name} of the claim ${at} stays at ${site}: it was not said that it is to go`;
  if (why === 'shared') return `The volume ${name} stays at ${site}: it is attached to a server of somebody else, too`;
  if (why === 'loose')
    return `The volume ${name} of some cluster’s claim stays at ${site}: it is attached to nothing, and whose it is is not known`;
  if (kind === 'volume') return `The volume ${name} stays at ${site}: it was attached to ${at} by somebody, and is not of this deployment`;
  if (kind === 'loadBalancer')
    return `The load balancer ${name} stays at ${site}, and with it the ${at} that it is on: nothing says that it is of this deployment`;
  if (kind === 'floatingIp')
    return `The floating IP ${name} stays at ${site}: the load balancer ${at} had it, and nothing says that it is of this deployment`;
  return `The port ${name} stays at ${site}, and with it the ${at} that it is on: it is not of this deployment`;
}
