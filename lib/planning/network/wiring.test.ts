import { expect, it } from 'vitest';
import type { PlanningInput } from '../draft';
import { europeFacts } from '../fixtures/places';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';

const input = planningInput(builtIn.recipe('virtual-machine'));
const planned = (about: Partial<PlanningInput>) => planDeployment({ ...input, ...about });
const subnetOf = (about: Partial<PlanningInput>) => {
  const spec = planned(about).resources.find(({ key }) => key === 'subnet')?.spec;
  return spec?.kind === 'subnet' ? spec.cidr : undefined;
};
const first = subnetOf({}) ?? '';
/** A project in which a network of that name has that range. */
const withNetwork = (name: string, cidr = first): Pick<PlanningInput, 'facts'> => {
  const network = { id: name, name, external: false, shared: false, subnets: [{ id: `${name}-subnet`, cidr }] };
  return { facts: { 'europe/research': { ...europeFacts, networks: [...europeFacts.networks, network] } } };
};
/** A deployment whose network was given that range. */
const standing = (cidr: string): Pick<PlanningInput, 'standing'> => {
  const plan = planned({});
  const resources = plan.resources.map((each) => (each.spec.kind === 'subnet' ? { ...each, spec: { ...each.spec, cidr } } : each));
  return { standing: { ...plan, resources } };
};

it('a network that stands keeps its range when its deployment is planned again', () => {
  expect(subnetOf({ ...withNetwork('abcd1234-network'), ...standing(first) })).toBe(first);
  expect(subnetOf({ ...withNetwork('abcd1234-network', '10.7.16.0/20'), ...standing('10.7.16.0/20') })).toBe('10.7.16.0/20');
});

it('a new network gets a range that nobody has there', () => {
  expect(subnetOf(withNetwork('abcd1234-network'))).not.toBe(first);
});
