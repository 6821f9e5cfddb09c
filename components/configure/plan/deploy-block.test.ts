import { describe, expect, it } from 'vitest';
import { en } from '@/components/messages/en';
import { translator } from '@/components/messages/translate';
import type { PlanView } from '@/lib/api/contract/deployments';
import { deployBlock } from './deploy-block';

const totals = {
  nodes: 1,
  vcpus: 1,
  ramMiB: 1,
  diskGiB: 1,
  volumes: 0,
  volumeGiB: 0,
  floatingIps: 0,
  networks: 0,
  routers: 0,
  ports: 0,
  securityGroups: 0,
  seconds: 1,
};
const plan: PlanView = {
  recipe: { id: 'a', version: '1', name: 'A', addOns: [] },
  resources: [],
  nodes: [],
  placement: {},
  totals,
  siteTotals: {},
  problems: [],
};
const good = { signedIn: true, faults: 0, placed: true, planning: false, plan, planFailed: false, nameGood: true };
const problem = (severity: 'error' | 'warning') => ({ severity, code: 'quota-exceeded', title: 'x', detail: 'x' });

describe('the deploy button', () => {
  it('is free when all is answered, placed, planned and named', () => expect(deployBlock(good)).toBeNull());
  it('is free with warnings', () => expect(deployBlock({ ...good, plan: { ...plan, problems: [problem('warning')] } })).toBeNull());
  it.each([
    ['without a person', { signedIn: false }, /sign in/i],
    ['with a wrong answer', { faults: 1 }, /1 answer/],
    ['with wrong answers', { faults: 2 }, /2 answers/],
    ['without a site', { placed: false }, /site/],
    ['while planning', { planning: true }, /plan/],
    ['without a plan', { plan: undefined }, /plan/],
    ['when the plan failed', { planFailed: true }, /plan/],
    ['with a problem in the plan', { plan: { ...plan, problems: [problem('error')] } }, /1 problem/],
    ['on a lease that may be too short', { shortLease: true }, /lease/],
    ['without a name', { nameGood: false }, /name/],
  ])('says why %s', (_, over, reason) => expect(deployBlock({ ...good, ...over })?.(translator('en', en))).toMatch(reason));
});
