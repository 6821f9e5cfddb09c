import type { Diagnostics } from '@/lib/tosca/cursor';
import type { Expression } from '@/lib/tosca/expression';
import type { NodeTemplate, ServiceTemplate } from '@/lib/tosca/template';

/** What of a machine a deployment heeds, by capability; the rest is said to do nothing. */
const heeded: Record<string, ReadonlySet<string>> = {
  host: new Set(['num_cpus', 'mem_size', 'disk_size', 'num_gpus', 'instance_type']),
  os: new Set(['type', 'architecture', 'distribution', 'version']),
  scalable: new Set(['count', 'default_instances', 'min_instances', 'max_instances']),
  endpoint: new Set(['network_name', 'ports', 'port', 'protocol', 'open_ports', 'open_cidr', 'dns_name']),
};
const ofMachines = new Set(['hostname']);
const ofNetworks = new Set(['network_type']);

/** Why it is so, where there is more to say than that it does nothing. */
const reasons: Record<string, string> = {
  gpu_vendor: 'a flavor with that many graphics processors is taken, of any make.',
  gpu_model: 'a flavor with that many graphics processors is taken, of any model.',
  additional_dns_names: 'no name is registered; the machine has its address, and names such as <address>.nip.io lead to it.',
  private_ip: 'every machine has a private address.',
  image: 'the image is chosen with the site.',
  proxy_host: 'machines without a public address are reached by way of one that has one.',
  tls: 'no certificate is made.',
  preemtible_instance: 'machines that may be taken away are not asked for.',
};

/**
 * Says of all that a template asks for and no deployment honours that it does nothing, so that nothing is left out in silence. Values that
 * ask for nothing (empty, no) are passed over.
 */
export function noteUnheeded(
  template: ServiceTemplate,
  groups: ReadonlySet<string>,
  software: ReadonlySet<string>,
  diagnostics: Diagnostics,
): void {
  const note = (at: Expression['at'], what: string, name: string) =>
    diagnostics.warn(at, `${what} does nothing here: ${reasons[name] ?? 'it is not supported.'}`);
  const { types } = template;
  for (const node of template.nodes.values()) {
    const isMachine = groups.has(node.name);
    if (isMachine) {
      for (const [capability, properties] of node.capabilities)
        for (const [name, value] of properties)
          if (heeded[capability]?.has(name) === false && asks(name, value)) note(value.at, `${node.name}.${capability}.${name}`, name);
      for (const [name, value] of node.properties)
        if (!ofMachines.has(name) && asks(name, value)) note(value.at, `${node.name}.${name}`, name);
    } else if (types.isA(node.type, 'tosca.nodes.network.Network')) {
      for (const [name, value] of node.properties)
        if (!ofNetworks.has(name) && asks(name, value)) note(value.at, `${node.name}.${name}`, name);
    } else if (!software.has(node.name) && !isPart(node, template))
      diagnostics.warn(node.at, `${node.name} does nothing here: a deployment makes no ${node.type}.`);
  }
}

// Disks, ports of machines, and what a step of another node is told of.
function isPart(node: NodeTemplate, { nodes, types }: ServiceTemplate): boolean {
  if (['tosca.nodes.BlockStorage', 'tosca.nodes.network.Port'].some((type) => types.isA(node.type, type))) return true;
  return [...nodes.values()].some(({ requirements }) => requirements.some((requirement) => requirement.node === node.name));
}

// What a person is asked for is always said: the question would else seem to do something.
function asks(name: string, value: Expression): boolean {
  if (value.kind === 'list') return value.items.some((item) => asks(name, item));
  if (value.kind === 'map') return [...value.entries.values()].some((entry) => asks(name, entry));
  // every machine has a private address, so that only one without asks for something else
  return value.kind === 'literal' ? (name === 'private_ip' ? value.value === false : isSaid(value.value)) : true;
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false;
}
