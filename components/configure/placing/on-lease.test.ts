import { describe, expect, it } from 'vitest';
import type { LeaseView } from '@/lib/api/contract/leases';
import type { RecipeDetail, RecipeGroup } from '@/lib/catalog/types';
import { emptyDraft } from '../draft';
import { draftOnLease, roomOn } from './on-lease';

const group = (name: string, role: RecipeGroup['role'], count: number, countInput?: string): RecipeGroup => ({
  name,
  label: name,
  role,
  count,
  ...(countInput !== undefined && { countInput }),
  minVcpus: 1,
  minRamMiB: 1,
  minDiskGiB: 1,
  publicAddress: false,
  placementSet: 'all',
  supportedImages: [],
});
const recipe = (...groups: RecipeGroup[]) => ({ groups, sets: [{ name: 'all' }] }) as unknown as RecipeDetail; // all that is looked at
const slurm = recipe(group('front', 'front-end', 1), group('workers', 'worker', 2, 'workers'));
const lease = (over: Partial<LeaseView['reservations'][number]>) => ({
  id: 'lea_1',
  site: 'uc',
  project: 'p',
  credential: 'c',
  reservations: [{ kind: 'physical:host', nodes: null, ...over } as LeaseView['reservations'][number]],
});
const place = (hosts: number, of = slurm, metalOnly = false) => {
  const draft = draftOnLease(emptyDraft, of, lease({ max: hosts }), metalOnly);
  return { ...draft.inputs, on: Object.keys(draft.machines).sort().join(' '), site: draft.sites.all?.site };
};

describe('a recipe that is to stand on a lease', () => {
  it.each([
    ['two hosts: the workers', 2, false, { workers: '2', on: 'workers' }],
    ['five hosts: five workers', 5, false, { workers: '5', on: 'workers' }],
    ['two hosts where there is nothing else: the front-end as well', 2, true, { workers: '1', on: 'front workers' }],
    ['one host where there is nothing else has no room for both', 1, true, { on: 'front' }],
    ['no host: nothing stands on it', 0, false, { on: '' }],
  ])('%s', (_what, hosts, metalOnly, placed) => {
    expect(place(hosts, slurm, metalOnly)).toEqual({ site: 'uc', ...placed });
  });

  it('of one machine stands on one host', () => {
    expect(place(3, recipe(group('machine', 'node', 1)))).toEqual({ site: 'uc', on: 'machine' });
  });

  it.each([
    ['hosts that it holds', { nodes: [{}, {}], max: 5 }, 2],
    ['hosts that it asked for', { nodes: null, min: 1, max: 5 }, 5],
    ['machines of a flavor', { kind: 'flavor:instance', count: 3 }, 3],
    ['addresses: none', { kind: 'virtual:floatingip', count: 3 }, 0],
  ])('has as much room as there are %s', (_what, over, room) => {
    expect(roomOn(lease(over as Partial<LeaseView['reservations'][number]>))).toBe(room);
  });

  it('has as much room as there are named hosts, of which each has a reservation of its own', () => {
    const [one] = lease({ min: 1, max: 1 }).reservations;
    if (!one) throw new Error('there is no reservation');
    expect(roomOn({ reservations: [one, { ...one, kind: 'virtual:floatingip', count: 4 }, one, one] })).toBe(3);
  });
});
