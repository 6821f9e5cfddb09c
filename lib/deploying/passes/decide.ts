import type { Problem } from '@/lib/core/errors';
import { type Found, isBorrowed, kindOf } from '../kinds';
import { type Ledger, type Node, nodeOn, type Resource } from '../ledger/ledger';
import { resizeOf } from '../ledger/resize';
import {
  type Action,
  age,
  extra,
  foundOf,
  isDue,
  isLate,
  isLateFor,
  isNews,
  isOutdated,
  isReadyToStart,
  listLagSeconds,
  mayBeHidden,
  type Outlook,
  problemFor,
} from './action';
import { decideAbsent } from './decide-absent';
import { decideResize } from './decide-resize';
import { deadlinePassed, isLasting, serverError, stoppedOutside, troubled, vanished } from './problems';

/** What one pass does. Pure: the same ledger, observations and time give the same actions. */
export function decide(outlook: Outlook): Action[] {
  return outlook.ledger.resources.flatMap((resource) =>
    resource.wanted === 'absent' ? decideAbsent(resource, outlook) : decidePresent(resource, outlook),
  );
}

function decidePresent(resource: Resource, outlook: Outlook): Action[] {
  const { key, phase } = resource;
  const problem = problemFor(resource, outlook);
  if (problem) return decideWithoutSight(resource, problem, outlook);
  if (phase === 'planned') return decidePlanned(resource, outlook);
  const all = foundOf(resource, outlook);
  if (phase === 'failed' || !all) return [];
  const mine = all.find(({ id }) => id === resource.cloud_id) ?? (resource.cloud_id === null ? all[0] : undefined);
  const extras: Action[] = isBorrowed(resource.spec)
    ? []
    : all.filter((found) => found !== mine && found.state !== 'leaving').map((found) => extra(key, found));
  switch (phase) {
    case 'creating': // the worker that sent the create is gone, or did not hear what became of it
      if (mine) return [...extras, { do: 'adopt', key, found: mine }];
      if (age(resource, outlook.now) < listLagSeconds) return [];
      return [isLate(resource, outlook.now) ? { do: 'fail', key, problem: deadlinePassed(resource, undefined) } : { do: 'create', key }];
    case 'waiting':
      return [...extras, ...(resizeOf(resource) && mine ? decideResize(resource, mine, outlook) : decideWaiting(resource, mine, outlook))];
    case 'ready':
      return [...extras, ...decideReady(resource, mine, outlook)];
    case 'deleting': // to be made anew
      if (mine && kindOf(resource.kind).stays) return [{ do: 'adopt', key, found: mine }];
      if (mine && mine.state !== 'leaving' && isDue(resource, outlook.now)) return [{ do: 'remove', key, found: mine, why: 'again' }];
      if (mine) return isLate(resource, outlook.now) ? [{ do: 'fail', key, problem: deadlinePassed(resource, mine) }] : [];
      return mayBeHidden(resource, outlook.now) ? [] : [{ do: 'gone', key, again: true }];
    default:
      return [];
  }
}

/** What can begin now without a further look: what it waited for has just become ready, or is just gone. */
export function decideNext(outlook: Outlook): Action[] {
  return outlook.ledger.resources.flatMap((resource) => {
    if (resource.wanted === 'absent') return decideAbsent(resource, outlook);
    return resource.phase === 'planned' && !resource.unclear ? decidePlanned(resource, outlook) : [];
  });
}

function decidePlanned(resource: Resource, outlook: Outlook): Action[] {
  const { ledger, now } = outlook;
  const { key } = resource;
  if (!isReadyToStart(resource, ledger) || !isDue(resource, now)) return [];
  if (resource.unclear) {
    const found = foundOf(resource, outlook);
    if (!found) return [];
    if (found[0]) return [{ do: 'adopt', key, found: found[0] }];
    // a list that lags may not show yet what a try that was cut off has made
    if (age(resource, now) < listLagSeconds) return [];
  }
  if (isLate(resource, now)) return [{ do: 'fail', key, problem: resource.problem ?? deadlinePassed(resource, undefined) }];
  return [{ do: 'create', key }];
}

function decideWaiting(resource: Resource, mine: Found | undefined, { ledger, now }: Outlook): Action[] {
  const { key } = resource;
  if (!mine || mine.state === 'leaving') {
    if (age(resource, now) < listLagSeconds) return [];
    if (!mine && isNews(resource)) return [{ do: 'miss', key }];
    const final = isLate(resource, now) || triesSoFar(resource) >= triesAllowed(resource);
    return [final ? { do: 'fail', key, problem: vanished(resource), lost: true } : { do: 'gone', key, again: true }];
  }
  if (mine.state === 'error') {
    if (mayStillSayWhy(resource, mine, now)) return differs(resource, mine) ? [{ do: 'note', key, found: mine }] : [];
    const tries = triesSoFar(resource);
    if (tries < triesAllowed(resource) && !isLate(resource, now)) return [{ do: 'remove', key, found: mine, why: 'again' }];
    return [{ do: 'fail', key, problem: serverError(resource, mine, tries) }];
  }
  if (mine.state === 'building') {
    if (isLateFor(resource, mine, now)) return [{ do: 'fail', key, problem: deadlinePassed(resource, mine) }];
    return differs(resource, mine) ? [{ do: 'note', key, found: mine }] : [];
  }
  const [missing, surplus] = [missingParts(resource, mine, ledger), surplusParts(resource, mine)];
  if (missing.length + surplus.length === 0) return [{ do: 'settle', key, found: mine }];
  if (isLate(resource, now)) return [{ do: 'fail', key, problem: resource.problem ?? deadlinePassed(resource, mine) }];
  return isDue(resource, now) ? [{ do: 'complete', key, found: mine, missing, surplus }] : [];
}

// A site may show the error a moment before its reason.
function mayStillSayWhy(resource: Resource, mine: Found, now: Date): boolean {
  const { faultLagSeconds } = kindOf(resource.kind);
  return faultLagSeconds !== undefined && !mine.fault && (differs(resource, mine) || age(resource, now) < faultLagSeconds);
}

function decideReady(resource: Resource, mine: Found | undefined, outlook: Outlook): Action[] {
  const { key } = resource;
  const { ledger, now } = outlook;
  if (kindOf(resource.kind).isOver?.(mine?.observed)) return decideOver(resource, mine, now);
  if (!mine || mine.state === 'leaving') {
    return age(resource, now) < listLagSeconds ? [] : [{ do: 'fail', key, problem: vanished(resource), lost: true }];
  }
  if (mine.state === 'error') return [{ do: 'fail', key, problem: serverError(resource, mine, triesSoFar(resource)) }];
  if (isOutdated(resource, ledger)) return isDue(resource, now) ? [{ do: 'remove', key, found: mine, why: 'again' }] : [];
  const [missing, surplus] = [missingParts(resource, mine, ledger), surplusParts(resource, mine)];
  if (missing.length + surplus.length > 0) return isDue(resource, now) ? [{ do: 'complete', key, found: mine, missing, surplus }] : [];
  const node = nodeOn(resource, ledger);
  if (node) return decidePower(resource, mine, node, now);
  const trouble = mine.trouble ? troubled(resource, mine.trouble) : null;
  const news = trouble?.detail !== resource.problem?.detail;
  return news || differs(resource, mine) ? [{ do: 'note', key, found: mine, ...(news ? { problem: trouble } : {}) }] : [];
}

// What stood on it is gone, or goes: the deployment is ended. Said once.
function decideOver(resource: Resource, mine: Found | undefined, now: Date): Action[] {
  const known = kindOf(resource.kind).isOver?.(resource.observed) === true;
  if (known || (!mine && age(resource, now) < listLagSeconds)) return [];
  return [!mine && isNews(resource) ? { do: 'miss', key: resource.key } : { do: 'over', key: resource.key, found: mine }];
}

function decidePower(resource: Resource, mine: Found, node: Node, now: Date): Action[] {
  const { key, observed } = resource;
  const seen: Action[] = differs(resource, mine) ? [{ do: 'note', key, found: mine }] : [];
  if (mine.state === 'building') return seen;
  const power = mine.state === 'ready' ? 'running' : 'stopped';
  if (node.reboot && power === 'running') return [{ do: 'power', key, found: mine, power: node.reboot }];
  if (power === node.wanted) {
    // what stopped by itself keeps its problem until somebody starts it
    const over = power === 'running' && resource.problem !== null;
    return over || observed.power !== power ? [{ do: 'note', key, found: mine, problem: power === 'running' ? null : undefined }] : seen;
  }
  if (observed.power !== power) {
    // it changed by itself: that is shown, not fought with
    return [{ do: 'note', key, found: mine, problem: power === 'stopped' ? stoppedOutside(resource, mine) : null, giveUp: true }];
  }
  if (observed.asked === node.wanted) {
    if (isLate(resource, now)) return [{ do: 'note', key, found: mine, problem: deadlinePassed(resource, mine), giveUp: true }];
    if (!isDue(resource, now)) return seen;
  }
  return [{ do: 'power', key, found: mine, power: node.wanted === 'stopped' ? 'stop' : 'start' }];
}

function decideWithoutSight(resource: Resource, problem: Problem, { ledger, now }: Outlook): Action[] {
  const { key, phase } = resource;
  if (phase === 'failed' || phase === 'ready' || (phase === 'planned' && !isReadyToStart(resource, ledger))) return [];
  if (isLasting(problem) || isOursAgain(resource, problem) || isLateFor(resource, resource, now)) return [{ do: 'fail', key, problem }];
  return isDue(resource, now) ? [{ do: 'hold', key, problem }] : [];
}

// A fault of Transat's own is the same at the next look.
function isOursAgain(resource: Resource, { code }: Problem): boolean {
  return code === 'internal' && resource.problem?.code === 'internal';
}

/** How often it has been made so far, the present one included. */
export function triesSoFar({ observed }: Resource): number {
  return 1 + (typeof observed.replaced === 'number' ? observed.replaced : 0);
}

/** How many of the ways that the plan leaves a site has refused. */
export function refusedSoFar({ observed }: Resource): number {
  return typeof observed.refused === 'number' ? observed.refused : 0;
}

/** Which way it is made by: those that failed and those that were refused come before. */
export function waysSoFar(resource: Resource): number {
  return triesSoFar(resource) + refusedSoFar(resource);
}

function triesAllowed({ spec }: Resource): number {
  return kindOf(spec.kind).tries(spec);
}

function missingParts(resource: Resource, found: Found, ledger: Ledger): string[] {
  const wanted = kindOf(resource.kind).parts?.(resource.spec, (key) => ledger.resources.find((it) => it.key === key)?.cloud_id ?? '') ?? [];
  return wanted.filter((part) => part !== '' && !found.parts.includes(part));
}

function surplusParts({ kind, spec }: Resource, found: Found): string[] {
  return kindOf(kind).surplus?.(spec, found) ?? [];
}

function differs(resource: Resource, found: Found): boolean {
  if (resource.observed.missedAt !== undefined) return true;
  return Object.entries(found.observed).some(([name, value]) => JSON.stringify(resource.observed[name]) !== JSON.stringify(value));
}
