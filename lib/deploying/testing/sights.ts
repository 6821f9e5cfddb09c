import type { Problem } from '@/lib/core/errors';
import type { Found } from '../kinds';
import { type Ledger, placeKey, type Resource } from '../ledger/ledger';
import { nameOf } from '../ledger/names';
import type { Action } from '../passes/action';
import { decide } from '../passes/decide';
import type { Observations } from '../passes/sight';
import { noon, standingLedger, withResource } from './rows';

export const inSeconds = (seconds: number): Date => new Date(noon.getTime() + seconds * 1000);
export const past = inSeconds(-1);
export const soon = inSeconds(10);

/** A deployment that stands, of which one resource is otherwise. */
export const having = (key: string, change: Partial<Resource>): Ledger => withResource(standingLedger(), key, change);
export const front = (change: Partial<Resource>): Ledger => having('server-front', change);

/** What the site of such a deployment lists under the name of one of its resources. */
export const thing = (key: string, state: Found['state'], about: Partial<Found> = {}): Found => ({
  id: `id-${key}`,
  name: nameOf('dep_abcdefghij', key),
  state,
  observed: { status: state },
  parts: [],
  ...about,
});

const place = placeKey({ site: 'lab', project: 'p', credential: 'c' });
export const nothing: Observations = new Map();
export const seeing = (kind: Resource['kind'], ...found: Found[]): Observations => new Map([[place, { lists: new Map([[kind, found]]) }]]);
export const failing = (code: Problem['code']): Observations =>
  new Map([[place, { lists: new Map(), problem: { code, title: 'T', detail: code } }]]);

export const fault: Problem = { code: 'internal', title: 'T', detail: 'D' };

export const actionsFor = (ledger: Ledger, key: string, seen: Observations): Action[] =>
  decide({ ledger, seen, now: noon }).filter((action) => action.key === key);
/** Actions without their key, and of their problems only the codes. */
export const said = (actions: Action[]): object[] =>
  actions.map((action) => {
    const told = Object.fromEntries(Object.entries(action).filter(([name]) => name !== 'key'));
    return 'problem' in action && action.problem ? { ...told, problem: action.problem.code } : told;
  });
