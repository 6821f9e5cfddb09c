import type { PlannedNode, PlannedResource, ResourceSpec } from '../types';

/** Gives the key that takes the place of another. */
export type Name = (key: string) => string;

/** A resource under another key, with all that it names under theirs. Pure. */
export function renamed(resource: PlannedResource, name: Name): PlannedResource {
  const { key, dependsOn, spec } = resource;
  return { ...resource, key: name(key), dependsOn: dependsOn.map(name), spec: renamedSpec(spec, name) };
}

/** The same of a node. Pure. */
export function renamedNode(node: PlannedNode, name: Name): PlannedNode {
  const { server, port, floatingIp, outgoing, mounts } = node;
  return {
    ...node,
    server: name(server),
    port: name(port),
    ...(floatingIp !== undefined && { floatingIp: name(floatingIp) }),
    ...(outgoing !== undefined && { outgoing: name(outgoing) }),
    mounts: mounts.map(({ volume, path }) => ({ volume: name(volume), path })),
  };
}

function renamedSpec(spec: ResourceSpec, name: Name): ResourceSpec {
  switch (spec.kind) {
    case 'subnet':
      return { ...spec, network: name(spec.network) };
    case 'router':
      return { ...spec, subnet: name(spec.subnet) };
    case 'securityRule':
      return { ...spec, securityGroup: name(spec.securityGroup), from: name(spec.from) };
    case 'port':
      return {
        ...spec,
        network: 'key' in spec.network ? { key: name(spec.network.key) } : spec.network,
        ...(spec.subnet !== undefined && { subnet: name(spec.subnet) }),
        securityGroups: spec.securityGroups.map(name),
      };
    case 'floatingIp':
      return { ...spec, port: name(spec.port), ...(spec.router !== undefined && { router: name(spec.router) }) };
    case 'server':
      return {
        ...spec,
        ports: spec.ports.map(name),
        volumes: spec.volumes.map(name),
        keyPair: name(spec.keyPair),
        ...(spec.lease !== undefined && { lease: name(spec.lease) }),
      };
    default:
      return spec;
  }
}
