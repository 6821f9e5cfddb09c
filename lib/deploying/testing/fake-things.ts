import type { CloudSecurityGroup, Network } from '@/lib/openstack/types';

/** What stands at a fake cloud. */
export interface Thing {
  id: string;
  name: string;
  kind: string;
  madeAt: number;
  [key: string]: unknown;
}

/** A security group as its cloud shows it. */
export function groupOf({ id, name, rules }: Thing): CloudSecurityGroup {
  const texts = Array.isArray(rules) ? rules : [];
  return {
    id,
    name,
    rules: texts.map((text) => {
      const rule = JSON.parse(String(text)) as Parameters<Network['createSecurityGroupRule']>[0]; // as this class wrote it
      const { direction, protocol, fromPort = null, toPort = null, cidr = null, remoteGroupId = null, description } = rule;
      return { id: ruleId(id, text), direction, protocol, fromPort, toPort, cidr, remoteGroupId, description };
    }),
  };
}

/** Id of a rule: its group and what it says. */
export const ruleId = (group: string, text: unknown): string => `${group}/${text}`;

/** A floating IP as its cloud shows it. */
export function floatingIpOf({ id, name, portId }: Thing) {
  return { id, description: name, address: `192.0.2.${id.split('-')[1] ?? 1}`, status: 'DOWN', portId: String(portId) };
}
