import { expect, test } from 'vitest';
import { clusterPlan } from '@/lib/deploying/testing/fixture-plan';
import type { LeaseWish, Plan, PlanRequest } from '@/lib/planning/types';
import type { Site } from '@/lib/sites/types';
import { leaseProblems } from './lease-times';

const lab: Site = {
  id: 'lab',
  name: 'Lab',
  provider: 'custom',
  authUrl: 'http://lab.test/v3',
  methods: [],
  features: { leases: true, bareMetal: true, volumes: false, floatingIps: false, securityGroups: false },
  rules: { leases: { maxDays: 7 } },
};
const now = new Date('2030-01-01T12:00:00Z');
const hour = (n: number) => new Date(now.getTime() + n * 3_600_000).toISOString();

function judged({ start, end }: LeaseWish, seconds = 1800) {
  const request: PlanRequest = { recipe: 'r', addOns: [], inputs: {}, placement: { workers: { site: 'lab', newLease: { start, end } } } };
  const base = clusterPlan(1);
  const [first] = base.resources;
  if (!first) throw new Error('a plan without resources');
  const lease = { ...first, key: 'lease-workers', kind: 'lease' as const, spec: { kind: 'lease' as const, start, end, hosts: 1 } };
  const plan: Plan = { ...base, resources: [lease], totals: { ...base.totals, seconds }, leases: [{ site: 'lab', lease: lease.key, end }] };
  return leaseProblems(plan, request, { lab }, now).map(({ severity, field, detail }) => [severity, field, detail]);
}

test.each<[string, LeaseWish, unknown[]]>([
  ['now, for long enough', { start: 'now', end: hour(2) }, []],
  ['later, for long enough', { start: hour(24), end: hour(25) }, []],
  ['a start a moment ago', { start: hour(-0.01), end: hour(2) }, []],
  [
    'a start that has passed',
    { start: hour(-1), end: hour(2) },
    [['error', 'placement.workers.newLease.start', 'The start of the lease has passed.']],
  ],
  [
    'an end that has passed',
    { start: 'now', end: hour(-1) },
    [['error', 'placement.workers.newLease.end', 'The end of the lease has passed.']],
  ],
  [
    'an end at this very moment',
    { start: 'now', end: hour(0) },
    [['error', 'placement.workers.newLease.end', 'The end of the lease has passed.']],
  ],
  [
    'too short from now on',
    { start: 'now', end: hour(0.25) },
    [['warning', 'acceptShortLease', 'The lease leaves 15 min, and getting ready may take 36 min.']],
  ],
  [
    'too short once it begins',
    { start: hour(24), end: hour(24.25) },
    [['warning', 'acceptShortLease', 'The lease leaves 15 min, and getting ready may take 36 min.']],
  ],
  ['as long as the site gives one', { start: hour(1), end: hour(1 + 7 * 24) }, []],
  [
    'longer than the site gives one',
    { start: hour(1), end: hour(1 + 8 * 24) },
    [['error', 'placement.workers.newLease.end', 'A lease at Lab may last 7 days, and this one would last 8 days.']],
  ],
  ['just long enough, with a fifth more', { start: 'now', end: hour(0.6) }, []],
  [
    'as long as is estimated, which may be too short',
    { start: 'now', end: hour(0.5) },
    [['warning', 'acceptShortLease', 'The lease leaves 30 min, and getting ready may take 36 min.']],
  ],
])('%s', (_, wish, problems) => {
  expect(judged(wish)).toEqual(problems);
});
