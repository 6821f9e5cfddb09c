import type { BlockStorage, CloudVolume, LoadBalancing } from '@/lib/openstack/types';
import { conflict } from './fake-refusals';
import type { Thing } from './fake-things';

type Call = <T>(call: string, effect: () => T) => Promise<T>;

/** Octavia of a fake cloud: a load balancer takes `leaveSeconds` to go, and its port on the subnet goes with it. */
export function fakeBalancing(call: Call, ofKind: (kind: string) => Thing[], leavesAt: () => number): LoadBalancing {
  return {
    loadBalancers: () =>
      call('loadBalancers', () =>
        ofKind('loadBalancer').map(({ id, name, subnetId, portId, leavesAt: leaves }) => ({
          id,
          name,
          status: leaves === undefined ? 'ACTIVE' : 'PENDING_DELETE',
          subnetId: String(subnetId),
          portId: String(portId),
          address: '10.0.0.77',
        })),
      ),
    deleteLoadBalancer: (id) =>
      call('deleteLoadBalancer', () => {
        const balancer = ofKind('loadBalancer').find((one) => one.id === id);
        const port = ofKind('port').find((one) => one.id === balancer?.portId);
        for (const one of [balancer, port]) if (one) one.leavesAt ??= leavesAt();
      }),
  };
}

/** Cinder of a fake cloud. What is attached can't be deleted. */
export function fakeVolumes(
  call: Call,
  ofKind: (kind: string) => Thing[],
  make: (name: string) => Thing,
  things: Map<string, Thing>,
): BlockStorage {
  const shown = (thing: Thing) => volumeOf(thing, (id) => things.has(id));
  const unused = () => Promise.reject(new Error('not part of this fake'));
  return {
    volumes: () => call('volumes', () => ofKind('volume').map(shown)),
    createVolume: ({ name }) => call('createVolume', () => shown(make(name))),
    deleteVolume: (id) =>
      call('deleteVolume', () => {
        const volume = things.get(id);
        if (volume && shown(volume).attachments.length > 0) throw conflict('Volume status must be available');
        things.delete(id);
      }),
    limits: unused,
    volumeTypes: unused,
  };
}

/** A volume as its cloud shows it: attached to the servers that it was planted on, while they are there. */
function volumeOf({ id, name, on, claim }: Thing, isThere: (id: string) => boolean): CloudVolume {
  const attachments = (Array.isArray(on) ? on.map(String) : []).filter(isThere).map((serverId) => ({ serverId }));
  const status = attachments.length > 0 ? 'in-use' : 'available';
  return { id, name, status, sizeGiB: 1, attachments, ...(claim !== undefined && { claim: claim as CloudVolume['claim'] }) }; // as a test has planted it
}
