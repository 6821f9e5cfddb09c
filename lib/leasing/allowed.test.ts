import { describe, expect, it } from 'vitest';
import { inHours, lease, leaseSite, NOW } from '@/lib/leases/testing/site';
import { allowedActions, type LeaseAction } from './allowed';
import type { KeptLease } from './rows';

const row = (over: Partial<KeptLease> = {}): KeptLease => ({
  id: 'lease_1',
  user_id: 'ada',
  site: 'chi',
  project: 'p',
  credential: 'c',
  lease_id: 'l1',
  name: 'mine',
  status: 'ACTIVE',
  starts_at: new Date(inHours(-12)),
  ends_at: new Date(inHours(12)),
  own_end: null,
  extend: null,
  taken_over: true,
  degraded: false,
  told: null,
  asked: null,
  work: null,
  problem: null,
  due_at: null,
  look_at: null,
  asked_until: null,
  seen_at: null,
  created_at: new Date(NOW),
  ...over,
});
const work = (what: 'make' | 'end' | 'delete') => ({ do: what, since: new Date(NOW).toISOString() });

describe('what may be done with a lease', () => {
  it.each<[string, LeaseAction, Partial<KeptLease>, RegExp | true]>([
    ['one that runs is extended by itself', 'auto-extend', {}, true],
    ['… also before it begins', 'auto-extend', { status: 'PENDING' }, true],
    ['one that is over is not', 'auto-extend', { status: 'TERMINATED' }, /over/],
    ['one that the site ends is not', 'auto-extend', { status: 'TERMINATING' }, /about to end/],
    ['one that is ended here is not', 'auto-extend', { work: work('end') }, /about to end/],
    ['one that is being made is not', 'auto-extend', { work: work('make'), status: 'MAKING' }, /asked for/],
    ['one in an error is not', 'auto-extend', { status: 'ERROR' }, /repaired/],
    ['one that was made elsewhere is not', 'auto-extend', { taken_over: false }, /elsewhere/],
    ['one that is being deleted elsewhere is not deleted', 'delete', { status: 'DELETING' }, /being deleted/],
    ['… and not renamed', 'rename', { status: 'DELETING' }, /being deleted/],
    ['one that is over is deleted with its record', 'delete', { status: 'TERMINATED' }, true],
    ['one that is ended here is deleted', 'delete', { work: work('end') }, true],
    ['one in an error is repaired', 'repair', { status: 'ERROR' }, true],
    ['one in order is not', 'repair', {}, /in order/],
  ])('%s', (_name, action, over, expected) => {
    const known = { lease: lease({ status: over.status ?? 'ACTIVE' }), site: leaseSite() };
    const { allowed, reason } = allowedActions(row(over), known, NOW)[action];
    expect(allowed).toBe(expected === true);
    if (expected !== true) expect(reason).toMatch(expected);
  });

  it('a lease of flavors is not extended by itself where its site does not extend such', () => {
    const flavors = lease({ reservations: [{ id: 'r', kind: 'flavor:instance', status: 'active', count: 1 }] });
    const at = (rules: object) => allowedActions(row(), { lease: flavors, site: leaseSite({ rules }) }, NOW)['auto-extend'].allowed;
    expect(at({})).toBe(false);
    expect(at({ changeableFlavors: true })).toBe(true);
  });
});
