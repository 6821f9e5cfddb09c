import type { PropertyDefinition, TypeDefinition } from './types';

const optional = (type: string, entry?: string): PropertyDefinition => ({
  schema: { type, constraints: [], ...(entry && { entry: { type: entry, constraints: [] } }) },
  required: false,
});
const needed = (type: string): PropertyDefinition => ({ ...optional(type), required: true });

interface Parts {
  properties?: Record<string, PropertyDefinition>;
  capabilities?: Record<string, string>;
  requirements?: string[];
  attributes?: string[];
}

const define = (name: string, derivedFrom?: string, parts: Parts = {}): TypeDefinition => ({
  name,
  derivedFrom,
  properties: new Map(Object.entries(parts.properties ?? {})),
  capabilities: new Map(Object.entries(parts.capabilities ?? {})),
  requirements: new Set(parts.requirements),
  attributes: new Set(parts.attributes),
  interfaces: [],
  artifacts: new Map(),
});

const capability = (name: string, from: string, properties: Record<string, PropertyDefinition> = {}) =>
  define(`tosca.capabilities.${name}`, `tosca.capabilities.${from}`, { properties });

const machine = {
  num_cpus: optional('integer'),
  // not of the standard: the name of a flavor, which templates of the Infrastructure Manager give
  instance_type: optional('string'),
  cpu_frequency: optional('scalar-unit.frequency'),
  disk_size: optional('scalar-unit.size'),
  mem_size: optional('scalar-unit.size'),
};

/**
 * The types of the standard that recipes for clusters meet (TOSCA Simple Profile 1.3, chapter 5), with the properties
 * of the standard.
 */
export const normativeTypes: readonly TypeDefinition[] = [
  define('tosca.entity.Root'),
  define('tosca.datatypes.Root', 'tosca.entity.Root'),
  define('tosca.datatypes.Credential', 'tosca.datatypes.Root'),
  define('tosca.datatypes.network.PortSpec', 'tosca.datatypes.Root', {
    properties: {
      protocol: optional('string'),
      source: optional('integer'),
      source_range: optional('range'),
      target: optional('integer'),
      target_range: optional('range'),
    },
  }),
  define('tosca.artifacts.Root', 'tosca.entity.Root'),
  define('tosca.artifacts.Implementation', 'tosca.artifacts.Root'),
  define('tosca.artifacts.Implementation.Bash', 'tosca.artifacts.Implementation'),
  define('tosca.artifacts.Implementation.Python', 'tosca.artifacts.Implementation'),
  define('tosca.artifacts.File', 'tosca.artifacts.Root'),
  define('tosca.artifacts.Deployment', 'tosca.artifacts.Root'),
  define('tosca.artifacts.Deployment.Image', 'tosca.artifacts.Deployment'),
  define('tosca.interfaces.Root', 'tosca.entity.Root'),
  define('tosca.interfaces.node.lifecycle.Standard', 'tosca.interfaces.Root'),

  define('tosca.capabilities.Root', 'tosca.entity.Root'),
  capability('Node', 'Root'),
  capability('Container', 'Root', machine),
  capability('Compute', 'Container', { name: optional('string'), ...machine }),
  capability('Attachment', 'Root'),
  capability('OperatingSystem', 'Root', {
    architecture: optional('string'),
    type: optional('string'),
    distribution: optional('string'),
    version: optional('version'),
  }),
  capability('Scalable', 'Root', {
    min_instances: optional('integer'),
    max_instances: optional('integer'),
    default_instances: optional('integer'),
  }),
  capability('Endpoint', 'Root', {
    protocol: optional('string'),
    port: optional('integer'),
    secure: optional('boolean'),
    url_path: optional('string'),
    port_name: optional('string'),
    network_name: optional('string'),
    initiator: optional('string'),
    ports: optional('map', 'tosca.datatypes.network.PortSpec'),
  }),
  capability('Endpoint.Public', 'Endpoint'),
  capability('Endpoint.Admin', 'Endpoint'),
  capability('Endpoint.Database', 'Endpoint'),
  capability('network.Bindable', 'Node'),
  capability('network.Linkable', 'Node'),
  capability('Storage', 'Root', { name: optional('string') }),

  define('tosca.relationships.Root', 'tosca.entity.Root'),
  define('tosca.relationships.DependsOn', 'tosca.relationships.Root'),
  define('tosca.relationships.HostedOn', 'tosca.relationships.Root'),
  define('tosca.relationships.ConnectsTo', 'tosca.relationships.Root'),
  define('tosca.relationships.RoutesTo', 'tosca.relationships.ConnectsTo'),
  define('tosca.relationships.network.LinksTo', 'tosca.relationships.DependsOn'),
  define('tosca.relationships.network.BindsTo', 'tosca.relationships.DependsOn'),
  define('tosca.relationships.AttachesTo', 'tosca.relationships.Root', {
    properties: { location: needed('string'), device: optional('string') },
  }),

  define('tosca.nodes.Root', 'tosca.entity.Root', {
    capabilities: { feature: 'tosca.capabilities.Node' },
    requirements: ['dependency'],
    attributes: ['tosca_id', 'tosca_name', 'state'],
  }),
  define('tosca.nodes.Compute', 'tosca.nodes.Root', {
    capabilities: {
      host: 'tosca.capabilities.Compute',
      os: 'tosca.capabilities.OperatingSystem',
      endpoint: 'tosca.capabilities.Endpoint.Admin',
      scalable: 'tosca.capabilities.Scalable',
      binding: 'tosca.capabilities.network.Bindable',
    },
    requirements: ['local_storage'],
    attributes: ['private_address', 'public_address', 'networks', 'ports'],
  }),
  define('tosca.nodes.SoftwareComponent', 'tosca.nodes.Root', {
    properties: { component_version: optional('version'), admin_credential: optional('tosca.datatypes.Credential') },
    requirements: ['host'],
  }),
  define('tosca.nodes.BlockStorage', 'tosca.nodes.Root', {
    properties: { size: optional('scalar-unit.size'), volume_id: optional('string'), snapshot_id: optional('string') },
    capabilities: { attachment: 'tosca.capabilities.Attachment' },
  }),
  define('tosca.nodes.WebServer', 'tosca.nodes.SoftwareComponent', {
    capabilities: {
      data_endpoint: 'tosca.capabilities.Endpoint',
      admin_endpoint: 'tosca.capabilities.Endpoint.Admin',
      host: 'tosca.capabilities.Container',
    },
  }),
  define('tosca.nodes.WebApplication', 'tosca.nodes.SoftwareComponent', {
    properties: { context_root: optional('string') },
    capabilities: { app_endpoint: 'tosca.capabilities.Endpoint' },
  }),
  define('tosca.nodes.DBMS', 'tosca.nodes.SoftwareComponent', {
    properties: { root_password: optional('string'), port: optional('integer') },
    capabilities: { host: 'tosca.capabilities.Container' },
  }),
  define('tosca.nodes.Database', 'tosca.nodes.Root', {
    properties: { name: optional('string'), port: optional('integer'), user: optional('string'), password: optional('string') },
    capabilities: { database_endpoint: 'tosca.capabilities.Endpoint.Database' },
    requirements: ['host'],
  }),
  define('tosca.nodes.ObjectStorage', 'tosca.nodes.Root', {
    properties: { name: optional('string'), size: optional('scalar-unit.size'), maxsize: optional('scalar-unit.size') },
    capabilities: { storage_endpoint: 'tosca.capabilities.Endpoint' },
  }),
  define('tosca.nodes.Container.Runtime', 'tosca.nodes.SoftwareComponent', {
    capabilities: { host: 'tosca.capabilities.Container', scalable: 'tosca.capabilities.Scalable' },
  }),
  define('tosca.nodes.Container.Application', 'tosca.nodes.Root', { requirements: ['host', 'storage', 'network'] }),
  define('tosca.nodes.LoadBalancer', 'tosca.nodes.Root', {
    properties: { algorithm: optional('string') },
    capabilities: { client: 'tosca.capabilities.Endpoint.Public' },
    requirements: ['application'],
  }),
  define('tosca.nodes.network.Network', 'tosca.nodes.Root', {
    properties: {
      ip_version: optional('integer'),
      cidr: optional('string'),
      start_ip: optional('string'),
      end_ip: optional('string'),
      gateway_ip: optional('string'),
      network_name: optional('string'),
      network_id: optional('string'),
      segmentation_id: optional('string'),
      network_type: optional('string'),
      physical_network: optional('string'),
      dhcp_enabled: optional('boolean'),
    },
    capabilities: { link: 'tosca.capabilities.network.Linkable' },
  }),
  define('tosca.nodes.network.Port', 'tosca.nodes.Root', {
    properties: {
      ip_address: optional('string'),
      order: optional('integer'),
      is_default: optional('boolean'),
      ip_range_start: optional('string'),
      ip_range_end: optional('string'),
    },
    requirements: ['link', 'binding'],
    attributes: ['ip_address'],
  }),

  define('tosca.policies.Root', 'tosca.entity.Root'),
  define('tosca.policies.Placement', 'tosca.policies.Root'),
  // the Infrastructure Manager's, whose templates bring no definition of it
  define('tosca.policies.indigo.Placement', 'tosca.policies.Placement'),
];
