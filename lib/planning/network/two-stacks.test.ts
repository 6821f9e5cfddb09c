import { expect, it, test } from 'vitest';
import type { SiteNetwork } from '@/lib/sites/types';
import { europeFacts } from '../fixtures/places';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import { isIpv6Range } from './cidr';

const machine = builtIn.recipe('virtual-machine');

/** The rules of a machine's security group on a network with those ranges, as `protocol port from`. */
function rulesOn(cidrs: string[], inputs: Record<string, string | string[]> = {}): string[] {
  const network: SiteNetwork = {
    id: 'net-both',
    name: 'both',
    external: false,
    shared: true,
    leadsTo: ['net-public'],
    subnets: cidrs.map((cidr, index) => ({ id: `s${index}`, cidr })),
  };
  const facts = { 'europe/research': { ...europeFacts, networks: [...europeFacts.networks, network] } };
  const plan = planDeployment({ ...planningInput(machine, inputs, 'europe', { network: 'net-both' }), facts });
  const group = plan.resources.map(({ spec }) => spec).find((spec) => spec.kind === 'securityGroup');
  return (group?.rules ?? []).map(({ protocol, fromPort, cidr }) => `${protocol} ${fromPort ?? ''} ${cidr}`);
}

it('nodes of two stacks have the same rules in both families', () => {
  const rules = rulesOn(['10.20.0.0/16', '2001:db8:20::/64']);
  for (const family of [
    ['0.0.0.0/0', '10.20.0.0/16'],
    ['::/0', '2001:db8:20::/64'],
  ])
    expect(rules).toEqual(expect.arrayContaining([`tcp 22 ${family[0]}`, `tcp 22 ${family[1]}`, `icmp  ${family[1]}`]));
  expect(rules.filter((rule) => rule.includes(':')).length).toBe(rules.length / 2);
});

it('nodes of IPv4 alone have no rules of IPv6', () => expect(rulesOn(['10.20.0.0/16']).filter((rule) => rule.includes(':'))).toEqual([]));

it('a network of the deployment’s own has one family', () => {
  const plan = planDeployment(planningInput(machine));
  const group = plan.resources.map(({ spec }) => spec).find((spec) => spec.kind === 'securityGroup');
  expect(group?.rules.filter(({ cidr }) => cidr?.includes(':'))).toEqual([]);
});

test.each([
  ['2001:db8::/64', true],
  ['::/0', true],
  ['fd00::1/128', true],
  ['2001:db8::', false],
  ['2001:db8::/129', false],
  ['2001:db8::/64/1', false],
  ['2001:db8::/-1', false],
  ['10.0.0.0/8', false],
  ['', false],
])('%j is a range of IPv6: %s', (text, is) => expect(isIpv6Range(text)).toBe(is));
