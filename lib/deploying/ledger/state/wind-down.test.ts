import { describe, expect, test } from 'vitest';
import { noon, standingLedger, withDeployment, withResource } from '../../testing/rows';
import type { Resource } from '../ledger';
import { losing, windDownAt, windDownSeconds } from './wind-down';

const none = new Set<string>();
const standing = (change: (resource: Resource) => Partial<Resource> = () => ({})) =>
  standingLedger().resources.map((resource) => ({ ...resource, ...change(resource) }));

describe('the time that it takes to wind down', () => {
  test('is longer with hardware of its own, which is taken down slowly', () => {
    expect(windDownSeconds(standing(), new Set(['front'])) - windDownSeconds(standing(), none)).toBe(150);
  });

  test('grows with how much there is of a kind', () => {
    const server = standing().find(({ key }) => key === 'server-worker-1');
    if (!server) throw new Error('no server');
    const many = [...standing(), ...Array.from({ length: 28 }, (_, index) => ({ ...server, key: `server-more-${index}` }))];
    expect(windDownSeconds(many, none) - windDownSeconds(standing(), none)).toBe(2 * 30);
  });

  test('counts nothing that is gone, or was never asked for', () => {
    const left = standing(({ key }) => (key === 'keyPair' ? {} : { phase: 'gone' }));
    const never = standing(({ key }) => (key === 'keyPair' ? {} : { phase: 'planned', attempts: 0 }));
    expect([windDownSeconds(left, none), windDownSeconds(never, none)]).toEqual([62, 62]);
  });

  test('counts what was planned and tried', () => {
    const tried = standing(({ key }) => (key === 'server-front' ? { phase: 'planned', attempts: 1 } : { phase: 'gone' }));
    expect(windDownSeconds(tried, none)).toBe(60 + 30);
    expect(windDownSeconds([], none)).toBe(60);
  });

  test('is the longest way through what waits for each other, and not the sum of all', () => {
    const way = (keys: string[]) =>
      windDownSeconds(
        standing(({ key }) => (keys.includes(key) ? {} : { phase: 'gone' })),
        none,
      ) - 60;
    const [port, server, volume] = ['port-front', 'server-front', 'volume'];
    expect(way([port, server])).toBe(way([port]) + way([server]));
    expect(way([port, volume])).toBe(Math.max(way([port]), way([volume])));
    expect(way([port, server, 'port-worker-1', 'server-worker-1'])).toBe(way([port, server]));
  });
});

describe('the moment at which it begins', () => {
  const end = new Date(noon.getTime() + 3_600_000);
  test('comes so long before the end of the lease that the site finds nothing to delete', () => {
    const ledger = withDeployment(standingLedger(), { lease_ends_at: end });
    const before = (end.getTime() - (windDownAt(ledger)?.getTime() ?? 0)) / 1000;
    expect(before).toBe(120 + windDownSeconds(ledger.resources, none));
  });

  test('knows a lease of hosts by its servers', () => {
    const spec = { kind: 'lease', start: 'now', end: end.toISOString(), hosts: 1 } as const;
    const [first] = standing();
    if (!first) throw new Error('no resources');
    const lease: Resource = { ...first, key: 'lease', kind: 'lease', spec, depends_on: [] };
    const ledger = withDeployment(standingLedger(), { lease_ends_at: end });
    const server = ledger.resources.find(({ key }) => key === 'server-front');
    if (server?.spec.kind !== 'server') throw new Error('no server');
    const on = withResource(ledger, 'server-front', { spec: { ...server.spec, lease: 'lease' } });
    const hosts = windDownAt({ ...on, resources: [...on.resources, lease] });
    const machines = windDownAt({ ...on, resources: [...on.resources, { ...lease, spec: { ...spec, flavorId: 'f' } }] });
    expect(hosts?.getTime()).toBe((machines?.getTime() ?? 0) - 150_000);
  });

  test.each([
    ['without a lease', { lease_ends_at: null }],
    ['once it is to go', { lease_ends_at: end, wanted: 'deleted' as const }],
  ])('is none %s', (_when, change) => {
    expect(windDownAt(withDeployment(standingLedger(), change))).toBeUndefined();
  });
});

test('what is lost is what stood: the nodes whose servers are there', () => {
  const ledger = withResource(standingLedger(), 'server-worker-1', { cloud_id: null });
  expect(losing(ledger, ledger.resources)).toEqual(['front']);
  const gone = withResource(standingLedger(), 'server-front', { phase: 'gone' });
  expect(losing(gone, gone.resources)).toEqual(['worker-1']);
});
