import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather } from '@/lib/leasing/find/gather';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
beforeAll(async () => {
  api = await openLeaseApi();
});
afterAll(() => api.end());

const get = (path: string, who = api.as.owner) => api.call('GET', path, who);

describe('the finder', () => {
  test('finds hosts across sites, the earliest first, ready to be asked for', async () => {
    const { json } = await get('/leases/windows?gpu=any&count=2&hours=6&limit=5');
    expect(json.settled).toBe(true);
    expect(json.items.length).toBeGreaterThan(0);
    const starts = json.items.map(({ start }: { start: string }) => start);
    expect(starts).toEqual([...starts].sort());
    const [first] = json.items;
    expect(first).toMatchObject({
      site,
      count: 2,
      hosts: [expect.any(String), expect.any(String)],
      cost: { unit: 'SU' },
      project: expect.any(String),
    });
    expect(json.nothing).toMatchObject([{ site: 'sandbox-kvm', reason: 'not-leased' }]);
    const { project, start, end, reservation } = first;
    const made = await api.call('POST', '/leases', api.as.owner, { site, project, name: 'found', start, end, reservations: [reservation] });
    expect(made.status, made.text).toBe(201);
  });

  test('finds them before somebody has signed in, as public registries tell', async () => {
    const { json } = await get('/leases/windows?nodeType=compute_zen3&count=1&hours=3', api.as.nobody);
    expect(json.sources).toContainEqual(expect.objectContaining({ site, source: 'registry', project: null }));
    expect(json.items[0]).toMatchObject({ site, nodeType: 'compute_zen3', project: null, credential: null });
  });

  test('fails where what it found can’t be told, and the process goes on', async () => {
    const [owner, start] = [{ id: 'owner', provider: 'op', groups: [] }, api.clock.now().getTime()];
    const gone = () => {
      throw new Error('nobody listens any more');
    };
    await expect(gather(api.services, owner, { span: { start, end: start + 3_600_000 } }, gone)).rejects.toThrow('nobody listens');
  });

  test('tells lines, each in place of the one before, the last with all sites', async () => {
    const lines: { settled: boolean; sources: { pending: boolean }[] }[] = [];
    await api.lines('GET', '/leases/windows?q=a100&hours=2&preset=next-slot&zone=Europe/Madrid', api.as.owner, undefined, (line) =>
      lines.push(line),
    );
    expect(lines.at(-1)?.settled).toBe(true);
    expect(lines.at(-1)?.sources.every(({ pending }) => !pending)).toBe(true);
  });

  test('finds machines of a flavor where these are leased', async () => {
    const { json } = await get('/leases/windows?flavor=m1.large&count=2&hours=24');
    expect(json.items[0]).toMatchObject({ site: 'sandbox-kvm', flavor: 'm1.large', reservation: { kind: 'flavor:instance', count: 2 } });
    const open = await get('/leases/windows?flavor=m1.large&count=2&hours=24', api.as.nobody);
    expect(open.json.items[0]).toMatchObject({ site: 'sandbox-kvm', flavor: 'm1.large' });
  });

  test('finds as many machines for who has signed in as for who has not: sites do not tell how full hosts are that several share', async () => {
    const query = '/leases/windows?flavor=m1.small&count=1000&hours=6&limit=1';
    const [mine, open] = [await get(query), await get(query, api.as.nobody)];
    expect(mine.json.items[0].start).toBe(open.json.items[0].start);
    expect(Date.parse(mine.json.items[0].start)).toBeLessThan(Date.parse(api.inHours(1)));
    expect(mine.json.sources).toContainEqual(expect.objectContaining({ site: 'sandbox-kvm', source: 'site' }));
  });

  test('says of each site without an offer why', async () => {
    const { json } = await get('/leases/windows?nodeType=compute_zen3&count=1&hours=200');
    expect(json.nothing).toContainEqual(expect.objectContaining({ site, reason: 'too-long' }));
    expect((await get('/leases/windows?q=quantum')).json.nothing).toContainEqual(expect.objectContaining({ site, reason: 'none-matches' }));
  });
});

describe('hosts', () => {
  test('are found by words, with what else could be chosen', async () => {
    const { json } = await get('/leases/hosts?q=a100&limit=2');
    expect(json.items[0]).toMatchObject({ site, gpu: { model: expect.stringContaining('A100') } });
    expect(json.total).toBeGreaterThan(2);
    expect(json.facets.nodeType[0]).toMatchObject({ value: expect.stringContaining('a100'), count: expect.any(Number) });
    const next = await get(`/leases/hosts?q=a100&limit=2&cursor=${json.next}`);
    expect(next.json.items[0].uid).not.toBe(json.items[0].uid);
  });

  test('are found before somebody has signed in', async () => {
    const { json } = await get('/leases/hosts?memoryGiB=500', api.as.nobody);
    expect(json.total).toBeGreaterThan(0);
    expect(json.items.every(({ memoryGiB }: { memoryGiB: number }) => memoryGiB >= 500)).toBe(true);
  });
});

describe('the calendar', () => {
  test('tells when hosts are taken, large sites in pieces, and whose of one’s own only', async () => {
    const start = api.inHours(1);
    const body = {
      site,
      name: 'shown',
      start,
      end: api.inHours(3),
      reservations: [{ kind: 'physical:host', count: 1, nodeType: 'compute_zen3' }],
    };
    const { json: lease } = await api.call('POST', '/leases', api.as.owner, body);
    await api.later(0.01);
    const lines: { site: string; more: boolean; rows: { nodeType: string; busy: { lease?: string }[] }[] }[] = [];
    await api.lines('GET', `/leases/calendar?site=${site}`, api.as.owner, undefined, (line) => lines.push(line));
    expect(lines.map(({ more }) => more)).toEqual([...lines.slice(1).map(() => true), false]);
    expect(lines.length).toBeGreaterThan(1);
    const busy = lines.flatMap(({ rows }) => rows).flatMap((row) => row.busy);
    expect(busy.filter((one) => one.lease === lease.id)).toHaveLength(1);
    expect(busy.filter((one) => one.lease === undefined).length).toBeGreaterThan(20);
  });

  test('is open to everybody as registries tell, with flavors and how many are free', async () => {
    const { json } = await get('/leases/calendar?nodeType=compute_zen3', api.as.nobody);
    const kvm = json.items.find((line: { site: string }) => line.site === 'sandbox-kvm');
    expect(kvm.flavors.find(({ name }: { name: string }) => name === 'm1.large').free.length).toBeGreaterThan(0);
    const rows = json.items.filter((line: { site: string }) => line.site === site).flatMap((line: { rows: object[] }) => line.rows);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row: { nodeType: string }) => row.nodeType === 'compute_zen3')).toBe(true);
  });

  test.each(['from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z', 'to=2028-01-01T00:00:00Z'])('refuses %s by field', async (query) => {
    expect((await get(`/leases/calendar?${query}`)).json.fields).toMatchObject([{ path: 'to' }]);
  });
});
