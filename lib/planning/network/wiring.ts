import type { SiteNetwork, SiteRouter } from '@/lib/sites/types';
import type { DecidedGroup } from '../decide';
import { addResource, type Draft, type SiteProject, siteSuffix, type Wiring } from '../draft';
import { problem } from '../problems';
import { chooseCidr, formatCidr, isIpv6Range, parseCidr, type Range } from './cidr';
import { mayHaveIpv4, noSecurityGroups, whyUnusable } from './usable-network';

/**
 * Connects a group: to the network that was asked for, to the one that the site's bare metal must use, or to a network
 * of the deployment's own with a subnet and a router to the outside.
 * @param all groups with nodes: those of one place are connected alike
 */
export function wire(draft: Draft, group: DecidedGroup, all: DecidedGroup[]): Wiring | null {
  const { place, placement, template } = group;
  const field = `placement.${template.name}.network`;
  const metal = all.some((other) => other.place === place && other.bareMetal) ? place.site.rules.bareMetalNetwork : undefined;
  const wanted = placement.network ?? metal;
  const pools = poolsOf(draft, group);
  if (!pools) return null;
  const [external, ...others] = pools;
  const otherPools = others.map(({ id }) => id);
  if (wanted !== undefined) {
    const network = place.facts.networks.find(({ id, name }) => id === wanted || name === wanted);
    if (network) return joined(draft, group, network, { external, otherPools, needsPublic: needsPublic(group, all), field });
    draft.problems.push(
      problem('network-not-found', `${place.site.name} has no network "${wanted}" for this project.`, {
        field,
        remedy: 'Choose one of the networks offered, or none to have one made.',
      }),
    );
    return null;
  }
  const isPublic = needsPublic(group, all);
  if (isPublic && !place.site.features.floatingIps) {
    const direct = place.facts.networks.find((network) => network.external && network.shared);
    if (direct) return existing(direct, undefined, []);
  }
  if (isPublic && (!external || !place.site.features.floatingIps))
    draft.problems.push(
      problem(
        'network-not-found',
        `${place.site.name} offers this project no network with public addresses, which ${template.label} needs.`,
        {
          field: `placement.${template.name}.site`,
          remedy: 'Choose another site, or ask its operators for access to an external network.',
        },
      ),
    );
  return ownNetwork(draft, group, external, otherPools);
}

/** The networks that give public addresses: those whose name says so come first. */
function externalNetworks(place: Pick<SiteProject, 'facts'>): SiteNetwork[] {
  const external = place.facts.networks.filter((network) => network.external && mayHaveIpv4(network));
  const named = ({ name }: SiteNetwork) => /public|external|floating/i.test(name);
  return external.toSorted((a, b) => Number(named(b)) - Number(named(a)));
}

/** The networks from which public addresses come: the one that was chosen, or all. One that is not there is a problem. */
function poolsOf(draft: Draft, { place, placement, template }: DecidedGroup): SiteNetwork[] | null {
  const all = externalNetworks(place);
  if (placement.pool === undefined) return all;
  const chosen = all.find(({ id, name }) => id === placement.pool || name === placement.pool);
  if (chosen) return [chosen];
  draft.problems.push(
    problem('network-not-found', `${place.site.name} has no pool of public addresses "${placement.pool}" for this project.`, {
      field: `placement.${template.name}.pool`,
      remedy: 'Choose one of the pools offered, or none to have one chosen.',
    }),
  );
  return null;
}

/** The router by which a network of one's own leads out, where one that is there was chosen. One that is not there is a problem. */
function routerOf(draft: Draft, { place, placement, template }: DecidedGroup): SiteRouter | undefined {
  if (placement.router === undefined) return undefined;
  const chosen = place.facts.routers?.find(({ id, name }) => id === placement.router || name === placement.router);
  if (!chosen)
    draft.problems.push(
      problem('network-not-found', `${place.site.name} has no router "${placement.router}" for this project that leads out.`, {
        field: `placement.${template.name}.router`,
        remedy: 'Choose one of the routers offered, or none to have one made.',
      }),
    );
  return chosen;
}

const needsPublic = ({ place }: DecidedGroup, all: DecidedGroup[]): boolean => all.some((other) => other.place === place && other.public);

interface Outside {
  external: SiteNetwork | undefined;
  otherPools: string[];
  needsPublic: boolean;
  field: string;
}

/** Puts a group on a network that is there. What is known to stand against it is a problem. */
function joined(draft: Draft, { place, bareMetal, image, placement }: DecidedGroup, network: SiteNetwork, outside: Outside): Wiring {
  const against = whyUnusable(place, network, outside);
  if (against) draft.problems.push(against);
  const wiring = existing(network, outside.external, outside.otherPools, placement.pool !== undefined);
  const said = noSecurityGroups(place, network, image, outside.field);
  const isNew = !draft.problems.some(({ detail }) => detail === said.detail);
  if (!wiring.portSecurity && !bareMetal && place.site.features.securityGroups && isNew) draft.problems.push(said);
  return wiring;
}

function existing(network: SiteNetwork, external: SiteNetwork | undefined, otherPools: string[], chosen = false): Wiring {
  // whoever names a pool knows of a router that is not seen here
  const [led] = chosen && external ? [external.id] : (network.leadsTo ?? []);
  return {
    network: { id: network.id },
    inside: network.subnets.map(({ cidr }) => cidr).filter((cidr) => parseCidr(cidr) !== undefined || isIpv6Range(cidr)),
    twoStacks: network.subnets.some(({ cidr }) => isIpv6Range(cidr)),
    externalNetworkId: network.external ? undefined : (led ?? external?.id),
    // which of them its router leads to can't be seen, only tried
    ...(!network.external && led === undefined && otherPools.length > 0 && { otherPools }),
    direct: network.external,
    portSecurity: network.portSecurity !== false,
  };
}

/** The range that this deployment's network has at the site since it was made. */
function standingRange({ input: { standing } }: Draft, { site }: SiteProject, suffix: string): Range | undefined {
  const subnet = standing?.resources.find((resource) => resource.key === `subnet${suffix}` && resource.site === site.id);
  return subnet?.spec.kind === 'subnet' ? parseCidr(subnet.spec.cidr) : undefined;
}

function freeRange({ input: { seed } }: Draft, { facts, index }: SiteProject): Range {
  const taken = facts.networks.flatMap(({ subnets }) => subnets.flatMap(({ cidr }) => parseCidr(cidr) ?? []));
  return chooseCidr(seed, index, taken);
}

function ownNetwork(draft: Draft, group: DecidedGroup, external: SiteNetwork | undefined, otherPools: string[]): Wiring {
  const { place, placement } = group;
  const suffix = siteSuffix(draft, place);
  const range = standingRange(draft, place, suffix) ?? freeRange(draft, place);
  const cidr = formatCidr(range);
  const network = addResource(
    draft,
    place,
    `network${suffix}`,
    { kind: 'network' },
    { summary: `Network for this deployment at ${place.site.name}` },
  );
  const subnet = addResource(
    draft,
    place,
    `subnet${suffix}`,
    { kind: 'subnet', network, cidr, dnsServers: placement.nameServers ?? [] },
    { dependsOn: [network], summary: `Addresses ${cidr}` },
  );
  const own: Wiring = { network: { key: network }, subnet, inside: [cidr], range, twoStacks: false, direct: false, portSecurity: true };
  const there = routerOf(draft, group);
  if (there) {
    const held = addResource(
      draft,
      place,
      `router${suffix}`,
      { kind: 'router', externalNetworkId: there.leadsTo, subnet, held: there.id },
      { dependsOn: [subnet], summary: `Router ${there.name}, which is there already` },
    );
    return { ...own, router: held, externalNetworkId: there.leadsTo };
  }
  if (!external) return own;
  const router = addResource(
    draft,
    place,
    `router${suffix}`,
    { kind: 'router', externalNetworkId: external.id, ...(otherPools.length > 0 && { otherPools }), subnet },
    { dependsOn: [subnet], summary: `Router to ${external.name}` },
  );
  return { ...own, router, externalNetworkId: external.id };
}
