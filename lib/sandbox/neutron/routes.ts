import { type Route, route } from '../http/router';
import type { Neutron } from './context';
import { neutronError } from './errors';
import { floatingIpRoutes } from './floating-ips';
import { networkUse } from './net';
import { networkRoutes } from './networks';
import { portRoutes } from './ports';
import { routerRoutes } from './routers';
import { securityGroupRoutes } from './security-groups';
import { securityRuleRoutes } from './security-rules';
import { subnetRoutes } from './subnets';
import { tagRoutes } from './tags';

const extensions: [alias: string, name: string][] = [
  ['router', 'Neutron L3 Router'],
  ['security-group', 'security-group'],
  ['port-security', 'Port Security'],
  ['quotas', 'Quota management support'],
  ['quota_details', 'Quota details management support'],
  ['standard-attr-tag', 'Tag support for resources with standard attribute: port, subnet, network, router, floatingip, security_group'],
  ['standard-attr-description', 'standard-attr-description'],
  ['standard-attr-timestamp', 'Resource timestamps'],
  ['standard-attr-revisions', 'Resource revision numbers'],
  ['external-net', 'Neutron external network'],
  ['pagination', 'Pagination support'],
  ['sorting', 'Sorting support'],
  ['project-id', 'project_id field enabled'],
  ['subnet_allocation', 'Subnet Allocation'],
  ['net-mtu', 'Network MTU'],
  ['ext-gw-mode', 'Neutron L3 Configurable external gateway mode'],
  ['fip-port-details', 'Floating IP Port Details Extension'],
  ['availability_zone', 'Availability Zone'],
];

/** Neutron v2.0. Paths begin with /v2.0. */
export function neutronRoutes(neutron: Neutron): Route[] {
  const { world, session, url } = neutron;
  const quotaNames = ['network', 'subnet', 'port', 'router', 'floatingip', 'security_group', 'security_group_rule'] as const;
  const ownProject = (wanted: string | undefined, projectId: string) => {
    if (wanted !== projectId) throw neutronError(403, 'PolicyNotAuthorized', 'rule:get_quota is disallowed by policy');
  };
  return [
    route('GET', '/', () => ({
      status: 200,
      body: { versions: [{ id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: `${url}/v2.0/` }] }] },
    })),
    route('GET', '/v2.0/extensions', (call) => {
      session(call);
      const all = extensions.map(([alias, name]) => ({ name, alias, description: name, updated: '2016-01-01T10:00:00-00:00', links: [] }));
      return { status: 200, body: { extensions: all } };
    }),
    route('GET', '/v2.0/extensions/:alias', (call) => {
      session(call);
      const found = extensions.find(([alias]) => alias === call.params.alias);
      if (!found) throw neutronError(404, 'ExtensionNotFound', `Extension with alias ${call.params.alias} does not exist`);
      return {
        status: 200,
        body: { extension: { name: found[1], alias: found[0], description: found[1], updated: '2016-01-01T10:00:00-00:00', links: [] } },
      };
    }),
    route('GET', '/v2.0/quotas/:project/details', (call) => {
      const { projectId } = session(call);
      ownProject(call.params.project, projectId);
      const use = networkUse(world, projectId);
      const quota = Object.fromEntries(
        quotaNames.map((name) => [name, { limit: world.quota(projectId, name), used: use[name], reserved: 0 }]),
      );
      return { status: 200, body: { quota } };
    }),
    route('GET', '/v2.0/quotas/:project', (call) => {
      const { projectId } = session(call);
      ownProject(call.params.project, projectId);
      return { status: 200, body: { quota: Object.fromEntries(quotaNames.map((name) => [name, world.quota(projectId, name)])) } };
    }),
    ...networkRoutes(neutron),
    ...subnetRoutes(neutron),
    ...routerRoutes(neutron),
    ...portRoutes(neutron),
    ...securityGroupRoutes(neutron),
    ...securityRuleRoutes(neutron),
    ...floatingIpRoutes(neutron),
    ...tagRoutes(neutron),
  ];
}
