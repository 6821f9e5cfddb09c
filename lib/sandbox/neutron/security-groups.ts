import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { zulu } from '../cloud/times';
import type { World } from '../cloud/world';
import type { Call } from '../http/call';
import { type Route, route } from '../http/router';
import type { RuleRecord, SecurityGroupRecord } from '../state/records';
import { bodyOf, changed, type Neutron, trailer } from './context';
import { neutronError, notFound } from './errors';
import { listing } from './listing';
import { checkQuota, common } from './net';
import { showRule } from './security-rules';

const settable = { name: z.string().max(255).optional(), description: z.string().max(255).optional(), stateful: z.boolean().optional() };
const newGroup = z.object({
  security_group: z.strictObject({ ...settable, tenant_id: z.string().optional(), project_id: z.string().optional() }),
});
const changedGroup = z.object({ security_group: z.strictObject(settable) });

/** The project's group `default`, made when it is first looked for (as Neutron does). */
export function defaultGroup(world: World, projectId: string): SecurityGroupRecord {
  const known = world.state.securityGroups.find((group) => group.projectId === projectId && group.name === 'default');
  if (known) return known;
  const group = addGroup(world, projectId, 'default', 'Default security group');
  for (const ethertype of ['IPv4', 'IPv6'] as const) {
    group.rules.push({ ...rule(world, group, 'ingress', ethertype), remoteGroupId: group.id });
  }
  return group;
}

function addGroup(world: World, projectId: string, name: string, description: string): SecurityGroupRecord {
  const group: SecurityGroupRecord = { ...common(world, projectId, name, description), rules: [] };
  group.rules.push(rule(world, group, 'egress', 'IPv4'), rule(world, group, 'egress', 'IPv6'));
  world.state.securityGroups.push(group);
  world.changed();
  return group;
}

function rule(
  world: World,
  group: SecurityGroupRecord,
  direction: RuleRecord['direction'],
  ethertype: RuleRecord['ethertype'],
): RuleRecord {
  return {
    id: randomUUID(),
    projectId: group.projectId,
    groupId: group.id,
    direction,
    ethertype,
    protocol: null,
    min: null,
    max: null,
    cidr: null,
    remoteGroupId: null,
    description: null,
    createdAt: world.now(),
  };
}

export function securityGroupRoutes({ world, session, url }: Neutron): Route[] {
  const mine = (call: Call): SecurityGroupRecord => {
    const { projectId } = session(call);
    const group = world.state.securityGroups.find((one) => one.id === call.params.id && one.projectId === projectId);
    if (!group) throw notFound('SecurityGroupNotFound', `Security group ${call.params.id} does not exist`);
    return group;
  };
  const show = (group: SecurityGroupRecord): Record<string, unknown> & { id: string } => ({
    id: group.id,
    name: group.name,
    stateful: true,
    tenant_id: group.projectId,
    shared: false,
    security_group_rules: group.rules.map(showRule),
    ...trailer(group),
    created_at: zulu(group.createdAt),
  });
  return [
    route('GET', '/v2.0/security-groups', (call) => {
      const { projectId } = session(call);
      if (projectId) defaultGroup(world, projectId);
      const own = world.state.securityGroups.filter((group) => group.projectId === projectId);
      return { status: 200, body: listing(call, 'security_groups', own.map(show), `${url}/v2.0/security-groups`) };
    }),
    route('POST', '/v2.0/security-groups', (call) => {
      const { projectId } = session(call);
      const given = bodyOf(call, 'security_group', newGroup);
      if (given.name === 'default') throw neutronError(409, 'SecurityGroupDefaultAlreadyExists', 'Default security group already exists.');
      defaultGroup(world, projectId);
      checkQuota(world, projectId, 'security_group');
      checkQuota(world, projectId, 'security_group_rule', 2);
      return { status: 201, body: { security_group: show(addGroup(world, projectId, given.name ?? '', given.description ?? '')) } };
    }),
    route('GET', '/v2.0/security-groups/:id', (call) => ({ status: 200, body: { security_group: show(mine(call)) } })),
    route('PUT', '/v2.0/security-groups/:id', (call) => {
      const group = mine(call);
      const given = bodyOf(call, 'security_group', changedGroup);
      group.name = given.name ?? group.name;
      group.description = given.description ?? group.description;
      changed(world, group);
      return { status: 200, body: { security_group: show(group) } };
    }),
    route('DELETE', '/v2.0/security-groups/:id', (call) => {
      const group = mine(call);
      if (group.name === 'default')
        throw neutronError(409, 'SecurityGroupCannotRemoveDefault', 'Insufficient rights for removing default security group.');
      if (world.state.ports.some((port) => port.securityGroups.includes(group.id))) {
        throw neutronError(409, 'SecurityGroupInUse', `Security Group ${group.id} in use.`);
      }
      world.state.securityGroups = world.state.securityGroups.filter((one) => one !== group);
      // rules of other groups that let this one's members in go with it
      for (const other of world.state.securityGroups) other.rules = other.rules.filter((one) => one.remoteGroupId !== group.id);
      world.changed();
      return { status: 204 };
    }),
  ];
}
