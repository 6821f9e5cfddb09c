import type { Cloud, CloudNetwork, CloudRouter, CloudSubnet } from '@/lib/openstack/types';
import type { SiteFacts, SiteNetwork, SiteRouter } from './types';

type Options = { signal: AbortSignal };

/** The networks that a project sees, with their subnets, and where the routers of its own lead; these only where it has networks of its own. */
export async function readNetworks({ network }: Cloud, options: Options): Promise<Pick<SiteFacts, 'networks' | 'routers'>> {
  const [networks, subnets] = await Promise.all([network.networks({}, options), network.subnets(options)]);
  const ways = networks.some(isOwn) ? await waysOut(network, options) : undefined;
  return {
    networks: networks.map((each) => readNetwork(each, subnets, ways?.leadsTo)),
    ...(ways && { routers: ways.routers }),
  };
}

function readNetwork(network: CloudNetwork, subnets: readonly CloudSubnet[], ways: Map<string, string[]> | undefined): SiteNetwork {
  const { id, name, external, shared, portSecurity } = network;
  return {
    id,
    name,
    external,
    shared,
    ...(portSecurity !== undefined && { portSecurity }),
    ...(ways && isOwn(network) && { leadsTo: ways.get(id) ?? [] }),
    subnets: subnets
      .filter(({ networkId }) => networkId === id)
      .map((subnet) => ({ id: subnet.id, cidr: subnet.cidr, gateway: subnet.gateway ?? undefined })),
  };
}

// What is shared has a router of whoever shares it, which other projects don't see.
const isOwn = ({ external, shared }: CloudNetwork): boolean => !external && !shared;

interface WaysOut {
  /** ids of external networks that one comes to from each network */
  leadsTo: Map<string, string[]>;
  routers: SiteRouter[];
}

/** Where the routers of the project lead; undefined where those can't be read. */
async function waysOut(network: Cloud['network'], options: Options): Promise<WaysOut | undefined> {
  try {
    const routers = await network.routers(options);
    const legs = await Promise.all(routers.map(async (router) => legsOf(router, await network.ports({ deviceId: router.id }, options))));
    const ways = new Map<string, string[]>();
    for (const [inside, outside] of legs.flat()) ways.set(inside, [...new Set([...(ways.get(inside) ?? []), outside])]);
    const out = routers.flatMap(({ id, name, externalNetworkId }) =>
      externalNetworkId === null ? [] : [{ id, name, leadsTo: externalNetworkId }],
    );
    return { leadsTo: ways, routers: out };
  } catch {
    return undefined; // the networks are good without, and a way that does not exist is then found when it is gone
  }
}

function legsOf({ externalNetworkId: outside }: CloudRouter, ports: readonly { networkId: string }[]): [inside: string, outside: string][] {
  return outside === null ? [] : ports.filter(({ networkId }) => networkId !== outside).map(({ networkId }) => [networkId, outside]);
}
