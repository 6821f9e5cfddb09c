import type { Problem } from '@/lib/core/errors';
import { ipAddress } from '@/lib/core/ip-address';
import type { PlannedNode } from '@/lib/planning/types';
import { type Found, isBorrowed, kindOf, nodeOf } from '../kinds';
import { bootWait, deleteSeconds } from '../kinds/times';
import { wordsFor } from '../kinds/words';
import { blankNode } from '../ledger/blank-node';
import type { NewEvent } from '../ledger/events';
import { type Ledger, type Node, type Resource, siteOf, textOf } from '../ledger/ledger';
import { type NodeChange, nobody, type Write } from '../ledger/write';
import type { Action } from './action';
import { refusedSoFar, triesSoFar } from './decide';

/** Seconds after which a deletion that shows no effect is asked for again. */
const deleteAgainSeconds = 20;
const powerSeconds = 300;
/** Seconds between two tries to reach a site that does not answer. */
const holdSeconds = 5;
const holdDeadlineSeconds = 90;

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);

export const say = (resource: Resource, level: NewEvent['level'], message: string, data: Record<string, unknown> = {}): NewEvent => ({
  level,
  stage: 'resource',
  subject: resource.key,
  message,
  data: { kind: resource.kind, site: resource.site, cloudId: resource.cloud_id, ...data },
});

// A machine that its node has left, at a site where its part was, says nothing of it any more.
function plannedOn(ledger: Ledger, { key: server, spec }: Resource): PlannedNode | undefined {
  const node = nodeOf(spec);
  return ledger.deployment.plan.nodes.find((planned) => planned.key === node && planned.server === server);
}

/** Before a create is sent: that it will be. A server's node starts from nothing. */
export function intendCreate(ledger: Ledger, resource: Resource, deadlineSeconds: number, now: Date): Write {
  const node = plannedOn(ledger, resource);
  return {
    resource,
    onlyIfPresent: true,
    change: {
      phase: 'creating',
      attempts: resource.attempts + 1,
      unclear: false,
      next_try_at: null,
      deadline_at: resource.deadline_at ?? later(now, deadlineSeconds),
    },
    ...(node ? { node: { key: node.key, change: blankNode(node, 'building') } } : {}),
  };
}

/** Before a deletion is sent: who runs on what goes is known no more. */
export function intendRemove(ledger: Ledger, resource: Resource, now: Date): Write {
  const node = plannedOn(ledger, resource);
  return {
    resource,
    ...(node ? { node: { key: node.key, change: nobody } } : {}),
    change: {
      phase: 'deleting',
      attempts: resource.attempts + 1,
      deadline_at: resource.phase === 'deleting' && resource.deadline_at ? resource.deadline_at : later(now, deleteSeconds),
      next_try_at: later(now, deleteAgainSeconds),
    },
  };
}

/** It was made, or found made. `complete`: nothing is missing of it. */
export function made(ledger: Ledger, resource: Resource, found: Found, complete: boolean, adopted: boolean, now: Date): Write {
  const { becomes, said } = kindOf(resource.kind);
  const is = adopted ? 'was already made' : (said?.(resource.spec) ?? (becomes ? 'is being built' : 'is made'));
  const ready = complete && found.state === 'ready' && !becomes;
  const words = `The ${wordsFor(resource)} ${is} at ${siteOf(resource)}`;
  return {
    resource,
    change: {
      phase: ready ? 'ready' : 'waiting',
      cloud_id: found.id,
      observed: { ...kept(resource), ...found.observed, madeAt: now.toISOString() },
      unclear: false,
      next_try_at: null,
      problem: null,
      ...(ready ? { deadline_at: null } : {}),
    },
    node: addressChange(ledger, resource, found),
    events: [say(resource, 'info', words, { cloudId: found.id })],
  };
}

/** It is ready. */
export function settled(ledger: Ledger, resource: Resource, found: Found, callback: boolean, now: Date): Write {
  const node = plannedOn(ledger, resource);
  const stopped = found.state === 'stopped';
  return {
    resource,
    change: {
      phase: 'ready',
      observed: { ...kept(resource), ...found.observed, ...(node ? { power: stopped ? 'stopped' : 'running' } : {}) },
      next_try_at: null,
      deadline_at: null,
      problem: null,
    },
    node: node
      ? { key: node.key, change: bootingAgain(node, callback, now), onlyIn: ['pending', 'building'] }
      : addressChange(ledger, resource, found),
    events: node
      ? [say(resource, 'info', `The ${wordsFor(resource)} is running; ${node.hostname} starts up`, { status: found.observed.status })]
      : [],
  };
}

/** What is seen of a server now: its power may have changed. */
export function noted(ledger: Ledger, resource: Resource, action: Extract<Action, { do: 'note' }>, callback: boolean, now: Date): Write {
  const { found, problem } = action;
  const node = plannedOn(ledger, resource);
  const row = ledger.nodes.find(({ key }) => key === node?.key);
  const before = resource.observed.power;
  const power = found.state === 'stopped' ? 'stopped' : found.state === 'ready' ? 'running' : before;
  const changed = node !== undefined && power !== before && resource.phase === 'ready';
  const observed: Record<string, unknown> = { ...resource.observed, ...found.observed, ...(node ? { power } : {}), missedAt: undefined };
  if (changed || action.giveUp) delete observed.asked;
  let change: NodeChange | undefined;
  if (node && row && changed) change = power === 'stopped' ? { state: 'stopped', deadline_at: null } : bootingAgain(node, callback, now);
  if (node && action.giveUp) change = { ...change, wanted: power === 'stopped' ? 'stopped' : 'running' };
  const events: NewEvent[] = [];
  if (changed)
    events.push(say(resource, problem ? 'warning' : 'info', `The ${wordsFor(resource)} is ${power === 'stopped' ? 'stopped' : 'running'}`));
  if (problem && problem.title !== resource.problem?.title) events.push(say(resource, 'warning', problem.title, { problem }));
  return {
    resource,
    change: {
      observed,
      ...(problem === undefined ? {} : { problem }),
      ...(changed || action.giveUp ? { next_try_at: null, deadline_at: null } : {}),
    },
    node: node && change ? { key: node.key, change } : undefined,
    events,
  };
}

/** A change of power was asked for. */
export function powered(ledger: Ledger, resource: Resource, action: Extract<Action, { do: 'power' }>, callback: boolean, now: Date): Write {
  const node = plannedOn(ledger, resource);
  const { power } = action;
  const reboots = power === 'SOFT' || power === 'HARD';
  const words = { start: 'is being started', stop: 'is being stopped', SOFT: 'is being rebooted', HARD: 'is being rebooted' }[power];
  return {
    resource,
    change: reboots
      ? {}
      : {
          observed: { ...resource.observed, asked: power === 'stop' ? 'stopped' : 'running' },
          next_try_at: later(now, 60),
          deadline_at: resource.deadline_at ?? later(now, powerSeconds),
          problem: null,
        },
    node: node && reboots ? { key: node.key, change: { ...bootingAgain(node, callback, now), reboot: null } } : undefined,
    events: [say(resource, 'info', `The ${wordsFor(resource)} ${words}`)],
  };
}

/** It can't be had (or, where it is unwanted, can't be got rid of). `lost`: nothing of it is there. */
export function failed(ledger: Ledger, resource: Resource, problem: Problem, lost: boolean): Write {
  const node = plannedOn(ledger, resource);
  const state: Node['state'] = 'failed';
  // it was to be made, and what came of that was never noted: it may stand all the same
  const unclear = !lost && (resource.unclear || (resource.phase === 'creating' && resource.cloud_id === null));
  return {
    resource,
    change: {
      phase: 'failed',
      problem,
      unclear,
      next_try_at: null,
      deadline_at: null,
      ...(lost ? { cloud_id: null, observed: { lost: true } } : {}),
    },
    node:
      node && resource.wanted === 'present'
        ? { key: node.key, change: { state, problem, deadline_at: null, ...(lost ? nobody : {}) } }
        : undefined,
    events: [say(resource, 'error', problem.title, { problem })],
  };
}

/** It was seen to be gone. `again`: it is made anew, elsewhere where the plan allows. */
export function gone(ledger: Ledger, resource: Resource, again: boolean): Write {
  const node = plannedOn(ledger, resource);
  const asked = resource.cloud_id !== null || resource.attempts > 0;
  const observed = { ...kept(resource), madeAt: undefined, replaced: triesSoFar(resource) };
  return again
    ? {
        resource,
        change: { phase: 'planned', cloud_id: null, observed, unclear: false, next_try_at: null, deadline_at: null },
        node: node ? { key: node.key, change: blankNode(node, 'pending') } : undefined,
        events: [say(resource, 'warning', `The ${wordsFor(resource)} is made anew (try ${triesSoFar(resource) + 1})`)],
      }
    : {
        resource,
        change: { phase: 'gone', cloud_id: null, unclear: false, next_try_at: null, deadline_at: null, problem: null },
        events: asked ? [say(resource, 'info', farewell(resource))] : [],
      };
}

/** The site refused this way of making it, and the plan knows another. */
export function otherwise(resource: Resource, problem: Problem): Write {
  return {
    resource,
    change: {
      phase: 'planned',
      observed: { ...resource.observed, refused: refusedSoFar(resource) + 1 },
      unclear: false,
      next_try_at: null,
      problem,
    },
    events: [say(resource, 'warning', `The ${wordsFor(resource)}: ${problem.title}; trying another way`, { problem })],
  };
}

function farewell(resource: Resource): string {
  const is = isBorrowed(resource.spec) ? 'is left as it is at' : 'is gone from';
  return `The ${wordsFor(resource)} ${is} ${siteOf(resource)}`;
}

/** The place can't be reached now: waits a while, at most until the deadline. */
export function held(resource: Resource, problem: Problem, now: Date): Write {
  return {
    resource,
    change: {
      problem,
      next_try_at: later(now, holdSeconds),
      deadline_at: resource.deadline_at ?? later(now, holdDeadlineSeconds),
    },
    events: problem.title === resource.problem?.title ? [] : [say(resource, 'warning', `${problem.title}; trying again`, { problem })],
  };
}

/** A machine that comes up, and whose agent is waited for. */
export function bootingAgain(node: PlannedNode, callback: boolean, now: Date): NodeChange {
  return {
    state: 'booting',
    channel: callback ? 'callback' : 'ssh',
    problem: null,
    deadline_at: later(now, bootWait(node.bareMetal)),
  };
}

/** What the ledger keeps of a resource over its states. */
export function kept({ observed: { replaced, refused, flavorId, madeAt } }: Resource): Record<string, unknown> {
  return {
    ...(replaced !== undefined && { replaced }),
    ...(refused !== undefined && { refused }),
    ...(flavorId !== undefined && { flavorId }),
    ...(madeAt !== undefined && { madeAt }),
  };
}

function addressChange(ledger: Ledger, resource: Resource, found: Found): Write['node'] {
  const address = ipAddress(textOf(found.observed.address));
  const { nodes } = ledger.deployment.plan;
  const { gives } = kindOf(resource.kind);
  if (gives === 'private address') {
    const node = nodes.find(({ port }) => port === resource.key);
    return node && { key: node.key, change: { private_address: address } };
  }
  if (gives === 'public address') {
    const node = nodes.find(({ floatingIp }) => floatingIp === resource.key);
    return node && { key: node.key, change: { public_address: address } };
  }
  return undefined;
}
