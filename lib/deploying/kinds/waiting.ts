import type { ResourceSpec } from '@/lib/planning/types';
import { kindOf } from './index';
import type { KindName } from './types';

/** As much of a resource as says what waits for what. */
interface Waiting {
  key: string;
  kind: KindName;
  site: string;
  wanted: 'present' | 'absent';
  depends_on: string[];
  spec: ResourceSpec;
}

/** Whether a resource can only be made once another is there: it depends on it, or is given all addresses of its site, and this is not known yet. Pure. */
export function waitsFor(resource: Waiting, other: Waiting): boolean {
  const needsAddress =
    kindOf(resource.kind).needsAddresses === true && other.wanted === 'present' && other.site === resource.site && mustGiveAddress(other);
  return needsAddress || resource.depends_on.includes(other.key);
}

const onItsWay = new Set(['planned', 'creating', 'waiting']);

/** Whether another goes before it while that is on its way, though it needs it not: what is asked for at the same moment would keep that waiting, and others with it. Pure. */
export function letsFirst(resource: Waiting, other: Waiting & { phase: string }): boolean {
  const lets = kindOf(resource.kind).letsFirst === other.kind && other.site === resource.site;
  return lets && other.wanted === 'present' && onItsWay.has(other.phase);
}

/**
 * Whether one can't go before another is gone: it is used by it. What another site needs to know of it keeps nothing, and what goes first keeps machines
 * only until it was asked to go: they cost, and it may take its time. Pure.
 */
export function holdsUp(user: Waiting & { phase: string }, resource: Waiting): boolean {
  if (user.site !== resource.site || user.phase === 'gone' || !user.depends_on.includes(resource.key)) return false;
  const asked = user.phase === 'deleting' || user.phase === 'failed';
  return !(asked && kindOf(user.kind).goesFirst && kindOf(resource.kind).node);
}

/** Whether an address comes with it that nobody knows before it is made. */
export function mustGiveAddress({ kind, spec }: Pick<Waiting, 'kind' | 'spec'>): boolean {
  return givesAddress({ kind }) && kindOf(kind).foreseen?.(spec) === undefined;
}

/** Whether an address comes with it. */
export function givesAddress({ kind }: Pick<Waiting, 'kind'>): boolean {
  return kindOf(kind).gives !== undefined;
}
