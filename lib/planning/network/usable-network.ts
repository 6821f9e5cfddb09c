import type { Image, SiteNetwork } from '@/lib/sites/types';
import type { SiteProject } from '../draft';
import { problem } from '../problems';
import type { PlanProblem } from '../types';
import { parseCidr } from './cidr';

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
  // an operator's own router, or a gateway of the building's, is not among those that a project is shown
  return problem('network-unreachable', `No router leads out of the network ${name} of ${site.name}: ${lack}.`, {
    ...(needsPublic ? {} : { severity: 'warning' as const }),
    field,
    remedy: 'Choose a network with a router, or none to have one made. Or add a router to it at the site.',
  });
}

/**
 * What is to be said of virtual machines on a network that takes no security groups. Images of the distributions run no firewall: such machines would
 * be open to all who reach the network. Chameleon's run firewalld, which the agent opens as far as the recipe says.
 */
export function noSecurityGroups({ site }: SiteProject, { name }: SiteNetwork, image: Image, field: string): PlanProblem {
  const closed = site.provider === 'chameleon' && image.name.startsWith('CC-');
  const detail = `The network ${name} of ${site.name} takes no security groups`;
  return closed
    ? problem('security-groups-refused', `${detail}.`, {
        severity: 'warning',
        field,
        remedy: 'The firewall that the image runs lets in what the recipe names. For the site’s as well, choose another network.',
      })
    : problem(
        'security-groups-refused',
        `${detail}, and the image ${image.name} runs no firewall: whoever reaches it reaches every port.`,
        {
          field,
          remedy: 'Choose a network with port security, or none to have one made.',
        },
      );
}
