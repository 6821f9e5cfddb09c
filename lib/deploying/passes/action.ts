import type { Problem } from '@/lib/core/errors';
import { type Found, kindOf } from '../kinds';
import { letsFirst, waitsFor } from '../kinds/waiting';
import { type Ledger, placeKey, type Resource, textOf } from '../ledger/ledger';
import { nameOf } from '../ledger/names';
import type { Observations } from './sight';

/** One thing to do to one resource. What asks a cloud: create, complete, remove, power. The rest only changes the ledger. */
export type Action =
  | { do: 'create'; key: string }
  /** take over what an unclear try has made */
  | { do: 'adopt'; key: string; found: Found }
  /** add the parts that it lacks, then take those away (by their ids) that it is not to have any more */
  | { do: 'complete'; key: string; found: Found; missing: string[]; surplus: string[] }
  | { do: 'settle'; key: string; found: Found }
  /** keep what is seen of it now; `problem` null takes an earlier one back; `giveUp`: what was asked of its power is dropped */
  | { do: 'note'; key: string; found: Found; problem?: Problem | null; giveUp?: boolean }
  | { do: 'fail'; key: string; problem: Problem; lost?: boolean }
  /** `again`: it is to be made anew after */
  | { do: 'remove'; key: string; found: Found; why: 'unwanted' | 'again' | 'extra' }
  | { do: 'gone'; key: string; again: boolean }
  /** a list does not show it: believed when it does not the next time either */
  | { do: 'miss'; key: string }
  /** its site has ended it, and so what stands on it; undefined: it does not list it any more */
  | { do: 'over'; key: string; found: Found | undefined }
  /** wait for a place that can't be reached now */
  | { do: 'hold'; key: string; problem: Problem }
  /** a server that is to have another flavor: see {@link decideResize} */
  | { do: 'resize'; key: string; found: Found; move: ResizeMove; problem?: Problem }
  | { do: 'power'; key: string; found: Found; power: 'start' | 'stop' | 'SOFT' | 'HARD' };

/**
 * What becomes of a resize next: it is asked for; the machine runs with its other flavor and is to prove that; it is confirmed or reverted; and it is over,
 * with the other flavor (`done`) or, as a change was called off (`kept`) or can't be (`refused`), with that of before.
 */
export type ResizeMove = 'ask' | 'verify' | 'confirm' | 'revert' | 'done' | 'kept' | 'refused';

export interface Outlook {
  ledger: Ledger;
  seen: Observations;
  /** keys of places at which nothing is deleted yet */
  unlooked?: ReadonlySet<string>;
  now: Date;
}

/** Seconds after which a list that does not show what was just made is believed. */
export const listLagSeconds = 15;

/** What the lists show under a resource's name, each thing once; undefined where its kind was not looked at. */
export function foundOf(resource: Resource, { ledger, seen }: Outlook): Found[] | undefined {
  const list = seen.get(placeKey(resource))?.lists.get(resource.kind);
  const name = nameOf(ledger.deployment.id, resource.key);
  return list?.filter((found) => found.name === name).filter((found, index, all) => all.findIndex(({ id }) => id === found.id) === index);
}

/** Why a resource could not be looked at, where that is so: its place as a whole, or the list of its kind. */
export function problemFor(resource: Resource, { seen }: Pick<Outlook, 'seen'>): Problem | undefined {
  const sight = seen.get(placeKey(resource));
  return sight?.problem ?? sight?.unseen?.get(resource.kind);
}

/** Whether all that it waits for is there, and what it lets go first is made or can't be. */
export function isReadyToStart(resource: Resource, ledger: Ledger): boolean {
  // asked for every resource about every other one: the cheap question first
  return ledger.resources.every(
    (other) => other.phase === 'ready' || !(waitsFor(resource, other) || (letsFirst(resource, other) && isUnderWay(other, ledger))),
  );
}

const isUnderWay = (resource: Resource, ledger: Ledger) => resource.phase !== 'planned' || isReadyToStart(resource, ledger);

/** Whether what it was made of is another now. */
export function isOutdated({ kind, spec, observed, phase, wanted }: Resource, { resources }: Ledger): boolean {
  const observedOf = (key: string) => resources.find((other) => other.key === key && other.phase === 'ready')?.observed ?? {};
  return phase === 'ready' && wanted === 'present' && kindOf(kind).outdated?.(spec, observed, observedOf) === true;
}

/** Whether that it is not seen is to be noted first: it was seen when it was looked at last. */
export function isNews({ kind, observed }: Resource): boolean {
  return kindOf(kind).doubted === true && observed.missedAt === undefined;
}

export function extra(key: string, found: Found): Action {
  return { do: 'remove', key, found, why: 'extra' };
}

/** Whether one that is to go may be there though a list does not show it: a list that lags leaves out what was just made. */
export function mayBeHidden({ phase, observed }: Resource, now: Date): boolean {
  const madeAt = textOf(observed.madeAt);
  return phase === 'deleting' && madeAt !== undefined && (now.getTime() - Date.parse(madeAt)) / 1000 < listLagSeconds;
}

export function isDue({ next_try_at }: Resource, now: Date): boolean {
  return !next_try_at || next_try_at <= now;
}
export function isLate({ deadline_at }: Resource, now: Date): boolean {
  return deadline_at !== null && deadline_at <= now;
}
/** The same by what is seen of it, or was seen last: its own time may have moved. */
export function isLateFor(resource: Resource, { observed }: Pick<Found, 'observed'>, now: Date): boolean {
  const until = kindOf(resource.kind).deadlineOf?.(observed);
  return until ? until <= now : isLate(resource, now);
}
export function age({ updated_at }: Resource, now: Date): number {
  return (now.getTime() - updated_at.getTime()) / 1000;
}
