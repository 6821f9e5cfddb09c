import { expect, it } from 'vitest';
import { hours, inHours, lease, NOW } from '../testing/site';
import type { Lease } from '../types';
import { idleOf } from './idle';

const rules = { idle: { warnHours: 6, endHours: 9 } };
const of = (start: number, over: Partial<Lease> = {}, firstServerAt: number | null = null) =>
  idleOf(lease({ ...hours(start, 100), ...over }), firstServerAt, rules, NOW);
const dated = (state: string, warnAt: number, endsAt: number) => ({ state, warnAt: inHours(warnAt), endsAt: inHours(endsAt) });

it('a lease on which nothing runs is warned about, and ended', () => {
  expect(of(-5)).toEqual(dated('idle', 1, 4));
  expect(of(-6)).toEqual(dated('warned', 0, 3));
  expect(of(-8.9)).toMatchObject({ state: 'warned' });
  expect(of(-9)).toEqual(dated('doomed', -3, 0));
});

it('one on which something runs is not, nor one that does not run, nor where no site ends them', () => {
  const used = { state: 'used', warnAt: null, endsAt: null };
  expect(of(-9, {}, inHours(-1))).toEqual(used);
  expect(of(-9, { status: 'PENDING' })).toEqual(used);
  expect(idleOf(lease(), null, {}, NOW)).toEqual(used);
});

it('one that ends before is not ended for it', () => {
  expect(of(-5, { end: inHours(4) })).toEqual({ state: 'idle', warnAt: inHours(1), endsAt: null });
  expect(of(-5, { end: inHours(1) })).toEqual({ state: 'idle', warnAt: null, endsAt: null });
});
