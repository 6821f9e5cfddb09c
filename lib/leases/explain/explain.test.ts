import { describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/core/errors';
import { chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { host, hosts, hours, inHours, lease, leaseSite, NOW } from '../testing/site';
import type { HostReservation, Lease, LeaseSite, PlannedLease } from '../types';
import { explainExtension, explainRefusal } from './explain';

const refused = (message: string): Problem => ({
  code: 'upstream-failed',
  title: 'A title',
  detail: 'A detail.',
  cause: 'As the client saw it.',
  upstream: { service: 'reservation', status: 500, message, requestId: 'req-1' },
});
const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({
  kind: 'physical:host',
  min: 2,
  max: 2,
  nodeType: 'compute_skylake',
  ...over,
});
const plan = (over: Partial<PlannedLease> = {}): PlannedLease => ({
  name: 'x',
  start: inHours(1),
  end: inHours(7),
  reservations: [nodes()],
  ...over,
});
const site = leaseSite({
  hosts: [...hosts(1, 3), host('4', 'compute_skylake', {}, { reservable: false })],
  taken: new Map([
    ['1', [hours(0, 20)]],
    ['2', [hours(3, 5)]],
  ]),
});
const explain = (message: string, of = plan(), where: LeaseSite = site, signedInBy?: string) =>
  explainRefusal(refused(message), of, { site: where, now: NOW, signedInBy });

describe('a refusal', () => {
  it('for want of hosts is explained by who has them, with what could be had', () => {
    const { reason, problem, inTheWay, alternatives } = explain('Not enough hosts available');
    expect(reason).toBe('no-host-free');
    expect(problem).toEqual({
      code: 'no-host-available',
      title: 'Not enough hosts are free in this time',
      detail: 'A detail.',
      cause:
        'Of 4 hosts at CHI@Test that will do, 2 are reserved by others for a part of this time at least, and 1 is out of service or kept for other projects; 2 are asked for.',
      remedy: 'Take one of the alternatives, or ask for another time, fewer hosts or another kind.',
      upstream: refused('Not enough hosts available').upstream,
      fields: [{ path: 'reservations', message: 'A detail.' }],
    });
    expect(inTheWay.map(({ hosts: all }) => all.map(({ name }) => name))).toEqual([['c01-2', 'c01-1']]);
    expect(alternatives.map(({ why }) => why)).toEqual(['later', 'shorter', 'fewer']);
  });

  it.each<[string, Partial<HostReservation>, string]>([
    ['one of several', { min: 1, max: 1, nodeType: 'x' }, 'No host at CHI@Test has what is asked for.'],
    ['more than there are', { min: 4, max: 4, nodeType: 'b' }, 'CHI@Test has 1 host that will do, and 4 are asked for.'],
    [
      'one that is out of service',
      { min: 1, max: 1, nodeType: 'c' },
      'Of 1 host at CHI@Test that will do, 1 is out of service or kept for other projects; 1 is asked for.',
    ],
    [
      'one that is taken',
      { min: 1, max: 1, nodeType: 'd' },
      'Of 1 host at CHI@Test that will do, 1 is reserved by others for a part of this time at least; 1 is asked for.',
    ],
  ])('for want of %s', (_name, over, cause) => {
    const where = leaseSite({
      hosts: [host('1', 'b'), host('2', 'c', {}, { reservable: false }), host('3', 'd')],
      taken: new Map([['3', [hours(0, 9)]]]),
    });
    expect(explain('Not enough hosts available', plan({ reservations: [nodes(over)] }), where).problem.cause).toBe(cause);
  });

  it('for want of hosts names those reservations that could not be had', () => {
    const { inTheWay } = explain(
      'Not enough hosts available',
      plan({ reservations: [nodes({ min: 1, max: 1 }), nodes(), { kind: 'network', name: 'n' }] }),
    );
    expect(inTheWay.map(({ asked }) => asked)).toEqual([2]);
    const unknown = explain('Not enough hosts available', plan(), { ...site, taken: null });
    expect(unknown).toMatchObject({ inTheWay: [], alternatives: [], problem: { cause: 'As the client saw it.' } });
  });

  it('of a lease that is too long offers one that is as long as it may be', () => {
    const one = plan({ end: inHours(1 + 192), reservations: [nodes({ min: 1, max: 1 })] });
    const words = 'Lease duration of 691200 seconds must be less than or equal to the maximum lease duration of 604800 seconds.';
    const { problem, inTheWay, alternatives } = explain(words, one);
    expect(problem).toMatchObject({
      cause: 'A lease at CHI@Test may last 7 days, and this one would last 8 days.',
      fields: [{ path: 'end' }],
    });
    expect(inTheWay).toEqual([]);
    expect(alternatives[0]).toMatchObject({ why: 'shorter', ...hours(1, 169) });
    // where that is not free, what is near to it
    const other = explain(words, { ...one, reservations: [nodes({ hosts: ['uid-1'], min: 1, max: 1 })] }).alternatives;
    expect(other.map(({ why, start, end }) => [why, (end - start) / 3_600_000])).toEqual([
      ['other-hosts', 168],
      ['later', 168],
    ]);
    expect(explain('Lease duration must be less than the maximum lease duration', one).alternatives).toEqual([]);
  });

  it('of a lease that costs too much offers one for what is left', () => {
    const one = plan({ reservations: [nodes({ min: 1, max: 1 })] });
    expect(explain('Reservation for project CHI-123 would spend 6.00 SUs, only 2.00 left', one).alternatives[0]).toMatchObject({
      why: 'shorter',
      ...hours(1, 3),
    });
    expect(explain('Reservation for project CHI-123 would spend 6.00 SUs, only 0.00 left', one).alternatives).toEqual([]);
    expect(explain('Reservation for project CHI-123 would spend much', one).alternatives).toEqual([]);
  });

  it('of a lease beyond the project’s end offers one until then, where that is known', () => {
    const one = plan({ reservations: [nodes({ min: 1, max: 1 })] });
    const words = 'Cannot create a lease beyond Chameleon project expiration date.';
    expect(explain(words, one, { ...site, project: { id: 'p', end: inHours(4) } }).alternatives[0]).toMatchObject({
      why: 'shorter',
      ...hours(1, 4),
    });
    expect(explain(words, one).alternatives).toEqual([]);
    expect(explain(words, one, { ...site, project: { id: 'p', end: inHours(40) } }).alternatives).toEqual([]);
  });

  it.each([
    ['Not enough floating IPs available', 'no-host-available', /pool of floating IPs/, /allocate a floating IP/],
    ['Not enough networks available', 'no-host-available', /VLANs/, /shared network/],
    [
      'Lease can only be extended within 172800 seconds of the leases current end time.',
      'upstream-failed',
      /in its last 2 days only/,
      /extended by itself/,
    ],
    ['x would spend 336.00 SUs, only 12.00 left', 'upstream-failed', /more than the project has left/, /shorter/],
    ['x would spend 336.00 SUs, only 12.00 left in user budget', 'upstream-failed', /you may spend/, /raise your budget/],
    ['Cannot create a lease beyond Chameleon project expiration date.', 'upstream-failed', /longer than the project/, /renew/],
    ['Wrong number of ongoing charges', 'upstream-failed', /lost count/, /request id/],
    ['External service enforcement filter denied the request.', 'upstream-failed', /A rule/, /request id/],
    ['Invalid lease status.', 'conflict', /just now/, /ten seconds/],
    ['Servers [x] found for host y', 'conflict', /Servers still run/, /Delete them/],
    ['Terminated leases can only be renamed', 'conflict', /does not change this/, /another lease/],
    ['BlazarDBNotFound: A database error occurred', 'upstream-failed', /No host has a property/, /another property/],
    ['Malformed requirements []', 'upstream-failed', /can’t read the conditions/, /= and !=/],
    ['Malformed parameter min and max', 'upstream-failed', /numbers/, /1 or more/],
    ['Start date must be later than current date', 'upstream-failed', /start has passed/, /minutes ahead/],
    ['lease name is not good', 'upstream-failed', /name/, /80 signs/],
    ['Missing parameter x', 'upstream-failed', /missing/, /reservation again/],
    ['The device resource type is not supported', 'upstream-failed', /does not lease this/, /another site/],
    ["Policy doesn't allow x", 'upstream-failed', /roles/, /member/],
    ["Object with {'lease_id': 'x'} not found", 'upstream-failed', /not there any more/, /anew/],
    ['something new', 'upstream-failed', /As the client saw it/, undefined],
  ])('“%s” is explained', (message, code, cause, remedy) => {
    const { problem } = explain(message);
    expect(problem.code).toBe(code);
    expect(problem.cause).toMatch(cause);
    if (remedy) expect(problem.remedy).toMatch(remedy);
    else expect(problem.remedy).toBeUndefined();
    expect(problem.upstream?.message).toBe(message);
  });

  it('of an application credential is one for want of a trust', () => {
    expect(explain('Internal Server Error', plan(), site, 'applicationCredential').problem).toMatchObject({
      cause: expect.stringContaining('trust'),
      fields: [{ path: 'credential' }],
    });
    expect(explain('Internal Server Error').problem).not.toHaveProperty('fields');
  });

  it('that no other lease would help against has no alternatives', () => {
    for (const message of ['Invalid lease status.', 'BlazarDBNotFound', 'something new']) expect(explain(message).alternatives).toEqual([]);
  });
});

describe('an extension that was refused', () => {
  // it runs until 12 hours from now, on host 1
  const extend = (message: string, where: Partial<LeaseSite>, over: Partial<Lease> = {}, end = inHours(30)) =>
    explainExtension(refused(message), lease(over), end, { site: leaseSite({ hosts: hosts(1, 2), ...where }), now: NOW });
  const others = new Map([['1', [hours(-12, 12), hours(20, 22)]]]);

  it('is explained by the host that others have, with its time, and another lease for afterwards', () => {
    const { problem, alternatives } = extend('Not enough hosts available', {
      taken: others,
      leases: [lease(), lease({ id: '2', name: 'mine-2' })],
    });
    expect(problem).toMatchObject({
      code: 'no-host-available',
      cause: 'The host c01-1 is reserved by others from 2026-11-22 08:00 UTC, and a running lease keeps its very hosts.',
      remedy: 'It can be extended until 2026-11-22 07:59 UTC.',
      fields: [{ path: 'end' }],
    });
    expect(alternatives[0]).toMatchObject({
      why: 'new-lease',
      ...hours(12, 30),
      plan: { name: 'mine-3', reservations: [{ kind: 'physical:host', min: 1, max: 1 }] },
    });
  });

  it('is explained by the window that is not open yet', () => {
    const { problem } = extend(
      'Lease can only be extended within 172800 seconds of the leases current end time.',
      { rules: chameleonMetal },
      { end: inHours(60) },
      inHours(70),
    );
    expect(problem).toMatchObject({
      cause: 'CHI@Test extends a lease only in its last 2 days: from 2026-11-22 00:00 UTC on.',
      remedy: 'It can be extended until 2026-12-01 00:00 UTC, from 2026-11-22 00:00 UTC on.',
    });
  });

  it('is explained by the site’s words where nothing that is known stands against it', () => {
    expect(extend('Lease can only be extended within 172800 seconds of the leases current end time.', {}).problem.cause).toBe(
      'CHI@Test extends a lease in its last 2 days only.',
    );
    expect(extend('x would spend 2 SUs', { taken: others }).problem.cause).toBe('The lease would cost more than the project has left.');
  });

  it('has no other lease where nothing comes after, or what it held is not known', () => {
    const none = [
      extend('Not enough hosts available', { taken: others }, {}, inHours(11)),
      extend('Not enough hosts available', { taken: others }, hours(-9, -1)),
      extend('Not enough hosts available', { taken: others }, { reservations: [{ id: 'r', kind: 'device', status: 'active' }] }),
    ];
    expect(none.flatMap(({ alternatives }) => alternatives)).toEqual([]);
  });

  it('gives the new lease a name that is not too long', () => {
    const { alternatives } = extend('Not enough hosts available', { taken: others }, { name: 'x'.repeat(80) });
    expect(alternatives[0]?.plan.name).toBe(`${'x'.repeat(76)}-2`);
  });
});
