import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '@/lib/core/secret';
import { credentials } from '@/lib/sandbox/testing/cloud-client';
import { type LeaseApi, openLeaseApi, site } from '../testing/leases';

let api: LeaseApi;
let lease: string;
beforeAll(async () => {
  api = await openLeaseApi();
  const body = { site, name: 'there', start: api.inHours(24), end: api.inHours(30), reservations: [{ kind: 'physical:host', count: 1 }] };
  const { json, text } = await api.call('POST', '/leases', api.as.owner, body);
  expect(json.id, text).toBeDefined();
  lease = json.id;
});
afterAll(() => api.end());
beforeEach(() => {
  api.calls.length = 0;
});

const one = { kind: 'physical:host', count: 1, nodeType: 'compute_zen3' };
const wish = (more: object) => ({ site, name: 'mine', start: api.inHours(2), end: api.inHours(8), reservations: [one], ...more });
const fieldsOf = ({ json }: { json: { fields?: { path: string }[] } }) => json.fields?.map(({ path }) => path);

// on 25 October 2026 clocks in Madrid are put back at 03:00, on 28 March 2027 put forward at 02:00
const known: [string, () => object, string][] = [
  ['an end before its start', () => ({ start: api.inHours(8), end: api.inHours(2) }), 'end'],
  ['an end that is its start', () => ({ end: api.inHours(2) }), 'end'],
  ['a name of 81 signs', () => ({ name: 'x'.repeat(81) }), 'name'],
  ['no name', () => ({ name: ' ' }), 'name'],
  ['a name with signs that can’t be seen', () => ({ name: 'a\u202eb' }), 'name'],
  ['a start that has passed', () => ({ start: api.inHours(-2) }), 'start'],
  ['a time that is none', () => ({ end: 'tomorrow' }), 'end'],
  ['the 30th of February', () => ({ end: '2027-02-30T12:00:00Z' }), 'end'],
  ['a local time in no zone', () => ({ end: '2026-11-25T14:00' }), 'end'],
  ['0 hosts', () => ({ reservations: [{ ...one, count: 0 }] }), 'reservations.0.count'],
  ['1.5 hosts', () => ({ reservations: [one, { ...one, count: 1.5 }] }), 'reservations.1.count'],
  ['at least more than at most', () => ({ reservations: [{ kind: 'physical:host', min: 3, max: 2 }] }), 'reservations.0.max'],
  [
    '1e300 floating IPs',
    () => ({ reservations: [{ kind: 'virtual:floatingip', network: 'public', count: 1e300 }] }),
    'reservations.0.count',
  ],
  ['nothing', () => ({ reservations: [] }), 'reservations'],
  [
    'something that the site does not lease',
    () => ({ reservations: [{ kind: 'flavor:instance', flavor: 'm1.small', count: 1 }] }),
    'reservations.0.kind',
  ],
  ['8 days where 7 are the most', () => ({ end: api.inHours(2 + 8 * 24) }), 'end'],
  ['a time zone that does not exist', () => ({ zone: 'Mars/Olympus' }), 'zone'],
  ['2 a.m. on the night that has it twice', () => ({ end: '2026-10-25T02:30', zone: 'Europe/Madrid' }), 'end'],
  ['2 a.m. on the night that has none', () => ({ start: 'now', end: '2027-03-28T02:30', zone: 'Europe/Madrid' }), 'end'],
  ['a site that is none', () => ({ site: 'nowhere' }), 'site'],
  ['a host named twice', () => ({ reservations: [{ kind: 'physical:host', hosts: ['a', 'a'] }] }), 'reservations.0.hosts.1'],
  ['an automatic extension to no time', () => ({ extendUntil: 'ever' }), 'extendUntil'],
];

describe('a lease is refused by field, and the site is not asked at all, for', () => {
  test.each(known)('%s', async (_what, more, field) => {
    const answer = await api.call('POST', '/leases', api.as.owner, wish(more()));
    expect([422, 404, 409, 502]).toContain(answer.status);
    expect(fieldsOf(answer)).toContain(field);
    expect(api.calls).toEqual([]);
  });
});

const looked: [string, () => object, string][] = [
  [
    'a property that no host has',
    () => ({ reservations: [{ ...one, properties: [{ name: 'colour', op: '=', value: 'red' }] }] }),
    'reservations.0.properties.0',
  ],
  [
    'a value that no host has',
    () => ({ reservations: [{ ...one, properties: [{ name: 'architecture.platform_type', op: '=', value: 'vax' }] }] }),
    'reservations.0',
  ],
  ['a node type that is none', () => ({ reservations: [{ ...one, nodeType: 'gpu_z9' }] }), 'reservations.0.nodeType'],
  ['a host that is none', () => ({ reservations: [{ kind: 'physical:host', hosts: ['no-such'] }] }), 'reservations.0.hosts.0'],
  ['more hosts than there are', () => ({ reservations: [{ ...one, count: 5000 }] }), 'reservations.0.count'],
  [
    'a network that is none',
    () => ({ reservations: [{ kind: 'virtual:floatingip', network: 'nope', count: 1 }] }),
    'reservations.0.network',
  ],
  ['a name that the project has', () => ({ name: 'there' }), 'name'],
];

describe('a lease is refused by field after a look, and none is asked for, for', () => {
  test.each(looked)('%s', async (_what, more, field) => {
    const answer = await api.call('POST', '/leases', api.as.owner, wish(more()));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(
      fieldsOf(answer)?.some((path) => path.startsWith(field)),
      answer.text,
    ).toBe(true);
    expect(api.calls).not.toContain('createLease');
    const dry = await api.call('POST', '/leases/lint', api.as.owner, wish(more()));
    expect(
      dry.json.problems.filter(({ severity }: { severity: string }) => severity === 'error').map(({ field }: { field: string }) => field),
    ).toEqual(fieldsOf(answer));
  });
});

test('an application credential, where Keystone takes no trusts from those, is refused with what to use instead, and no lease is asked for', async () => {
  const { applicationCredential, project } = await credentials(api.sandbox.url, 'america');
  const { id, secret } = applicationCredential;
  const record = await api.services.credentials.records.add('owner', {
    site,
    name: 'delegated',
    kind: 'applicationCredential',
    login: { kind: 'applicationCredential', id, secret: new Secret(secret) },
    shown: {},
    project,
  });
  api.services.desk.forget('owner');
  const answer = await api.call('POST', '/leases', api.as.owner, wish({ credential: record.id }));
  expect(fieldsOf(answer), answer.text).toEqual(['credential']);
  expect(answer.json).toMatchObject({ code: 'upstream-refused', remedy: expect.stringContaining('OpenID Connect') });
  expect(api.calls).not.toContain('createLease');
});

const changes: [string, () => object, string][] = [
  ['a name of 81 signs', () => ({ name: 'x'.repeat(81) }), 'name'],
  ['an end before its start', () => ({ end: api.inHours(20) }), 'end'],
  ['an end that has passed', () => ({ end: api.inHours(-20) }), 'end'],
  ['a start that has passed', () => ({ start: api.inHours(-20) }), 'start'],
  ['0 hosts', () => ({ counts: { nothing: 0 } }), 'counts.nothing'],
  ['a zone that is none', () => ({ end: '2026-11-24T10:00', zone: 'Atlantis' }), 'zone'],
];

describe('a change is refused by field, and the site is not asked at all, for', () => {
  test.each(changes)('%s', async (_what, change, field) => {
    const answer = await api.call('PATCH', `/leases/${lease}`, api.as.owner, change());
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toContain(field);
    expect(api.calls).toEqual([]);
  });
});

test('somebody else’s lease is as one that is not there, and nothing is asked', async () => {
  const asked: [string, string, object?][] = [
    ['GET', ''],
    ['PATCH', '', { name: 'taken' }],
    ['DELETE', ''],
    ['POST', '/actions', { action: 'take-over' }],
    ['POST', '/actions', { action: 'end-now' }],
    ['GET', '/export?as=ics'],
  ];
  for (const [method, path, body] of asked) {
    const answer = await api.call(method, `/leases/${lease}${path}`, api.as.stranger, body);
    expect(answer, `${method} ${path}`).toMatchObject({ status: 404, json: { code: 'not-found' } });
  }
  expect(api.calls).toEqual([]);
  expect((await api.call('GET', '/leases', api.as.stranger)).json.items).toEqual([]);
});

const searches: [string, string, string][] = [
  ['no hosts', 'count=0', 'count'],
  ['half a host', 'count=1.5', 'count'],
  ['no time', 'hours=0', 'hours'],
  ['a zone that is none', 'zone=Mars/Olympus', 'zone'],
  ['a preset in a zone that is none', 'preset=tonight&zone=Mars/Olympus', 'zone'],
  ['an end before its beginning', 'from=2026-12-02T00:00:00Z&to=2026-12-01T00:00:00Z', 'to'],
  ['a time that is none', 'from=yesterday', 'from'],
  ['a site that is none', 'site=nowhere', 'site'],
];

test.each(searches)('a search for %s is refused by field', async (_what, query, field) => {
  const answer = await api.call('GET', `/leases/windows?${query}`, api.as.owner);
  expect(answer.status).toBe(422);
  expect(fieldsOf(answer)).toContain(field);
  expect(api.calls).toEqual([]);
});
