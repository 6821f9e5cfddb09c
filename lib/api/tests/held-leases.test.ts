import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { makePlan } from '@/lib/proposing/plan';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
let lease: { id: string; cloudId: string; end: string };
beforeAll(async () => {
  api = await openLeaseApi();
  const reservations = [{ kind: 'physical:host', count: 2, nodeType: 'compute_zen3' }];
  const body = { site, name: 'held', start: api.inHours(2), end: api.inHours(8), reservations };
  const { json, text } = await api.call('POST', '/leases', api.as.owner, body);
  expect(json.id, text).toBeDefined();
  lease = json;
});
afterAll(() => api.end());

const placement = (more: object = {}) => ({ machine: { site, flavor: 'baremetal', lease: lease.id, ...more } });
const inputs = { allowed_cidr: '192.0.2.0/24', ports_cidr: '192.0.2.0/24' };
const wish = (more: object = {}) => ({ recipe: 'virtual-machine', inputs, placement: placement(more) });
const plan = async (more: object = {}, who = api.as.owner) => (await api.call('POST', '/plans', who, wish(more))).json;
const errorsOf = ({ problems }: { problems: { severity: string; field?: string; detail: string }[] }) =>
  problems.filter(({ severity }) => severity === 'error').map(({ field, detail }) => ({ field, detail }));

describe('a deployment on a lease that is there', () => {
  test('takes it by its id here or at its site, and waits for it', async () => {
    for (const id of [lease.id, lease.cloudId]) {
      const drawn = await plan({ lease: id });
      expect(errorsOf(drawn)).toEqual([]);
      expect(drawn.placement.machine).toMatchObject({ lease: lease.cloudId });
      expect(drawn.resources.map(({ kind }: { kind: string }) => kind)).toContain('lease');
    }
  });

  test('is refused by field on another’s lease, one of another site, and none at all', async () => {
    for (const [id, at] of [
      ['lease_00000000000000000000', site],
      [lease.id, 'sandbox-kvm'],
      ['11111111-2222-3333-4444-555555555555', site],
    ]) {
      const drawn = await plan({ lease: id, site: at });
      expect(errorsOf(drawn).map(({ field }) => field)).toContain('placement.machine.lease');
    }
    const theirs = await plan({}, api.as.stranger);
    expect(errorsOf(theirs).map(({ field }) => field)).toContain('placement.machine.lease');
  });

  test('is refused where its servers have no place left: a host takes one', async () => {
    const { plan: drawn, request } = await drawnPlan();
    const { id } = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'first', plan: drawn, request });
    expect((await api.call('GET', `/leases/${lease.id}`, api.as.owner)).json).toMatchObject({
      deployments: [{ id, name: 'first' }],
      reservations: [{ used: 1 }],
    });
    expect(errorsOf(await plan())).toEqual([]);
    await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'second', plan: drawn, request });
    expect(errorsOf(await plan())).toMatchObject([{ field: 'placement.machine.lease', detail: expect.stringContaining('holds 0 hosts') }]);
    await api.store.db.deleteFrom('deployments').execute();
  });

  test('of named hosts has a place on each, though each has a reservation of its own', async () => {
    const { json } = await api.call('GET', `/leases/hosts?site=${site}&nodeType=compute_cascadelake_r&limit=100`, api.as.owner);
    const late = api.inHours(9);
    const free = json.items.filter(
      (one: { availability: string; until: string | null }) => one.availability === 'free' && (one.until ?? late) >= late,
    );
    const hosts = free.slice(0, 2).map(({ uid }: { uid: string }) => uid);
    const body = { site, name: 'named', start: 'now', end: api.inHours(8), reservations: [{ kind: 'physical:host', hosts }] };
    const named = await api.call('POST', '/leases', api.as.owner, body);
    expect(named.status, named.text).toBe(201);
    expect(named.json.reservations).toHaveLength(2);
    const person = { id: 'owner', provider: 'op', groups: [] };
    const request = { recipe: 'virtual-machine', addOns: [], inputs, placement: placement({ lease: named.json.id }) };
    for (const name of ['first', 'second']) {
      expect(errorsOf(await plan({ lease: named.json.id }))).toEqual([]);
      const { plan: drawn, request: asked } = await makePlan(api.services, person, request);
      await createDeployment(api.services.ports, { person: { id: 'owner' }, name, plan: drawn, request: asked });
    }
    expect(errorsOf(await plan({ lease: named.json.id }))).toMatchObject([{ detail: expect.stringContaining('holds 0 hosts') }]);
    await api.store.db.deleteFrom('deployments').execute();
  });

  test('boots machines of a size of one’s own with the flavor that comes with the lease, and is told where they are too small', async () => {
    const at = 'sandbox-kvm';
    const reserved = async (name: string, ramMiB: number) => {
      const reservations = [{ kind: 'virtual:instance', vcpus: 2, ramMiB, diskGiB: 40, count: 1 }];
      const body = { site: at, name, start: api.inHours(2), end: api.inHours(8), reservations };
      const { json, text } = await api.call('POST', '/leases', api.as.owner, body);
      expect(json.id, text).toBeDefined();
      return await plan({ site: at, lease: json.id, flavor: undefined });
    };
    const drawn = await reserved('own size', 4096);
    expect(errorsOf(drawn)).toEqual([]);
    expect(drawn.resources.map(({ kind }: { kind: string }) => kind)).toContain('lease');
    expect(errorsOf(await reserved('too small', 256))).toMatchObject([{ field: 'placement.machine.flavor' }]);
  });

  test('is refused while the lease leaves less time than it takes, until somebody says that they know', async () => {
    const reservations = [{ kind: 'physical:host', count: 1, nodeType: 'compute_zen3' }];
    const body = { site, name: 'short', start: api.inHours(1), end: api.inHours(1.05), reservations };
    const short = await api.call('POST', '/leases', api.as.owner, body);
    expect(short.status, short.text).toBe(201);
    const order = (more: object) =>
      api.call('POST', '/deployments', api.as.owner, { ...wish({ lease: short.json.id }), name: 'hasty', ...more });
    expect(await order({})).toMatchObject({ status: 409, json: { code: 'conflict', fields: [{ path: 'acceptShortLease' }] } });
    expect((await order({ acceptShortLease: true })).status).toBe(202);
  });
});

test('a plan whose lease is to be made says that nothing is free then, and what could be had instead', async () => {
  const on = (span: { start: string; end: string }) => plan({ lease: undefined, newLease: { nodeType: 'gpu_a100_pcie', ...span } });
  const field = 'placement.machine.newLease.start';
  const { problems } = await on({ start: 'now', end: api.inHours(12) });
  const short = problems.find((one: { field?: string }) => one.field === field);
  expect(short).toMatchObject({ severity: 'error', code: 'no-host-available', remedy: expect.stringContaining('To be had') });
  const [{ why, start, end }] = short.alternatives;
  expect(why).toBe('later');
  expect(errorsOf(await on({ start, end })).map((one) => one.field)).not.toContain(field);
});

async function drawnPlan() {
  const person = { id: 'owner', provider: 'op', groups: [] };
  return await makePlan(api.services, person, { recipe: 'virtual-machine', addOns: [], inputs, placement: placement() });
}
