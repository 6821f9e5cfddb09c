import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/core/errors';
import type { Cloud, NewLease, Reservation } from '@/lib/openstack/types';
import { lease } from './lease';
import type { Build, SpecOf } from './types';

const now = new Date('2026-11-21T12:00:00Z');
const [start, end] = ['2026-11-21T14:00:00.000Z', '2026-11-21T20:00:00.000Z'];
const properties = (uid: string) => ({ uid, node_type: 'skylake', reservable: 'true' });
const hosts = ['a', 'b'].map((id) => ({ id, name: id, nodeType: 'skylake', properties: properties(id) }));
const next = [{ start: '2026-11-21T21:00:00.000Z', end: '2026-11-21T22:00:00.000Z', leaseId: 'l', reservationId: 'r' }];
const plain = { kind: 'physical:host', min: 1, max: 1, where: [{ property: 'node_type', op: '=', value: 'skylake' }] };
const lasting = { ...plain, where: [...plain.where, { property: 'uid', op: '!=', value: 'a' }] };
const refusal = (code: 'no-host-available' | 'upstream-failed') => new AppError({ code, title: code });

async function asked(of: Partial<Reservation>, spec: Partial<SpecOf<'lease'>> = {}, refusals: AppError[] = []): Promise<unknown[]> {
  const all: NewLease[] = [];
  const reservation: Partial<Reservation> = {
    hosts: () => Promise.resolve({ items: hosts, gaps: [] }),
    allocations: () => Promise.resolve({ items: [{ hostId: 'a', taken: next }], gaps: [] }),
    createLease(wanted) {
      all.push(wanted);
      const refused = refusals.shift();
      if (refused) return Promise.reject(refused);
      const { name } = wanted;
      return Promise.resolve({ id: 'l1', name, status: 'PENDING' as const, start, end, degraded: false, reservations: [], events: [] });
    },
    ...of,
  };
  const cloud = { site: 'lab', identity: { project: { id: 'p' } }, reservation } as Cloud;
  const wish: SpecOf<'lease'> = { kind: 'lease', start, end, hosts: 1, nodeType: 'skylake', ...spec };
  const made = lease.create(cloud, wish, { name: 'x-lease', now } as Build);
  await (refusals.some(({ code }) => code !== 'no-host-available') ? expect(made).rejects.toThrow() : made);
  return all.map(({ reservations: [first] }) => first);
}

describe('a lease that a deployment makes', () => {
  test('is asked for on hosts that stay free longest', async () => {
    expect(await asked({})).toEqual([lasting]);
  });

  test('is asked for on any of their type where somebody was quicker, and not again where something else is wrong', async () => {
    expect(await asked({}, {}, [refusal('no-host-available')])).toEqual([lasting, plain]);
    expect(await asked({}, {}, [refusal('upstream-failed')])).toEqual([lasting]);
  });

  test.each<[string, Partial<Reservation>, Partial<SpecOf<'lease'>>, object]>([
    ['its site does not tell when hosts are taken', { allocations: () => Promise.resolve(null) }, {}, plain],
    ['its site does not list its hosts', { hosts: () => Promise.reject(refusal('upstream-failed')) }, {}, plain],
    ['more are asked for than are seen to be free', {}, { hosts: 3 }, { ...plain, min: 3, max: 3 }],
    ['no type is named', {}, { nodeType: undefined }, { ...plain, where: [] }],
    ['machines are asked for', {}, { flavorId: 'f' }, { kind: 'flavor:instance', flavorId: 'f', amount: 1 }],
  ])('leaves it to the site where %s', async (_what, of, spec, reservation) => {
    expect(await asked(of, spec)).toEqual([reservation]);
  });
});
