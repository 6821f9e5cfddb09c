import { z } from 'zod';
import { familyOf } from '@/lib/core/ip-address';
import { ipAddress } from '../ip-address';
import type { CloudFloatingIp, CloudNetwork, CloudPort, CloudRouter, CloudSecurityGroup, CloudSubnet } from '../types';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** What stands before a deployment's id in a tag, or in a description. */
export const ours = 'transat:deployment=';
// the extension `standard-attr-tag` is not everywhere
const anyTags = z.array(z.string()).nullish();
const tags = anyTags.transform((all) => all?.find((tag) => tag.startsWith(ours))?.slice(ours.length));
const inDescription = (description: string) =>
  description
    .split(' ')
    .find((word) => word.startsWith(ours))
    ?.slice(ours.length);
const owner = (deployment: string | undefined) => (deployment === undefined ? {} : { deployment });

export const network = z
  .object({
    id: z.string(),
    name: text,
    status: text,
    description: text,
    'router:external': z.boolean().default(false),
    shared: z.boolean().default(false),
    port_security_enabled: z.boolean().nullish(),
    subnets: z.array(z.string()).default([]),
    tags,
  })
  .transform(
    ({ 'router:external': external, port_security_enabled: portSecurity, subnets, tags: deployment, ...rest }): CloudNetwork => ({
      ...rest,
      ...owner(deployment),
      external,
      ...(typeof portSecurity === 'boolean' && { portSecurity }),
      subnetIds: subnets,
    }),
  );

export const subnet = z
  .object({ id: z.string(), name: text, network_id: z.string(), cidr: z.string(), gateway_ip: z.string().nullish(), tags })
  .transform(
    (raw): CloudSubnet => ({
      id: raw.id,
      name: raw.name,
      networkId: raw.network_id,
      cidr: raw.cidr,
      gateway: raw.gateway_ip ?? null,
      ...owner(raw.tags),
    }),
  );

export const router = z
  .object({
    id: z.string(),
    name: text,
    status: text,
    external_gateway_info: z
      .object({ network_id: z.string(), external_fixed_ips: z.array(z.object({ ip_address: ipAddress })).nullish() })
      .nullish(),
    tags,
  })
  .transform(
    (raw): CloudRouter => ({
      ...owner(raw.tags),
      id: raw.id,
      name: raw.name,
      status: raw.status,
      externalNetworkId: raw.external_gateway_info?.network_id ?? null,
      // of two stacks there is one of each: rules and recipes are of IPv4
      gateway: raw.external_gateway_info?.external_fixed_ips?.find((ip) => familyOf(ip.ip_address) === 4)?.ip_address,
    }),
  );

export const port = z
  .object({
    id: z.string(),
    name: text,
    description: text,
    status: text,
    network_id: z.string(),
    device_id: text,
    device_owner: text,
    fixed_ips: z.array(z.object({ subnet_id: z.string(), ip_address: ipAddress })).default([]),
    tags,
  })
  .transform(
    (raw): CloudPort => ({
      ...owner(raw.tags ?? inDescription(raw.description)),
      id: raw.id,
      name: raw.name,
      status: raw.status,
      networkId: raw.network_id,
      deviceId: raw.device_id,
      deviceOwner: raw.device_owner,
      fixedIps: raw.fixed_ips.map(({ subnet_id, ip_address }) => ({ subnetId: subnet_id, address: ip_address })),
    }),
  );

// IANA's numbers, which a rule may be made and shown with; each family has an ICMP of its own, and a rule's range says which it is of
const protocols: Record<string, string> = {
  1: 'icmp',
  58: 'icmp',
  'ipv6-icmp': 'icmp',
  icmpv6: 'icmp',
  6: 'tcp',
  17: 'udp',
  any: '',
  0: '',
};
const protocolOf = (said: string | null | undefined): string | null =>
  said ? (protocols[said.toLowerCase()] ?? said.toLowerCase()) || null : null;

const rule = z
  .object({
    id: z.string(),
    direction: z.string(),
    protocol: z.union([z.string(), z.number().transform(String)]).nullish(),
    port_range_min: z.number().nullish(),
    port_range_max: z.number().nullish(),
    ethertype: z.string().nullish(),
    remote_ip_prefix: z.string().nullish(),
    remote_group_id: z.string().nullish(),
    description: text,
  })
  .transform((raw) => ({
    id: raw.id,
    direction: raw.direction,
    protocol: protocolOf(raw.protocol),
    fromPort: raw.port_range_min ?? null,
    toPort: raw.port_range_max ?? null,
    // some leave out the range of everywhere, and only then the family says which it is
    cidr: raw.remote_ip_prefix ?? (raw.ethertype === 'IPv6' && !raw.remote_group_id ? '::/0' : null),
    remoteGroupId: raw.remote_group_id ?? null,
    description: raw.description,
  }));

export const securityGroup = z
  .object({ id: z.string(), name: text, security_group_rules: z.array(rule).default([]), tags })
  .transform((raw): CloudSecurityGroup => ({ id: raw.id, name: raw.name, rules: raw.security_group_rules, ...owner(raw.tags) }));

export const floatingIp = z
  .object({ id: z.string(), description: text, floating_ip_address: ipAddress, status: text, port_id: z.string().nullish(), tags: anyTags })
  .transform(
    (raw): CloudFloatingIp => ({
      ...owner(tags.parse(raw.tags)),
      id: raw.id,
      description: raw.description,
      address: raw.floating_ip_address,
      status: raw.status,
      portId: raw.port_id ?? null,
      ...reservedBy(raw.tags),
    }),
  );

/** The reservation of a lease that gave a thing: Blazar tags it so. */
function reservedBy(all: readonly string[] | null | undefined): { reservation?: string } {
  const reservation = all?.find((tag) => tag.startsWith('reservation:'))?.slice('reservation:'.length);
  return reservation === undefined ? {} : { reservation };
}

const counted = z.object({ limit: z.number(), used: z.number(), reserved: z.number().default(0) });
const quotasOf = <T extends z.ZodType>(each: T) =>
  z.object({
    quota: z.object({
      network: each,
      subnet: each.optional(),
      router: each,
      port: each,
      floatingip: each,
      security_group: each,
      security_group_rule: each.optional(),
    }),
  });
export const quotaDetails = quotasOf(counted);
export const plainQuotas = quotasOf(z.number());

/** What Neutron answers when a router got an interface: the port that stands there now. */
export const routerInterface = z.object({ port_id: z.string() });
export const addedRule = z.object({ security_group_rule: z.object({ id: z.string() }) });

export const extensions = z.object({ extensions: z.array(z.object({ alias: z.string() })) });
