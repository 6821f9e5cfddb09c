import { AppError, type Problem } from '@/lib/core/errors';
import { isUnclear } from '@/lib/web';
import { type Found, isBorrowed, kindOf, nodeOf, reservationsIn, sendPower } from '../kinds';
import { wordsFor } from '../kinds/words';
import { takeBerth } from '../ledger/berths';
import { type Ledger, type Resource, resourceOf } from '../ledger/ledger';
import { nameOf } from '../ledger/names';
import { deploymentKey, type Secrets } from '../ledger/secrets';
import type { Write } from '../ledger/write';
import { userDataFor } from '../nodes/context';
import type { Ports } from '../ports';
import type { Action } from './action';
import { afterFailure } from './after-failure';
import { refusedSoFar, waysSoFar } from './decide';
import type { Clouds } from './observe';
import { failed, gone, held, intendCreate, intendRemove, made, noted, otherwise, powered, say, settled } from './outcome';
import { missed, over } from './outcome-over';
import { addParts } from './parts';
import { leaseIsFull, mayBeWithOurs, partsUnseen } from './problems';
import { carryResize, intendRevert } from './resize';
import type { Observations } from './sight';

/** What the actions of one pass share. */
export interface Act {
  ports: Ports;
  ledger: Ledger;
  clouds: Clouds;
  seen: Observations;
  /** when its lists were asked for: a list that was long in coming shows what was there then */
  asked: Date;
  /** places that have not told yet what clusters have made there */
  unlooked: ReadonlySet<string>;
  secrets: Secrets;
  /** seconds that a resource may take from the first try until ready */
  deadlineOf(resource: Resource): number;
  /** whether the nodes of a site can reach Transat */
  callsBack(site: string): boolean;
}

/** What is written before anything is sent. Undefined where nothing needs to be. */
export function intentOf(action: Action, { ledger, ports, deadlineOf }: Act): Write | undefined {
  const resource = resourceOf(ledger, action.key);
  if (action.do === 'create') return intendCreate(ledger, resource, deadlineOf(resource), ports.clock.now());
  if (action.do === 'remove' && action.why !== 'extra') return intendRemove(ledger, resource, ports.clock.now());
  if (action.do === 'resize' && action.move === 'revert') return intendRevert(resource, action, ports.clock.now());
  return undefined;
}

/** Carries out one action whose intent is written. @returns what is to be written of its outcome */
export async function perform(action: Action, act: Act): Promise<Write | undefined> {
  const { ledger, ports } = act;
  const resource = resourceOf(ledger, action.key);
  const now = ports.clock.now();
  const callback = act.callsBack(resource.site);
  switch (action.do) {
    case 'create':
      return create(resource, act);
    case 'adopt':
      return made(ledger, resource, action.found, kindOf(resource.kind).parts === undefined, true, now);
    case 'complete':
      return complete(resource, action, act);
    case 'settle':
      return settled(ledger, resource, action.found, callback, now);
    case 'note':
      return noted(ledger, resource, action, callback, now);
    case 'fail':
      return failed(ledger, resource, action.problem, action.lost ?? false);
    case 'gone':
      return gone(ledger, resource, action.again);
    case 'miss':
      return missed(resource, now);
    case 'over':
      return over(resource, action.found, now);
    case 'hold':
      return held(resource, action.problem, now);
    case 'remove':
      return remove(resource, action.found, action.why === 'extra', act);
    case 'resize':
      return carryResize(resource, action, act);
    case 'power':
      return power(resource, action, act);
  }
}

async function create(resource: Resource, act: Act): Promise<Write> {
  const { ledger, ports, secrets } = act;
  const kind = kindOf(resource.kind);
  try {
    const cloud = await act.clouds.open(resource);
    const reservation = await berth(resource, act);
    const found = await kind.create(cloud, resource.spec, {
      name: nameOf(ledger.deployment.id, resource.key),
      tags: { deployment: ledger.deployment.id, key: resource.key },
      now: ports.clock.now(),
      attempt: waysSoFar(resource),
      idOf: (key) => idOf(ledger, key),
      observedOf: (key) => resourceOf(ledger, key).observed,
      reservation,
      userData: () => userDataFor(ports, ledger, nodeOf(resource.spec) ?? '', secrets),
      publicKey: async () => (await secrets.get(deploymentKey)).reveal().public ?? '',
    });
    const missing = (kind.parts?.(resource.spec, (key) => idOf(ledger, key)) ?? []).filter((part) => !found.parts.includes(part));
    const { problem, unseen } = await addParts(cloud, resource, found, missing, (error) => ports.onFault(error, ledger.deployment.id));
    const write = made(ledger, resource, found, unseen.length === 0, false, ports.clock.now());
    return problem ? { ...write, change: { ...write.change, problem } } : write;
  } catch (error) {
    return createFailed(resource, error, act);
  }
}

// A place on what is leased is taken before a server is asked for: the site would boot a second one on it, or none.
async function berth({ key, site, spec }: Resource, { ledger, ports }: Act): Promise<string | undefined> {
  const { lease } = kindOf(spec.kind).standsOn?.(spec) ?? {};
  if (lease === undefined) return undefined;
  const { all } = reservationsIn(resourceOf(ledger, lease).observed);
  const reservations = all.flatMap(({ id, places }) => (places === undefined ? [] : [{ id, places }]));
  // how many places there are is not known: the site says where there is none
  if (reservations.length < all.length || all.length === 0) return undefined;
  const taken = await takeBerth(ports.store, { site, reservations }, ledger.deployment.id, key);
  if (taken === undefined) throw leaseIsFull(reservations.reduce((sum, { places }) => sum + places, 0));
  return taken;
}

function createFailed(resource: Resource, error: unknown, { ledger, ports }: Act): Write {
  const app = AppError.from(error);
  if (app.code === 'internal') ports.onFault(error, ledger.deployment.id);
  const problem = app.toProblem();
  // what is not even an answer of a cloud says nothing about what was made
  const unclear = isUnclear(error) || app.code === 'internal' || mayBeWithOurs(problem);
  if (!unclear && refusedSoFar(resource) < (kindOf(resource.kind).otherWays?.(resource.spec, problem) ?? 0)) {
    return otherwise(resource, problem);
  }
  const after = afterFailure(resource.attempts, problem, unclear, ports.clock.now());
  if (after.phase === 'failed') {
    const write = failed(ledger, resource, problem, false);
    return { ...write, change: { ...write.change, unclear } };
  }
  const then = unclear ? 'looking whether it was made, before it is asked for again' : 'trying again';
  return {
    resource,
    change: { ...after, problem },
    events: [say(resource, 'warning', `The ${wordsFor(resource)}: ${problem.title}; ${then}`, { problem })],
  };
}

async function complete(resource: Resource, { found, missing, surplus }: Extract<Action, { do: 'complete' }>, act: Act): Promise<Write> {
  const { ledger, ports } = act;
  const now = ports.clock.now();
  let problem: Problem | undefined;
  try {
    const cloud = await act.clouds.open(resource);
    const added = await addParts(cloud, resource, found, missing, (error) => ports.onFault(error, ledger.deployment.id));
    // first what is new stands: who is let in before and after is never shut out
    if (added.unseen.length === 0) await Promise.all(surplus.map(async (part) => await kindOf(resource.kind).dropPart?.(cloud, part)));
    if (added.unseen.length === 0) return settled(ledger, resource, found, act.callsBack(resource.site), now);
    problem = added.problem ?? partsUnseen(resource, added.unseen);
  } catch (error) {
    problem = AppError.from(error).toProblem();
  }
  const after = afterFailure(resource.attempts + 1, problem, false, now);
  if (after.phase === 'failed') return failed(ledger, resource, problem, false);
  return { resource, change: { attempts: resource.attempts + 1, problem, next_try_at: after.next_try_at } };
}

async function remove(resource: Resource, found: Found, isExtra: boolean, act: Act): Promise<Write | undefined> {
  try {
    const kind = kindOf(resource.kind);
    if (isBorrowed(resource.spec)) throw new Error(`The ${wordsFor(resource)} is not ours, and was to be deleted`);
    await kind.remove(await act.clouds.open(resource), found);
    // the last look, at every list, has the last word on a deletion
    return isExtra || kind.leavesSlowly || resource.wanted === 'present' ? undefined : gone(act.ledger, resource, false);
  } catch (error) {
    const app = AppError.from(error);
    if (app.code === 'internal') act.ports.onFault(error, act.ledger.deployment.id);
    if (isExtra) return undefined;
    const problem = app.toProblem();
    // what uses it may be on its way out: look again soon
    const wait = Math.min(10, resource.attempts);
    return { resource, change: { problem, next_try_at: new Date(act.ports.clock.now().getTime() + wait * 1000) } };
  }
}

async function power(resource: Resource, action: Extract<Action, { do: 'power' }>, act: Act): Promise<Write> {
  const { ledger, ports } = act;
  const now = ports.clock.now();
  const write = powered(ledger, resource, action, act.callsBack(resource.site), now);
  try {
    await sendPower(await act.clouds.open(resource), action.found.id, action.power);
    return write;
  } catch (error) {
    const problem = AppError.from(error).toProblem();
    const event = say(resource, 'warning', `The ${wordsFor(resource)}: ${problem.title}`, { problem });
    const asked = action.power === 'start' || action.power === 'stop';
    return asked
      ? { ...write, change: { ...write.change, problem, next_try_at: new Date(now.getTime() + 5000) }, events: [event] }
      : { resource, change: {}, node: write.node && { key: write.node.key, change: { reboot: null } }, events: [event] };
  }
}

function idOf(ledger: Ledger, key: string): string {
  const { cloud_id } = resourceOf(ledger, key);
  if (cloud_id === null) throw new Error(`The resource ${key} was needed before it was made`);
  return cloud_id;
}
