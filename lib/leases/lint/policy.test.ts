import { describe, expect, it } from 'vitest';
import { chameleonMetal } from '@/lib/sites/directory/chameleon-leases';
import { HOUR } from '../calendar/moments';
import { host, hosts, hours, inHours, lease, leaseSite } from '../testing/site';
import { told } from '../testing/told';
import type { Condition, HostReservation, LeaseSite, PlannedReservation, Span } from '../types';
import { type Intent, lintPolicy } from './policy';

const nodes = (over: Partial<HostReservation> = {}): HostReservation => ({ kind: 'physical:host', min: 1, max: 1, ...over });
const lint = (span: Span, over: { site?: Partial<LeaseSite>; intent?: Intent; reservations?: PlannedReservation[] } = {}) => {
  const site = leaseSite({ hosts: hosts(1, 10), ...over.site });
  return told(lintPolicy({ name: 'x', ...span, reservations: over.reservations ?? [nodes()] }, span, site, over.intent ?? {}));
};
const day = hours(0, 24);

describe('the time of a lease', () => {
  it('is better long enough for what is to run', () => {
    expect(lint(hours(0, 1.2), { intent: { estimateMs: HOUR } })).toEqual([]);
    expect(lint(hours(0, 0.5), { intent: { estimateMs: HOUR } })).toEqual([
      '~end: The lease lasts 30 minutes, and what is to run on it may take 1 hour 12 minutes until it is ready.',
    ]);
  });

  // noon in UTC of Saturday, the 21st; Chicago is six hours behind
  const night = (when: string, text: string) => [`~end: The lease ends ${when}, at ${text} where you are, and all that is on it goes.`];
  it.each([
    ['by day', 48, 'UTC', []],
    ['where nobody said where', 1, undefined, []],
    ['in no zone', 1, 'Mars/Olympus', []],
    ['on Sunday', 24, 'UTC', night('at a weekend', '2026-11-22 12:00')],
    ['on Saturday', 1, 'UTC', night('at a weekend', '2026-11-21 13:00')],
    ['on Monday', 45, 'UTC', []],
    ['at ten in the evening', 58, 'UTC', night('at night', '2026-11-23 22:00')],
    ['before that', 57, 'UTC', []],
    ['before seven', 66, 'UTC', night('at night', '2026-11-24 06:00')],
    ['at seven', 67, 'UTC', []],
    ['by night elsewhere', 48, 'America/Chicago', night('at night', '2026-11-23 06:00')],
    ['still on Sunday elsewhere', 40, 'America/Los_Angeles', night('at a weekend', '2026-11-22 20:00')],
  ])('ends %s', (_name, end, zone, warnings) => {
    expect(lint(hours(0, end), { intent: zone === undefined ? {} : { zone } })).toEqual(warnings);
  });

  it('is better without an outage', () => {
    const outage = (start: number, end: number) => lint(day, { site: { downtimes: [{ ...hours(start, end), title: 'Cooling' }] } });
    const from = (field: string, times: string) => [`~${field}: CHI@Test has announced an outage from ${times}: Cooling`];
    expect(outage(-1, 1)).toEqual(from('start', '2026-11-21 11:00 UTC to 2026-11-21 13:00 UTC'));
    expect(outage(0, 1)).toEqual(from('start', '2026-11-21 12:00 UTC to 2026-11-21 13:00 UTC'));
    expect(outage(5, 6)).toEqual(from('end', '2026-11-21 17:00 UTC to 2026-11-21 18:00 UTC'));
    expect([...outage(24, 30), ...outage(-5, 0)]).toEqual([]);
  });
});

it('floating IPs are better apart from what is to be extended', () => {
  const ips: PlannedReservation = { kind: 'virtual:floatingip', network: 'n', count: 1 };
  expect(lint(day, { reservations: [nodes(), ips] })).toEqual([
    '~reservations.1: A lease can be extended only if all that it holds is free, and floating IPs often are not.',
  ]);
  expect(lint(day, { reservations: [ips] })).toEqual([]);
  expect(lint(day, { reservations: [ips, ips] })).toEqual([]);
});

describe('scarce hosts', () => {
  const scarce = (max: number, type = 'gpu_k80', rules = chameleonMetal) =>
    lint(day, {
      site: { hosts: [...hosts(1, 10, 'gpu_k80'), ...hosts(11, 20)], rules: { scarce: rules.scarce } },
      reservations: [nodes({ min: 1, max, nodeType: type })],
    });
  it('are objected to when they are many, and more than half of all', () => {
    expect(scarce(6)).toEqual([
      '~reservations.0.count: Hosts of type gpu_k80 are scarce: CHI@Test objects to leases of more than 50 % of them, and this one takes 6 of 10.',
    ]);
    expect(scarce(5)).toEqual([]);
    expect(scarce(6, 'compute_skylake')).toEqual([]);
    expect(scarce(6, 'gpu_k80', {})).toEqual([]);
    const few = lint(day, { site: { hosts: hosts(1, 4, 'gpu_k80'), rules: chameleonMetal }, reservations: [nodes({ max: 4 })] });
    expect(few).toEqual([]);
  });
});

describe('a stack of leases', () => {
  const rules = { stacking: { days: 21, percent: 90 } };
  const all = [...hosts(1, 3), host('9', 'fpga')];
  const stack = (...others: Parameters<typeof lease>[0][]) =>
    lint(hours(14 * 24, 21 * 24), {
      site: { hosts: all, rules, leases: others.map((one) => lease(one)) },
      reservations: [nodes({ nodeType: 'compute_skylake' })],
    });
  const two = { ...hours(0, 12 * 24), hosts: ['2'] };

  it('is told of, with its share', () => {
    expect(stack(two)).toEqual([
      '~reservations.0: With 1 other lease the project would hold hosts of type compute_skylake for 90 % of 21 days. CHI@Test objects to 90 % and more, and ends such leases when it is repeated.',
    ]);
    expect(stack({ ...two, end: inHours(12 * 24 - 3) })).toEqual([]);
  });

  it('is one of the same node type, by its hosts or by what it asked for', () => {
    expect(stack({ ...two, hosts: ['9'] })).toEqual([]);
    const asked = (...where: Condition[]) => ({
      ...two,
      hosts: [],
      reservations: [{ id: 'r', kind: 'physical:host', status: 'pending', where }],
    });
    const type: Condition = { name: 'node_type', op: '=', value: 'compute_skylake' };
    expect(stack(asked({ name: 'vcpus', op: '=', value: '1' }, type))).toHaveLength(1);
    expect(stack(asked({ ...type, op: '!=' }))).toEqual([]);
    expect(stack(asked({ ...type, name: 'rack' }))).toEqual([]);
    expect(stack(asked({ ...type, value: 'fpga' }))).toEqual([]);
    expect(stack(asked())).toEqual([]);
    expect(stack({ ...two, hosts: undefined })).toEqual([]);
  });

  it('is one where the site has such a rule', () => {
    const span = hours(0, 21 * 24);
    expect(lint(span, { site: { hosts: all, leases: [lease(two)] }, reservations: [nodes({ nodeType: 'compute_skylake' })] })).toEqual([]);
    expect(lint(span, { site: { hosts: all, rules }, reservations: [nodes({ nodeType: 'compute_skylake' })] })).toEqual([]);
  });

  it('is looked for where it is known which type it will be', () => {
    const mixed = lint(hours(14 * 24, 21 * 24), { site: { hosts: all, rules, leases: [lease(two)] }, reservations: [nodes()] });
    const untyped = lint(hours(14 * 24, 21 * 24), {
      site: { hosts: [host('2', '')], rules, leases: [lease(two)] },
      reservations: [nodes()],
    });
    expect([...mixed, ...untyped]).toEqual([]);
  });
});

it('an image is better for the hosts’ architecture', () => {
  const arm = hosts(1, 2, 'arm', { 'architecture.platform_type': 'aarch64' });
  const dumb = hosts(3, 3, 'arm');
  const boot = (of: typeof arm, architecture?: string) =>
    lint(day, { site: { hosts: of }, intent: { image: { name: 'CC-Ubuntu', ...(architecture && { architecture }) } } });
  expect(boot(arm, 'x86_64')).toEqual([
    '~reservations.0: The image CC-Ubuntu is for x86_64. These hosts have another architecture: aarch64.',
  ]);
  expect(boot([...arm, ...dumb], 'amd64')).toEqual([
    '~reservations.0: The image CC-Ubuntu is for amd64. Some of these hosts have another architecture: aarch64.',
  ]);
  expect([...boot(arm, 'arm64'), ...boot(dumb, 'x86_64'), ...boot(arm)]).toEqual([]);
});
