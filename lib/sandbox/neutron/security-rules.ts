import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { zulu } from '../cloud/times';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { RuleRecord } from '../state/records';
import { parseCidr, toText } from './addresses';
import { bodyOf, type Neutron } from './context';
import { neutronError, notFound } from './errors';
import { listing } from './listing';
import { checkQuota } from './net';

const port = z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]).nullish();
const newRule = z.object({
  security_group_rule: z.strictObject({
    security_group_id: z.string(),
    direction: z.enum(['ingress', 'egress']),
    ethertype: z.enum(['IPv4', 'IPv6']).optional(),
    protocol: z.union([z.string(), z.number().transform(String)]).nullish(),
    port_range_min: port,
    port_range_max: port,
    remote_ip_prefix: z.string().nullish(),
    remote_group_id: z.string().nullish(),
    remote_address_group_id: z.null().optional(),
    description: z.string().max(255).nullish(),
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
type NewRule = z.infer<typeof newRule>['security_group_rule'];

const protocols = new Set(['tcp', 'udp', 'icmp', 'icmpv6', 'ipv6-icmp', 'ah', 'esp', 'gre', 'igmp', 'sctp', 'udplite', 'vrrp', 'any']);

export function securityRuleRoutes({ world, session, url }: Neutron): Route[] {
  const rules = (call: Call) => {
    const { projectId } = session(call);
    return world.state.securityGroups.filter((group) => group.projectId === projectId).flatMap((group) => group.rules);
  };
  const mine = (call: Call): RuleRecord => {
    const rule = rules(call).find((one) => one.id === call.params.id);
    if (!rule) throw notFound('SecurityGroupRuleNotFound', `Security group rule ${call.params.id} does not exist`);
    return rule;
  };
  return [
    route('GET', '/v2.0/security-group-rules', (call) => ({
      status: 200,
      body: listing(call, 'security_group_rules', rules(call).map(showRule), `${url}/v2.0/security-group-rules`),
    })),
    route('POST', '/v2.0/security-group-rules', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'security_group_rule', newRule);
      const rule = checkedRule(given, projectId, world.now());
      const group = world.state.securityGroups.find((one) => one.id === rule.groupId && one.projectId === projectId);
      if (!group) throw notFound('SecurityGroupNotFound', `Security group ${rule.groupId} does not exist`);
      if (rule.remoteGroupId && !world.state.securityGroups.some((one) => one.id === rule.remoteGroupId)) {
        throw notFound('SecurityGroupNotFound', `Security group ${rule.remoteGroupId} does not exist`);
      }
      const twin = group.rules.find((one) => sameRule(one, rule));
      if (twin) throw neutronError(409, 'SecurityGroupRuleExists', `Security group rule already exists. Rule id is ${twin.id}.`);
      checkQuota(world, projectId, 'security_group_rule');
      group.rules.push(rule);
      world.changed();
      return { status: 201, body: { security_group_rule: showRule(rule) } };
    }),
    route('GET', '/v2.0/security-group-rules/:id', (call) => ({ status: 200, body: { security_group_rule: showRule(mine(call)) } })),
    route('DELETE', '/v2.0/security-group-rules/:id', (call) => {
      const rule = mine(call);
      for (const group of world.state.securityGroups) group.rules = group.rules.filter((one) => one !== rule);
      world.changed();
      return { status: 204 };
    }),
  ];
}

/** A rule as it will be kept. @throws Refusal 400 as Neutron refuses ranges, protocols and remotes */
function checkedRule(given: NewRule, projectId: string, now: number): RuleRecord {
  const protocol = given.protocol?.toLowerCase() ?? null;
  const min = given.port_range_min ?? null;
  const max = given.port_range_max ?? null;
  if (protocol && !protocols.has(protocol) && !(/^\d+$/.test(protocol) && Number(protocol) < 256)) {
    const known = [...protocols].join(', ');
    throw neutronError(
      400,
      'SecurityGroupRuleInvalidProtocol',
      `Security group rule protocol ${protocol} not supported. Only protocol values [${known}] and integer representations [0 to 255] are supported.`,
    );
  }
  if (!protocol && (min !== null || max !== null))
    throw neutronError(400, 'SecurityGroupProtocolRequiredWithPorts', 'Must also specify protocol if port range is given.');
  const isTransport = protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp';
  if (isTransport && (min ?? 0) > (max ?? 65_535))
    throw neutronError(400, 'SecurityGroupInvalidPortRange', 'For TCP/UDP protocols, port_range_min must be <= port_range_max');
  if (isTransport && [min, max].some((value) => value !== null && (value < 1 || value > 65_535))) {
    throw neutronError(
      400,
      'SecurityGroupInvalidPortValue',
      `Invalid value for port ${[min, max].find((value) => value !== null && (value < 1 || value > 65_535))}`,
    );
  }
  if (given.remote_group_id && given.remote_ip_prefix) {
    throw neutronError(
      400,
      'SecurityGroupMultipleRemoteEntites',
      'Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.',
    );
  }
  const ethertype = given.ethertype ?? 'IPv4';
  return {
    id: randomUUID(),
    projectId,
    groupId: given.security_group_id,
    direction: given.direction,
    ethertype,
    protocol: protocol === 'any' ? null : protocol,
    min,
    max,
    cidr: given.remote_ip_prefix ? checkedCidr(given.remote_ip_prefix, ethertype) : null,
    remoteGroupId: given.remote_group_id ?? null,
    description: given.description ?? '',
    createdAt: now,
  };
}

function checkedCidr(text: string, ethertype: string): string {
  const isIpv6 = text.includes(':');
  const range = parseCidr(text.includes('/') ? text : `${text}/32`);
  if (isIpv6 ? !/^[0-9a-fA-F:]+\/\d{1,3}$/.test(text) : !range)
    throw neutronError(400, 'InvalidCIDR', `Invalid CIDR ${text} given as IP prefix.`);
  if (isIpv6 !== (ethertype === 'IPv6')) {
    throw neutronError(400, 'SecurityGroupRuleParameterConflict', `Conflicting value ethertype ${ethertype} for CIDR ${text}`);
  }
  return range ? `${toText(range.first)}/${range.prefix}` : text;
}

function sameRule(one: RuleRecord, other: RuleRecord): boolean {
  const keys = ['direction', 'ethertype', 'protocol', 'min', 'max', 'remoteGroupId'] as const;
  const everyone = (rule: RuleRecord) => (rule.cidr === '0.0.0.0/0' || rule.cidr === '::/0' ? null : rule.cidr);
  return keys.every((key) => one[key] === other[key]) && everyone(one) === everyone(other);
}

export function showRule(rule: RuleRecord): Record<string, unknown> & { id: string } {
  return {
    id: rule.id,
    tenant_id: rule.projectId,
    security_group_id: rule.groupId,
    ethertype: rule.ethertype,
    direction: rule.direction,
    protocol: rule.protocol,
    port_range_min: rule.min,
    port_range_max: rule.max,
    remote_ip_prefix: rule.cidr,
    remote_address_group_id: null,
    normalized_cidr: rule.cidr,
    remote_group_id: rule.remoteGroupId,
    description: rule.description,
    tags: [],
    created_at: zulu(rule.createdAt),
    updated_at: zulu(rule.createdAt),
    revision_number: 0,
    project_id: rule.projectId,
  };
}
