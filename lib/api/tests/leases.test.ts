import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDeployment } from '@/lib/deploying/requests/create';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import { sweep } from '@/lib/keeping/errands';
import { hosts as hostsOf, ofType } from '@/lib/sandbox/testing/leases';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
beforeAll(async () => {
  api = await openLeaseApi();
});
afterAll(() => api.end());
afterEach(async () => {
  await api.blazar.cloud.admin('POST', '/_reset', {});
  for (const table of ['resources', 'deployments', 'leases'] as const) await api.store.db.deleteFrom(table).execute();
  api.services.desk.forget('owner');
  await api.blazar.later(0);
});

const hosts = (count: number, more: object = {}) => ({ kind: 'physical:host', count, nodeType: 'compute_cascadelake_r', ...more });
let names = 0;
const wish = (more: object = {}) => ({
  site,
  name: `lease-${++names}`,
  start: 'now',
  end: api.inHours(6),
  reservations: [hosts(2)],
  ...more,
});
const post = (body: object) => api.call('POST', '/leases', api.as.owner, body);
const made = async (more: object = {}) => {
  const answer = await post(wish(more));
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
};
const get = (id: string) => api.call('GET', `/leases/${id}`, api.as.owner);
const patch = (id: string, body: object) => api.call('PATCH', `/leases/${id}`, api.as.owner, body);
const act = (id: string, body: object) => api.call('POST', `/leases/${id}/actions`, api.as.owner, body);
const remove = (id: string, query = '') => api.call('DELETE', `/leases/${id}${query}`, api.as.owner);
const list = async () => (await api.call('GET', '/leases', api.as.owner)).json.items;
const times = (name: string) => api.calls.filter((one) => one === name).length;

describe('a lease', () => {
  test('that is made now tells its nodes, its cost and how far it can be extended, and becomes ACTIVE', async () => {
    const lease = await made();
    expect(lease).toMatchObject({ site, takenOver: true, work: null, cost: { unit: 'SU', perHour: 2 }, deployments: [] });
    const { json, text } = await api.until(lease.id, 'ACTIVE');
    const [held] = json.reservations;
    expect(held).toMatchObject({ kind: 'physical:host', min: 2, max: 2, status: 'active', nodeType: 'compute_cascadelake_r', used: 0 });
    expect(held.nodes).toHaveLength(2);
    expect(json.extendableUntil.at > json.end).toBe(true);
    expect(json.actions).toMatchObject({ rename: { allowed: true }, move: { allowed: false }, 'end-now': { allowed: true } });
    expect(text).not.toMatch(/trust|user_name|userId/);
    expect(await list()).toMatchObject([{ id: lease.id, status: 'ACTIVE' }]);
  });

  test('that begins later is renamed, moved, made longer and larger, and is deleted in the background', async () => {
    const { id, ...lease } = await made({ start: api.inHours(30), end: api.inHours(36) });
    expect(lease).toMatchObject({ status: 'PENDING', actions: { move: { allowed: true }, 'end-now': { allowed: false } } });
    const [{ id: reservation }] = lease.reservations;
    const change = { name: 'another', start: api.inHours(31), end: api.inHours(38), counts: { [reservation]: 3 } };
    const { status, json, text } = await patch(id, change);
    expect(status, text).toBe(200);
    expect(json).toMatchObject({ name: 'another', reservations: [{ max: 3 }] });
    expect(Date.parse(json.end) - Date.parse(json.start)).toBeGreaterThan(6.9 * 3_600_000);
    expect((await remove(id)).status).toBe(202);
    expect((await get(id)).json).toMatchObject({ work: 'delete' });
    await api.errands(id);
    expect((await get(id)).json).toMatchObject({ status: 'GONE', work: null });
    expect(await list()).toEqual([]);
  });

  test('that is asked for again is the one that there is; of its name there is no other', async () => {
    const body = wish();
    const first = await post(body);
    api.calls.length = 0;
    const again = await post(body);
    expect([first.status, again.status, again.json.id]).toEqual([201, 200, first.json.id]);
    expect(times('createLease')).toBe(0);
    const other = await post({ ...body, reservations: [hosts(1)] });
    expect(other).toMatchObject({ status: 409, json: { code: 'conflict', fields: [{ path: 'name' }] } });
  });

  test('that two ask for at the same moment is made once', async () => {
    const body = wish();
    api.calls.length = 0;
    const answers = await Promise.all([post(body), post(body), post(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(times('createLease')).toBe(1);
  });

  test('that is asked for again when its start has passed is the one that was made, though it has ended since; a new one is refused', async () => {
    const body = wish({ start: api.inHours(1), end: api.inHours(3) });
    const first = await post(body);
    for (const hours of [1.5, 3]) {
      await api.later(hours);
      const again = await post(body);
      expect([again.status, again.json.id], again.text).toEqual([200, first.json.id]);
    }
    const other = await post({ ...body, name: 'another' });
    expect(other).toMatchObject({ status: 422, json: { fields: [{ path: 'start' }, { path: 'end' }] } });
  });

  test('of one name that two ask for at the same moment, each otherwise, is made once, and the other is told', async () => {
    const body = wish();
    api.calls.length = 0;
    const answers = await Promise.all([post(body), post({ ...body, reservations: [hosts(1)] })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.json.fields).toMatchObject([{ path: 'name' }]);
    expect(times('createLease')).toBe(1);
  });

  test('is followed line by line until it runs', async () => {
    const { id } = await made();
    const seen: string[] = [];
    const passing = setInterval(() => void api.sandbox.pass(5), 200);
    await api.lines('GET', `/leases/${id}`, api.as.owner, undefined, ({ status }) => seen.push(status));
    clearInterval(passing);
    expect(seen[0]).not.toBe('ACTIVE');
    expect(seen.at(-1)).toBe('ACTIVE');
    const lines: { site: string | null; items: { id: string }[] }[] = [];
    await api.lines('GET', '/leases', api.as.owner, undefined, (line) => lines.push(line));
    // what is kept comes first, then each site
    expect(lines.map(({ site: at }) => at)).toEqual([null, ...lines.slice(1).map(({ site: at }) => at)]);
    expect(lines.every(({ site: at, items }) => at === 'sandbox-kvm' || items.some((one) => one.id === id))).toBe(true);
  });

  test('that can’t be had is a 409 with what can: each of its alternatives is made when it is asked for', async () => {
    const { status, json, text } = await post(wish({ reservations: [hosts(4, { nodeType: 'gpu_a100_pcie' })], end: api.inHours(30) }));
    expect([status, json.code], text).toEqual([409, 'no-host-available']);
    expect(json.alternatives.length).toBeGreaterThan(0);
    for (const { request } of json.alternatives) {
      const answer = await post({ ...request, name: `alternative-${++names}` });
      expect(answer.status, answer.text).toBe(201);
      await remove(answer.json.id);
      await api.errands(answer.json.id);
    }
  });

  test('of machines of a size of one’s own is made where there are machines, and refused where hosts are leased whole, with why', async () => {
    const reservations = [{ kind: 'virtual:instance', count: 1, vcpus: 1, ramMiB: 1024, diskGiB: 5 }];
    const answer = await post(wish({ site: 'sandbox-kvm', reservations }));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json.reservations).toMatchObject([{ kind: 'virtual:instance', count: 1 }]);
    const refused = await post(wish({ reservations }));
    expect(refused.json).toMatchObject({ fields: [{ path: 'reservations.0.kind' }], cause: expect.stringContaining('bare metal') });
    await remove(answer.json.id);
    await api.errands(answer.json.id);
  });

  test('of machines is made and extended beside what others have on the same hosts, of which no site tells how full they are', async () => {
    const reservations = [{ kind: 'flavor:instance', flavor: 'm1.small', count: 1000 }];
    const { status, json: lease, text } = await post(wish({ site: 'sandbox-kvm', reservations }));
    expect(status, text).toBe(201);
    const seen = (await api.until(lease.id, 'ACTIVE')).json;
    expect(seen).toMatchObject({ status: 'ACTIVE', extensionCertain: false, extendableUntil: { rule: 'max-length' } });
    const end = api.inHours(150);
    const longer = await patch(lease.id, { end });
    expect(longer.status, longer.text).toBe(200);
    const greedy = await post(wish({ site: 'sandbox-kvm', reservations: [{ ...reservations[0], count: 2000 }] }));
    expect(greedy).toMatchObject({ status: 409, json: { code: 'no-host-available', upstream: { status: 500 } } });
    await remove(lease.id);
    await api.errands(lease.id);
  });

  test('that its site refuses all the same is explained: its 500 for want of a host is a 409 with what can be had, and nothing is kept', async () => {
    const said = { error_code: 500, error_message: 'Not enough hosts available', error_name: 'INTERNAL_SERVER_ERROR' };
    const match = { service: 'reservation', method: 'POST', path: '/leases$' };
    await api.blazar.cloud.admin('POST', '/_faults', { match, answer: { status: 500, body: said }, times: 1 });
    const { status, json } = await post(wish());
    expect([status, json.code, json.upstream.status]).toEqual([409, 'no-host-available', 500]);
    expect(json.alternatives.length).toBeGreaterThan(0);
    expect(await list()).toEqual([]);
  });

  test('that others’ lease follows is not extended into it: the time and the host are named, and what to have instead', async () => {
    const { host, from } = await followedHost();
    const { id } = await made({ reservations: [{ kind: 'physical:host', hosts: [host.uid] }], end: api.inHours(2) });
    const { json: lease } = await api.until(id, 'ACTIVE');
    expect(lease.extendableUntil).toMatchObject({ rule: 'next-reservation', host: host.name, taken: { start: from } });
    api.calls.length = 0;
    const end = new Date(Date.parse(from) + 3_600_000).toISOString();
    const { status, json } = await patch(id, { end });
    expect([status, json.code, json.fields[0].path]).toEqual([409, 'no-host-available', 'end']);
    expect(json.detail).toContain(`${host.name} is reserved by others from ${from.slice(0, 16).replace('T', ' ')} UTC`);
    expect(times('changeLease')).toBe(0);
    expect((await patch(id, { end: lease.extendableUntil.at })).json).toMatchObject({ end: lease.extendableUntil.at });
  });

  test('ends now and keeps its record', async () => {
    const { id } = await made();
    await api.until(id, 'ACTIVE');
    expect((await act(id, { action: 'end-now' })).status).toBe(200);
    expect((await api.until(id, 'TERMINATED')).json).toMatchObject({ status: 'TERMINATED', actions: { extend: { allowed: false } } });
    expect(await list()).toEqual([]);
    const past = await api.call('GET', '/leases?past=true', api.as.owner);
    expect(past.json.items).toMatchObject([{ id, status: 'TERMINATED' }]);
  });

  test('of floating IPs names those that it gave once it runs', async () => {
    const { id } = await made({ reservations: [{ kind: 'virtual:floatingip', network: 'public', count: 2 }] });
    const { json } = await api.until(id, 'ACTIVE');
    const all = (await api.blazar.cloud.network('GET', '/floatingips')).body.floatingips;
    const [one, two] = all.map((each: { floating_ip_address: string }) => each.floating_ip_address);
    expect(json.reservations[0].addresses).toEqual(expect.arrayContaining([one, two]));
    expect(json.reservations[0].addresses).toHaveLength(2);
  });

  test('is deleted while it starts: as soon as its site lets it', async () => {
    const { id } = await made();
    expect((await api.until(id, 'STARTING')).json.status).toBe('STARTING');
    await remove(id);
    await api.errands(id);
    expect((await get(id)).json).toMatchObject({ work: 'delete' });
    for (let tries = 0; tries < 10 && (await get(id)).json.work; tries++) {
      await api.sandbox.pass(12);
      await api.errands(id);
    }
    expect((await get(id)).json).toMatchObject({ status: 'GONE', work: null, problem: null });
  });

  test('is told as others need it: a calendar’s entry, a command, Python', async () => {
    const { id, name } = await made();
    const as = async (format: string) => (await api.call('GET', `/leases/${id}/export?as=${format}`, api.as.owner)).text;
    expect(await as('ics')).toContain(`SUMMARY:${name}`);
    expect(await as('ics')).toMatch(/ends in two\s+hours/);
    expect(await as('ics&language=es')).toMatch(/^DESCRIPTION:La reserva /m);
    expect(await as('cli')).toContain('openstack reservation lease create');
    expect(await as('python-chi')).toContain('my_lease.submit');
  });
});

describe('a lease that was made elsewhere', () => {
  test('is shown, and changed only once it was taken over', async () => {
    const { body } = await api.blazar.lease(api.blazar.date(24), api.blazar.date(30), [hostsOf(ofType('compute_zen3'))]);
    const [seen] = await list();
    expect(seen).toMatchObject({ cloudId: body.lease.id, name: 'lease', takenOver: false });
    const refused = await patch(seen.id, { name: 'mine' });
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect((await remove(seen.id)).status).toBe(409);
    const taken = await act(seen.id, { action: 'take-over' });
    expect(taken.json).toMatchObject({ takenOver: true, actions: { rename: { allowed: true } } });
    expect((await patch(seen.id, { name: 'mine' })).json).toMatchObject({ name: 'mine' });
  });

  test('is gone here when it is gone there', async () => {
    const { body } = await api.blazar.lease(api.blazar.date(24), api.blazar.date(30), [hostsOf(ofType('compute_zen3'))]);
    const [seen] = await list();
    await api.blazar.cloud.reservation('DELETE', `/leases/${body.lease.id}`);
    await api.sandbox.pass(1);
    expect(await list()).toEqual([]);
    expect((await get(seen.id)).json).toMatchObject({ status: 'GONE' });
  });
});

describe('by itself', () => {
  test('what was not done by a process that died is done by another, and what is long over is forgotten', async () => {
    const [due, old] = [await made(), await made()];
    const set = (id: string, values: object) => api.store.db.updateTable('leases').set(values).where('id', '=', id).execute();
    await set(due.id, { due_at: api.clock.now() });
    await set(old.id, { status: 'TERMINATED', ends_at: new Date(api.clock.now().getTime() - 181 * 86_400_000) });
    await sweep(api.services);
    const { rows } = await sql<{ singleton_key: string }>`select singleton_key from queue.job where name = 'errands'`.execute(api.store.db);
    expect(rows.map(({ singleton_key }) => singleton_key)).toContain(`lease ${due.id}`);
    expect((await get(old.id)).status).toBe(404);
  });

  test('a lease is extended when its window opens, once, however many look at it', async () => {
    const { id } = await made({ end: api.inHours(120), extendUntil: api.inHours(144) });
    await api.until(id, 'ACTIVE');
    await api.sandbox.pass(30);
    await api.errands(id);
    const waits = (await get(id)).json.extend;
    expect(Date.parse(waits.nextAt) - Date.parse(api.inHours(72))).toBeLessThan(120_000);
    await api.later(72.1);
    api.calls.length = 0;
    await Promise.all([api.errands(id), api.errands(id), api.errands(id)]);
    expect(times('changeLease')).toBe(1);
    const { json } = await get(id);
    expect(json.extend).toBeNull();
    expect(Date.parse(json.end) - Date.parse(api.inHours(71.9))).toBeLessThan(300_000);
  });

  test('a lease whose making was not answered is found by its name, and never asked for twice', async () => {
    const match = { service: 'reservation', method: 'POST', path: '/leases$' };
    await api.blazar.cloud.admin('POST', '/_faults', { match, answer: { status: 'reset-after-commit' }, times: 1 });
    const { name } = await made();
    expect(await list()).toMatchObject([{ name, takenOver: true, work: null }]);
  });

  test('a lease that was asked for by a process that died is found, or said not to have been made', async () => {
    const { body } = await api.blazar.lease(api.blazar.date(24), api.blazar.date(30), [hostsOf(ofType('compute_zen3'))], { name: 'lost' });
    const [lost, never] = [await asked('lost', body.lease.end_date), await asked('never', body.lease.end_date)];
    api.calls.length = 0;
    await api.errands(lost);
    expect((await get(lost)).json).toMatchObject({ cloudId: body.lease.id, status: 'PENDING', takenOver: true, work: null });
    const since = api.clock.now().getTime();
    for (let looks = 0; looks < 20 && (await get(never)).json.status === 'MAKING'; looks++) {
      await api.later(1 / 60);
      await api.errands(never);
    }
    expect(api.clock.now().getTime() - since).toBeGreaterThan(11 * 60_000);
    expect((await get(never)).json).toMatchObject({ status: 'GONE', work: null, problem: { title: 'The lease was not made' } });
    expect(times('createLease')).toBe(0);
  });

  test('a lease in an error is brought in order', async () => {
    await api.blazar.cloud.admin('PUT', '/_settings', { blazar: 'upstream' });
    const { id, cloudId, ...lease } = await made({ reservations: [{ kind: 'virtual:floatingip', network: 'public', count: 2 }] });
    await api.until(id, 'ACTIVE');
    const reservations = [{ id: lease.reservations[0].id, amount: 1 }];
    await api.blazar.cloud.reservation('PUT', `/leases/${cloudId}`, { reservations });
    expect((await get(id)).json).toMatchObject({ status: 'ERROR', actions: { repair: { allowed: true }, extend: { allowed: false } } });
    expect((await act(id, { action: 'repair' })).json).toMatchObject({ id, status: 'ACTIVE' });
  });
});

describe('what stands on a lease', () => {
  async function standing() {
    const { id, cloudId, end } = await made();
    await api.until(id, 'ACTIVE');
    const plan = { ...clusterPlan(1), leases: [{ site, lease: cloudId, end }] };
    const request = { recipe: 'test', addOns: [], inputs: {}, placement: {} };
    const deployment = await createDeployment(api.services.ports, { person: { id: 'owner' }, name: 'On it', request, plan });
    return { id, end, deployment: deployment.id };
  }
  const endOf = async (id: string) =>
    await api.store.db
      .selectFrom('deployments')
      .select(['lease_ends_at', 'wanted', 'ended_by'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  test('lasts longer when the lease does', async () => {
    const { id, deployment } = await standing();
    const { json } = await patch(id, { end: api.inHours(8) });
    expect(json.deployments).toEqual([
      { id: deployment, name: 'On it', state: expect.any(String), wanted: 'running', nodes: { total: 2, ready: 0, failed: 0 } },
    ]);
    expect((await endOf(deployment)).lease_ends_at?.toISOString()).toBe(json.end);
  });

  test('keeps the lease from being ended or deleted, unless it is to be wound down first', async () => {
    const { id, deployment } = await standing();
    for (const answer of [await remove(id), await act(id, { action: 'end-now' })])
      expect(answer).toMatchObject({ status: 409, json: { code: 'conflict', detail: expect.stringContaining('On it') } });
    expect((await remove(id, '?withDeployments=true')).status).toBe(202);
    expect(await endOf(deployment)).toMatchObject({ wanted: 'deleted', ended_by: 'lease' });
    await api.errands(id);
    expect((await get(id)).json.work).toBe('delete');
    await api.store.db.updateTable('deployments').set({ deleted_at: api.clock.now() }).where('id', '=', deployment).execute();
    await api.sandbox.pass(12);
    await api.errands(id);
    expect((await get(id)).json.status).toBe('GONE');
  });
});

/** What is kept of a lease that was asked for just now. */
async function asked(name: string, until: string): Promise<string> {
  const now = api.clock.now();
  const [known] = await api.store.db.selectFrom('credentials').select(['id', 'project_id']).where('site', '=', site).execute();
  const row = {
    id: `lease_${name}`,
    user_id: 'owner',
    site,
    project: known?.project_id ?? '',
    credential: known?.id ?? '',
    lease_id: null,
    name,
    status: 'MAKING',
    starts_at: now,
    ends_at: new Date(`${until}Z`),
    taken_over: true,
    work: JSON.stringify({ do: 'make', since: now.toISOString() }),
    due_at: now,
    created_at: now,
  };
  await api.store.db.insertInto('leases').values(row).execute();
  return row.id;
}

/** A host that is free now, and reserved by others some hours later. */
async function followedHost(): Promise<{ host: { uid: string; name: string }; from: string }> {
  const { json } = await api.call('GET', `/leases/calendar?site=${site}&to=${api.inHours(160)}`, api.as.owner);
  interface Row {
    uid: string;
    name: string;
    reservable: boolean;
    busy: { start: string }[];
  }
  const rows: Row[] = json.items.flatMap(({ rows }: { rows: Row[] }) => rows);
  const row = rows.find(
    ({ reservable, busy: [first] }) => reservable && first && first.start > api.inHours(5) && first.start < api.inHours(100),
  );
  const start = row?.busy[0]?.start;
  if (!row || start === undefined) throw new Error('No host of the sandbox is free now and taken later');
  return { host: row, from: start };
}
