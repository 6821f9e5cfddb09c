import { expect, onTestFinished } from 'vitest';
import { systemClock } from '@/lib/core/clock';
import { Secret } from '@/lib/core/secret';
import { connectCloud } from '@/lib/openstack';
import type { Cloud } from '@/lib/openstack/types';
import { type Difference, siteThat } from '@/lib/sandbox/testing/rig';
import { readSiteFacts } from '@/lib/sites/facts';
import { plainSite } from '@/lib/sites/testing/site';
import type { SiteFacts } from '@/lib/sites/types';
import { builtIn } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Placement, Plan } from '../types';

const machine = builtIn.recipe('virtual-machine');
const site = plainSite({
  id: 'rig',
  name: 'Rig',
  features: { leases: false, bareMetal: false, volumes: true, floatingIps: true, securityGroups: true },
});
let count = 0;

/** What a site of the rig is known by, and what is planned there for one machine. */
export async function lookAt(difference: Difference, prepare: (cloud: Cloud) => Promise<Partial<Placement>> = async () => ({})) {
  const rig = await siteThat(difference);
  onTestFinished(() => rig.close());
  const { password, ...user } = rig.user;
  const endpoint = { site: `facts-${++count}`, authUrl: rig.authUrl, allowPrivate: true };
  const cloud = await connectCloud(endpoint, { kind: 'password', user, password: new Secret(password) }, rig.project);
  const about = await prepare(cloud);
  const facts = await readSiteFacts(cloud, site, systemClock, { deadlineMs: 30_000 });
  expect(facts.gaps).toEqual([]);
  return { facts, plan: planAt(facts, about) };
}

export function planAt(facts: SiteFacts, about: Partial<Placement>): Plan {
  const placement = Object.fromEntries(machine.groups.map(({ name }) => [name, { site: 'rig', project: 'p', credential: 'c', ...about }]));
  const request = { recipe: machine.detail.id, addOns: [], inputs: {}, placement };
  return planDeployment({ recipe: machine, request, sites: { rig: site }, facts: { 'rig/p': facts }, seed: 'seed' });
}

/** What is said of a plan, a line a problem. */
export const said = ({ problems }: Plan): string[] =>
  problems.map(({ severity, code, field, detail }) => `${severity} ${code} ${field}: ${detail}`);
