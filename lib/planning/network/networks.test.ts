import { describe, expect, it } from 'vitest';
import type { SiteFacts, SiteNetwork } from '@/lib/sites/types';
import { america, americaFacts, europeFacts } from '../fixtures/places';
import { builtIn, planningInput } from '../fixtures/plan';
import { planDeployment } from '../plan';
import type { Placement, Plan, ResourceSpec } from '../types';

const machine = builtIn.recipe('virtual-machine');
const planAt = (facts: Partial<SiteFacts>, about: Partial<Placement> = {}): Plan =>
  planDeployment({ ...planningInput(machine, {}, 'europe', about), facts: { 'europe/research': { ...europeFacts, ...facts } } });
const specOf = <K extends ResourceSpec['kind']>(plan: Plan, kind: K) =>
  plan.resources.map(({ spec }) => spec).find((spec): spec is ResourceSpec & { kind: K } => spec.kind === kind);

const second: SiteNetwork = { id: 'net-second', name: 'second', external: true, shared: false, subnets: [] };
const networks = [second, ...europeFacts.networks];

describe('several networks that give public addresses', () => {
  it('are tried in turn for a router of the deployment’s own, and its floating IPs follow it', () => {
    const plan = planAt({ networks });
    expect(specOf(plan, 'router')).toMatchObject({ externalNetworkId: 'net-public', otherPools: ['net-second'] });
    expect(specOf(plan, 'floatingIp')).toEqual({
      kind: 'floatingIp',
      externalNetworkId: 'net-public',
      router: 'router',
      port: 'port-machine-1',
    });
  });

  it('are tried in turn for addresses on a network that is there: where its router leads can’t be seen', () => {
    const plan = planAt({ networks }, { network: 'net-shared' });
    expect(specOf(plan, 'floatingIp')).toMatchObject({ externalNetworkId: 'net-public', otherPools: ['net-second'] });
  });

  it('are no question where there is one', () => {
    const plan = planAt({});
    expect(specOf(plan, 'router')).not.toHaveProperty('otherPools');
  });
});

describe('a network without port security', () => {
  const open = americaFacts.networks.map((each) => ({ ...each, portSecurity: each.name !== 'sharednet1' }));
  const at = (name: string) => {
    const input = planningInput(machine, {}, 'america', { network: 'sharednet1' });
    const grouped = { ...america, features: { ...america.features, securityGroups: true } };
    const images = americaFacts.images.map((image) => ({ ...image, name: image.name.replace('CC-', name) }));
    const facts = { ...americaFacts, images, networks: open };
    return planDeployment({ ...input, sites: { america: grouped }, facts: { 'america/research': facts } });
  };

  it('is warned of where the image runs a firewall, as Chameleon’s do, which is opened as the recipe says', () => {
    const { problems, nodes, resources } = at('CC-');
    expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'security-groups-refused']]);
    expect(nodes[0]?.firewall).not.toEqual([]);
    expect(resources.filter(({ kind }) => kind === 'securityGroup')).toEqual([]);
  });

  it('is refused where nothing would keep anybody out', () => {
    expect(at('').problems.map(({ severity, code }) => [severity, code])).toEqual([['error', 'security-groups-refused']]);
  });
});
