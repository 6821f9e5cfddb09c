import type { SiteNetwork } from '@/lib/sites/types';
import { parseCidr } from './cidr';
import type { SiteProject } from './draft';
import { problem } from './problems';
import type { PlanProblem } from './types';

/** Whether it may give IPv4 addresses: sites hide the subnets of networks that are not the project's. */
export function mayHaveIpv4({ subnets }: SiteNetwork): boolean {
  return subnets.length === 0 || subnets.some(({ cidr }) => parseCidr(cidr) !== undefined);
}

/**
 * Why nodes can't be put on a network that is there, as far as that is known before they are.
 * @param needsPublic some of them need a public address
 */
export function whyUnusable(
  { site }: SiteProject,
  network: SiteNetwork,
  { needsPublic, field }: { needsPublic: boolean; field: string },
): PlanProblem | undefined {
  const { name, external, leadsTo, subnets } = network;
  if (!mayHaveIpv4(network))
    return problem('network-not-found', `The network ${name} of ${site.name} has IPv6 addresses only, and nodes need one of IPv4.`, {
      field,
      remedy: 'Choose a network with IPv4 addresses, or none to have one made.',
    });
  if (!external && subnets.length === 0)
    return problem('network-not-found', `The network ${name} of ${site.name} has no subnet, and so no addresses for nodes.`, {
      field,
      remedy: 'Give it a subnet at the site, choose another network, or none to have one made.',
    });
  if (external || leadsTo === undefined || leadsTo.length > 0) return undefined;
  // where nodes go out by a proxy, only what must come in needs a router
  if (!needsPublic && site.nodeProxy !== undefined) return undefined;
  const lack = needsPublic ? 'nodes there can have no public address' : 'nodes there can fetch nothing and reach nobody';
  return problem('network-unreachable', `No router leads out of the network ${name} of ${site.name}: ${lack}.`, {
    field,
    remedy: 'Choose a network with a router, or none to have one made. Or add a router to it at the site.',
  });
}

/** Said where a network takes no security groups, so that nobody takes the nodes for closed by the site. */
export function noSecurityGroups({ site }: SiteProject, { name }: SiteNetwork, field: string): PlanProblem {
  return problem('security-groups-refused', `The network ${name} of ${site.name} takes no security groups.`, {
    severity: 'warning',
    field,
    remedy: 'Each node’s own firewall lets in what the recipe names, and nothing else. For the site’s as well, choose another network.',
  });
}
