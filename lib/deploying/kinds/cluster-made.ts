import type { CloudFloatingIp, CloudLoadBalancer, CloudPort, CloudVolume } from '@/lib/openstack/types';

/** What of a deployment stands, by the ids that its site gave it. */
export interface Own {
  deployment: string;
  /** of servers, and of subnets and networks that were made for it: their keys */
  servers: ReadonlyMap<string, string>;
  subnets: ReadonlyMap<string, string>;
  networks: ReadonlyMap<string, string>;
  /** all that its ledger has */
  ids: ReadonlySet<string>;
}

/** What a project lists. */
export interface Surroundings {
  loadBalancers: readonly CloudLoadBalancer[];
  floatingIps: readonly CloudFloatingIp[];
  volumes: readonly CloudVolume[];
  ports: readonly CloudPort[];
}

/** What the cluster of a deployment has surely made itself. */
export type Made =
  | { kind: 'loadBalancer'; id: string; name: string; subnet: string }
  | { kind: 'floatingIp'; id: string; name: string; address: string; loadBalancer: string }
  | { kind: 'volume'; id: string; name: string; claim: string; sizeGiB: number; servers: string[] };

/** What is at something of a deployment, and stays: nothing says that it is of it, or people's data is not to go. */
export interface Left {
  kind: Made['kind'] | 'port';
  id: string;
  name: string;
  /** `unknown`: nobody says whose it is; `shared`: others have it too; `loose`: of some cluster, and attached to nothing; `kept`: it was not asked to go */
  why: 'unknown' | 'shared' | 'loose' | 'kept';
  /** key of what it is at; of one that is loose, nothing */
  at: string;
}

export interface Judged {
  made: Made[];
  left: Left[];
}

// https://github.com/kubernetes/cloud-provider-openstack, pkg/openstack/loadbalancer.go and pkg/ingress/controller/controller.go: `<prefix><cluster>_<namespace>_<name>`
const balancers = /^kube_(service|ingress)_./;
const address = /^Floating IP for Kubernetes (external service|ingress) .* (in|from) cluster /;
// ports that Neutron and Octavia have made for what they do there go with that
const served = /^(network:|octavia)/i;

/**
 * What of all that a project lists the cluster of a deployment has surely made, and what is at it and stays. A load balancer is: of the name that Kubernetes gives one, on
 * a subnet that was made for the deployment. A floating IP: of such a one, in the words of who makes these. A volume: made for a claim, and attached to servers
 * of the deployment alone; or of a cluster that is called as the deployment is. Pure.
 */
export function judge(own: Own, seen: Surroundings): Judged {
  const balancing = seen.loadBalancers.flatMap((it) => {
    const subnet = own.subnets.get(it.subnetId);
    return subnet === undefined || own.ids.has(it.id) ? [] : [{ it, subnet, made: balancers.test(it.name) }];
  });
  const judged: Judged[] = [
    ...balancing.map(({ it: { id, name }, subnet, made }) => split('loadBalancer', { id, name }, made && { subnet }, subnet)),
    ...seen.floatingIps.map((it) => judgeAddress(it, balancing, own)),
    judgeVolumes(seen.volumes, own),
    { made: [], left: seen.ports.flatMap((it) => portLeft(it, seen, own)) },
  ];
  return { made: judged.flatMap(({ made }) => made), left: judged.flatMap(({ left }) => left) };
}

type Balancing = { it: CloudLoadBalancer; made: boolean }[];

function split(kind: 'loadBalancer', thing: { id: string; name: string }, made: false | { subnet: string }, at: string): Judged {
  return made ? { made: [{ kind, ...thing, ...made }], left: [] } : { made: [], left: [{ kind, ...thing, why: 'unknown', at }] };
}

function judgeAddress(ip: CloudFloatingIp, balancing: Balancing, own: Own): Judged {
  const balancer = balancing.find(({ it, made }) => made && it.portId !== '' && it.portId === ip.portId)?.it;
  if (!balancer || own.ids.has(ip.id)) return { made: [], left: [] };
  const made = address.test(ip.description) && isOfNobodyElse(ip, own);
  return made
    ? { made: [{ kind: 'floatingIp', id: ip.id, name: ip.address, address: ip.address, loadBalancer: balancer.id }], left: [] }
    : { made: [], left: [{ kind: 'floatingIp', id: ip.id, name: ip.address, why: 'unknown', at: balancer.name }] };
}

function judgeVolumes(volumes: readonly CloudVolume[], own: Own): Judged {
  const judged: Judged = { made: [], left: [] };
  for (const volume of volumes) {
    if (own.ids.has(volume.id) || !isOfNobodyElse(volume, own)) continue;
    const { id, name, sizeGiB, claim } = volume;
    const servers = volume.attachments.flatMap(({ serverId }) => own.servers.get(serverId) ?? []);
    const alone = servers.length === volume.attachments.length;
    const at = servers[0] ?? '';
    if (claim && alone && (at !== '' || claim.cluster === own.deployment)) {
      judged.made.push({ kind: 'volume', id, name, claim: claim.name ?? name, sizeGiB, servers });
    }
    // what a server boots from was made with it, and goes with it
    else if (at !== '' && !(volume.boots && alone)) judged.left.push({ kind: 'volume', id, name, why: alone ? 'unknown' : 'shared', at });
    else if (claim && alone) judged.left.push({ kind: 'volume', id, name, why: 'loose', at });
  }
  // in a project are other people's clusters, too: these say nothing where this one is none
  return judged.made.length > 0 ? judged : { made: [], left: judged.left.filter(({ why }) => why !== 'loose') };
}

// What a network of ours can't go without.
function portLeft(port: CloudPort, { loadBalancers }: Surroundings, own: Own): Left[] {
  const at = own.networks.get(port.networkId);
  const balanced = loadBalancers.some(({ portId }) => portId === port.id) || port.name.startsWith('octavia-lb-');
  if (at === undefined || own.ids.has(port.id) || own.servers.has(port.deviceId) || served.test(port.deviceOwner) || balanced) return [];
  return [{ kind: 'port', id: port.id, name: port.name || port.id, why: 'unknown', at }];
}

const isOfNobodyElse = ({ deployment }: { deployment?: string }, own: Own) => deployment === undefined || deployment === own.deployment;
