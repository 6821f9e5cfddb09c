import { describe, expect, it } from 'vitest';
import { MINUTE } from '../calendar/moments';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import type { Condition, Lease, LeaseChange, LeaseSite, Reservation } from '../types';
import { changeRequest } from './change-request';

const type: Condition = { name: 'node_type', op: '=', value: 'compute_skylake' };
const not = (...ids: string[]): Condition[] => ids.map((id) => ({ name: 'uid', op: '!=', value: `uid-${id}` }));
const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: 'r1',
  kind: 'physical:host',
  status: 'active',
  min: 1,
  max: 1,
  where: [type, ...not('2', '3')],
  ...over,
});
// the lease runs from -12 to 12 hours from now, on host 1 of four
const change = (given: LeaseChange, of: Partial<Lease> = {}, site: Partial<LeaseSite> = {}) =>
  changeRequest(lease({ reservations: [reservation()], ...of }), given, leaseSite({ hosts: hosts(1, 4), ...site }), NOW);
const pending: Partial<Lease> = { status: 'PENDING', ...hours(1, 5) };

describe('a change as Blazar is asked for it', () => {
  it.each<[string, LeaseChange, Partial<Lease>, object]>([
    ['nothing', {}, {}, {}],
    ['a name', { name: 'other' }, {}, { name: 'other' }],
    ['the same name', { name: 'mine' }, {}, {}],
    ['an end, rounded down', { end: inHours(20) + 59_999 }, {}, { end: inHours(20) }],
    ['its end now', { end: 'now' }, {}, { end: 'now' }],
    [
      'more hosts, of which the others are left out',
      { counts: { r1: 2 } },
      {},
      { reservations: [{ id: 'r1', min: 2, max: 2, where: [type, ...not('3', '4')] }] },
    ],
    ['all hosts', { counts: { r1: 4 } }, {}, { reservations: [{ id: 'r1', min: 4, max: 4, where: [type] }] }],
    [
      'as many hosts as it has',
      { counts: { r1: 1 } },
      {},
      { reservations: [{ id: 'r1', min: 1, max: 1, where: [type, ...not('2', '3', '4')] }] },
    ],
    [
      'floating IPs',
      { counts: { r1: 3 } },
      { reservations: [reservation({ kind: 'virtual:floatingip', count: 1 })] },
      { reservations: [{ id: 'r1', amount: 3 }] },
    ],
    [
      'machines, while others stay',
      { counts: { r2: 3 } },
      { reservations: [reservation(), reservation({ id: 'r2', kind: 'virtual:instance', count: 1 })] },
      { reservations: [{ id: 'r2', amount: 3 }] },
    ],
    ['a start in a minute that may pass', { start: NOW }, { ...pending, reservations: [] }, { start: 'now' }],
    ['a start in the minute after that', { start: NOW + MINUTE }, { ...pending, reservations: [] }, { start: NOW + MINUTE }],
    ['the start that it has, in this minute', { start: NOW }, { status: 'PENDING', ...hours(0, 5), reservations: [] }, { start: NOW }],
    ['a start now', { start: 'now' }, pending, { start: 'now', reservations: [{ id: 'r1', where: [type, ...not('2', '3', '4')] }] }],
    [
      'another time before it began',
      { start: inHours(2), end: inHours(6) },
      pending,
      { start: inHours(2), end: inHours(6), reservations: [{ id: 'r1', where: [type, ...not('2', '3', '4')] }] },
    ],
    ['the same time before it began', { start: inHours(1), end: inHours(5) }, pending, { start: inHours(1), end: inHours(5) }],
    [
      'more hosts before it began',
      { counts: { r1: 2 } },
      pending,
      { reservations: [{ id: 'r1', min: 2, max: 2, where: [type, ...not('3', '4')] }] },
    ],
    [
      'another time of floating IPs',
      { end: inHours(6) },
      { ...pending, reservations: [reservation({ kind: 'virtual:floatingip', count: 1 })] },
      { end: inHours(6) },
    ],
  ])('%s', (_name, given, of, request) => {
    expect(change(given, of)).toEqual(request);
  });

  it('keeps its hosts before it began where they are free, and takes others where not', () => {
    const moved = (taken: LeaseSite['taken'], hostIds = ['1']) =>
      change({ end: inHours(8) }, { ...pending, hosts: hostIds }, { taken }).reservations?.[0]?.where;
    expect(moved(new Map())).toEqual([type, ...not('2', '3', '4')]);
    expect(moved(new Map(), ['3'])).toEqual([type, ...not('1', '2', '4')]);
    // its own time is no hindrance
    expect(moved(new Map([['3', [{ ...hours(1, 5), lease: 'lease-1' }]]]), ['3'])).toEqual([type, ...not('1', '2', '4')]);
    expect(moved(new Map([['3', [hours(6, 7)]]]), ['3'])).toEqual([type, ...not('2', '4')]);
    expect(moved(new Map(['1', '2', '3', '4'].map((id) => [id, [hours(6, 7)]])))).toBeUndefined();
  });

  it('gives a running lease only hosts that are free until its end', () => {
    const grown = (taken: LeaseSite['taken'], end?: number) =>
      change({ counts: { r1: 2 }, ...(end !== undefined && { end: inHours(end) }) }, {}, { taken }).reservations;
    expect(grown(new Map([['2', [hours(11, 13)]]]))).toEqual([{ id: 'r1', min: 2, max: 2, where: [type, ...not('4')] }]);
    expect(grown(new Map([['2', [hours(13, 14)]]]), 20)).toEqual([{ id: 'r1', min: 2, max: 2, where: [type, ...not('4')] }]);
    // where there are not so many, or nobody knows, it is for Blazar to say
    expect(grown(new Map(['2', '3', '4'].map((id) => [id, [hours(1, 2)]])))).toEqual([{ id: 'r1', min: 2, max: 2 }]);
    expect(grown(null)).toEqual([{ id: 'r1', min: 2, max: 2 }]);
  });

  it('changes the number alone where what was asked for would take many reservations', () => {
    expect(change({ counts: { r1: 2 } }, {}, { hosts: hosts(1, 70) }).reservations).toEqual([{ id: 'r1', min: 2, max: 2 }]);
    const two = { ...pending, reservations: [reservation({ min: 2, max: 2 })] };
    expect(change({ end: inHours(8) }, two, { hosts: hosts(1, 70) }).reservations).toBeUndefined();
    expect(change({ end: inHours(8) }, pending, { hosts: hosts(1, 70) }).reservations).toEqual([
      { id: 'r1', where: [{ name: 'uid', op: '=', value: 'uid-1' }] },
    ]);
    expect(change({ counts: { r1: 2 } }, { reservations: [reservation({ kind: 'device' })] }).reservations).toEqual([
      { id: 'r1', amount: 2 },
    ]);
  });

  it('leaves out hosts of what the lease asked for only', () => {
    expect(change({ counts: { r1: 2 } }, {}, { hosts: [...hosts(1, 3), host('9', 'fpga')] }).reservations?.[0]?.where).toEqual([
      type,
      ...not('3'),
    ]);
  });
});
