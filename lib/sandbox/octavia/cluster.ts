import { randomUUID } from 'node:crypto';
import type { World } from '../cloud/world';
import { addPort, allNetworks, allSubnets, freeAddress } from '../neutron/net';
import type { LoadBalancerRecord } from '../state/load-balancers';
import type { SubnetRecord } from '../state/records';

/** Puts a load balancer on a subnet, with its port. */
export function addBalancer(
  world: World,
  subnet: SubnetRecord,
  given: Pick<LoadBalancerRecord, 'name' | 'description' | 'projectId' | 'status'>,
): LoadBalancerRecord | undefined {
  const network = allNetworks(world).find(({ id }) => id === subnet.networkId);
  if (!network) return undefined;
  const id = randomUUID();
  const fixed = { subnetId: subnet.id, address: freeAddress(world, subnet) };
  const wanted = { name: `octavia-lb-${id}`, deviceId: `lb-${id}`, deviceOwner: 'Octavia', fixedIps: [fixed] };
  const port = addPort(world, given.projectId, network, wanted);
  const balancer = { id, ...given, ...fixed, portId: port.id, createdAt: world.now() };
  world.state.loadBalancers.push(balancer);
  world.changed();
  return balancer;
}

/**
 * Does what a Kubernetes on the machines of a deployment does by itself: a load balancer for a service, and a volume for a claim on one of its machines.
 * @param prefix with which the names of all that is the deployment's begin
 * @returns false where no subnet and machine are called so
 */
export function workAsCluster(world: World, prefix: string): boolean {
  const subnet = allSubnets(world).find(({ name }) => name.startsWith(prefix));
  const server = world.state.servers.find(({ name }) => name.startsWith(prefix));
  if (!subnet || !server) return false;
  const { projectId, userId } = server;
  const name = 'kube_service_kubernetes_default_web';
  addBalancer(world, subnet, {
    name,
    description: 'Kubernetes external service default/web from cluster kubernetes',
    projectId,
    status: 'ACTIVE',
  });
  const now = world.now();
  const id = randomUUID();
  const device = '/dev/vdk';
  world.state.volumes.push({
    id,
    name: `pvc-${randomUUID()}`,
    description: 'Created by OpenStack Cinder CSI driver',
    projectId,
    userId,
    sizeGiB: 1,
    type: world.definition.volumeTypes[0] ?? '',
    zone: 'nova',
    status: 'in-use',
    metadata: {
      'cinder.csi.openstack.org/cluster': 'kubernetes',
      'csi.storage.k8s.io/pvc/name': 'data',
      'csi.storage.k8s.io/pvc/namespace': 'shop',
    },
    attachment: { id: randomUUID(), serverId: server.id, device, at: now },
    createdAt: now,
    updatedAt: now,
  });
  server.volumes.push({ id, device, deleteOnTermination: false });
  world.changed();
  return true;
}
