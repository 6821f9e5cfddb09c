import { describe, expect, it, test } from 'vitest';
import { siteView } from '@/components/shared/testing/site-view';
import type { DeploymentSummary } from '@/lib/api/contract/deployments';
import type { PairView } from '@/lib/api/contract/pairs';
import type { SiteSummary } from '@/lib/api/contract/sites';
import { figuresOf, sitesToShow, standsOf, together, usageOf } from './cockpit';

const deployment = (id: string, state: DeploymentSummary['state'], ready: number, total: number, ...sites: string[]) =>
  ({ id, name: `The ${id}`, state, nodes: { total, ready, failed: total - ready }, sites }) as DeploymentSummary;
const pair = (more: Partial<PairView> = {}) =>
  ({
    id: 'p',
    name: 'count',
    state: 'standing',
    origin: { id: 'a' },
    worker: { id: 'b' },
    watch: null,
    problem: null,
    ...more,
  }) as PairView;
const clusters = [
  { id: 'a', site: 'europe' },
  { id: 'b', site: 'america' },
  { id: 'c', site: null },
];

describe('what works together', () => {
  it('is a deployment over several sites, and is as well as that is', () =>
    expect(together([deployment('d', 'degraded', 0, 2, 'europe', 'america'), deployment('e', 'ready', 1, 1, 'europe')], [], [])).toEqual([
      { id: 'd', name: 'The d', sites: ['europe', 'america'], tone: 'bad', href: '/deployments/d' },
    ]));
  it.each([
    ['stands', {}, ['ok']],
    ['is being made', { state: 'making' }, ['busy']],
    ['is broken', { state: 'broken' }, ['bad']],
    ['was undone', { state: 'undone' }, []],
    ['has a worker that answers', { watch: { state: 'closed', since: '', answeredAt: null } }, ['ok']],
    ['has a worker that does not', { watch: { state: 'open', since: '', answeredAt: null } }, ['warn']],
    ['has a problem', { problem: { code: 'x', title: 'x', detail: 'x' } }, ['warn']],
    ['has a cluster that is none of mine', { worker: { id: null } }, []],
    ['has a cluster whose place is not known', { worker: { id: 'c' } }, []],
    ['is at one site', { worker: { id: 'a' } }, []],
  ] as const)('is a pair that %s', (_, more, tones) =>
    expect(together([], [pair(more as Partial<PairView>)], clusters).map(({ tone }) => tone)).toEqual(tones),
  );
  it('leads from site to site and to its own page', () => {
    expect(together([], [pair()], clusters)).toMatchObject([{ sites: ['europe', 'america'], href: '/pairs/p' }]);
    expect(together([], [pair({ id: null })], clusters)).toMatchObject([{ id: 'pair count', href: '/clusters' }]);
  });
});

test('what stands on the map is as bad as the screens say it is', () =>
  expect(standsOf([deployment('d', 'degraded', 0, 3, 'x'), deployment('e', 'degraded', 2, 3, 'x')]).map(({ tone }) => tone)).toEqual([
    'bad',
    'warn',
  ]));

test.each([
  ['a part', { limit: 8, used: 2 }, 0.25],
  ['more than there is', { limit: 8, used: 9 }, 1],
  ['a quota of none', { limit: 0, used: 0 }, 1],
  ['nothing', { limit: 8, used: 0 }, 0],
  ['no quota without a limit', { limit: null, used: 3 }, undefined],
] as const)('the ring of a site shows %s', (_, cores, share) => {
  const summary = { site: 's', quotas: { cores, ramMiB: cores, instances: cores } };
  expect(usageOf([summary]).get('s')).toBe(share);
});

test('a site that told nothing has no ring, and one of several projects that of the fullest', () => {
  const told = (used: number) => ({ site: 's', quotas: { cores: { limit: 10, used } } }) as SiteSummary;
  expect(usageOf([{ site: 's', quotas: null }]).size).toBe(0);
  expect(usageOf([told(2), told(9), told(4)]).get('s')).toBe(0.9);
});

test('sites with most of mine come first, then those that are open; others only when they are looked at', () => {
  const sites = [
    siteView({ id: 'shut', name: 'Shut', access: 'denied' }),
    siteView({ id: 'b', name: 'B' }),
    siteView({ id: 'a', name: 'A' }),
  ];
  const stands = [deployment('d', 'ready', 1, 1, 'b')];
  expect(sitesToShow(sites, stands, undefined).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(sitesToShow(sites, stands, 'shut').map(({ id }) => id)).toEqual(['b', 'a', 'shut']);
  expect(sitesToShow(sites, [deployment('d', 'ready', 1, 1, 'shut')], undefined).map(({ id }) => id)).toEqual(['shut', 'a', 'b']);
});

test('none of 3 nodes is not a deployment that works', () =>
  expect(
    figuresOf([
      deployment('none', 'degraded', 0, 3, 'x'),
      deployment('part', 'degraded', 2, 3, 'x', 'y'),
      deployment('all', 'ready', 1, 1, 'y'),
      deployment('failed', 'failed', 0, 1, 'z'),
      deployment('stopped', 'stopped', 0, 1, 'z'),
      deployment('grows', 'updating', 1, 2, 'z'),
    ]),
  ).toEqual({ working: 3, needMe: 3, ready: 4, nodes: 11, sites: 3 }));
