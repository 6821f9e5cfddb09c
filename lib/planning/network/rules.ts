import type { DecidedGroup } from '../decide';
import type { Draft, Wiring } from '../draft';
import { problem } from '../problems';
import type { SecurityRule } from '../types';
import { formatCidr, holdsRange, parseCidr } from './cidr';
import { everybody, everybodyByIpv6, type Port } from './ports';

/**
 * What may reach a group's nodes: its ports as the recipe says, SSH on public nodes, SSH and ping between the
 * deployment's own nodes of a site (all else too where its author can't say what is internal), by each family of addresses that they have. Those at other sites are let in by {@link openAcross}.
 */
export function rulesOf(draft: Draft, group: DecidedGroup, wiring: Wiring, ports: readonly Port[]): SecurityRule[] {
  const name = group.template.label;
  const open = (port: Omit<Port, 'internal' | 'across'>, why: string): SecurityRule[] =>
    port.cidrs.map((cidr) => ({
      direction: 'ingress',
      protocol: port.protocol,
      ...(port.from !== undefined && { fromPort: port.from, toPort: port.to ?? port.from }),
      cidr,
      why,
    }));
  const rules = ports.flatMap((port) =>
    port.internal
      ? open({ ...port, cidrs: wiring.inside }, `${port.name}: between the deployment’s nodes`)
      : open(port, `${port.name} of ${name}`),
  );
  const ssh = { name: 'ssh', protocol: 'tcp' as const, from: 22, to: 22 };
  const toSsh = ports.filter(
    (port) => !port.internal && port.protocol === 'tcp' && port.from !== undefined && port.from <= 22 && (port.to ?? port.from) >= 22,
  );
  if (group.public && toSsh.length === 0) rules.push(...open({ ...ssh, cidrs: [everybody] }, `SSH to ${name}`));
  else if (group.public) {
    const shut = shutOut(draft, group, toSsh);
    rules.push(...open({ ...ssh, cidrs: shut }, 'SSH: from Transat, which sets the node up'));
  }
  rules.push(
    ...(saysWhatIsInternal(draft, group)
      ? open({ ...ssh, cidrs: wiring.inside }, 'SSH between the deployment’s nodes')
      : whole.flatMap((port) => open({ ...port, cidrs: wiring.inside }, 'All between the deployment’s nodes'))),
  );
  rules.push(...open({ name: 'ping', protocol: 'icmp', cidrs: wiring.inside }, 'Ping between the deployment’s nodes'));
  return unique(wiring.twoStacks ? rules.flatMap(inBothFamilies) : rules);
}

const whole = (['tcp', 'udp'] as const).map((protocol) => ({ name: 'all', protocol, from: 1, to: 65_535 }));

/**
 * Whether the recipe can say which ports are for the deployment's own nodes. Templates that were written for others than Transat have no word for
 * it: their machines reach each other by every port, as with the Infrastructure Manager.
 */
const saysWhatIsInternal = ({ input }: Draft, { template }: DecidedGroup): boolean =>
  input.recipe.template.types.isA(template.node.type, 'transat.nodes.Node');

/** Transat's own ranges that the ports for SSH leave outside; where they are not known but needed, the plan warns. */
function shutOut(draft: Draft, group: DecidedGroup, toSsh: readonly Port[]): string[] {
  const inside = toSsh.flatMap(({ cidrs }) => cidrs.flatMap((cidr) => parseCidr(cidr) ?? []));
  const own = (draft.input.ownAddresses ?? []).flatMap((text) => parseCidr(text) ?? []);
  const isOpen = inside.some(({ size }) => size === 2 ** 32);
  if (!isOpen && own.length === 0 && draft.input.sshOnly?.includes(group.place.site.id)) {
    const said = problem('invalid-input', 'SSH is let in from these addresses only, and Transat may not come from one of them.', {
      severity: 'warning',
      field: toSsh.find(({ field }) => field !== undefined)?.field,
      cause: `The nodes at ${group.place.site.name} cannot reach Transat, so that it sets them up over SSH.`,
      remedy: 'Add the address that Transat comes from; its operator can set it for all as `ownAddresses`.',
    });
    if (!draft.problems.some(({ detail }) => detail === said.detail)) draft.problems.push(said);
  }
  return own.filter((range) => !inside.some((wide) => holdsRange(wide, range))).map(formatCidr);
}

/** Whom everybody may be by IPv4, everybody may be by IPv6. Ranges that a person named let in nobody else. */
function inBothFamilies(rule: SecurityRule): SecurityRule[] {
  return rule.cidr === everybody ? [rule, { ...rule, cidr: everybodyByIpv6 }] : [rule];
}

// A cloud refuses the same rule twice.
function unique(rules: SecurityRule[]): SecurityRule[] {
  const seen = new Set<string>();
  return rules.filter(({ protocol, fromPort, toPort, cidr }) => {
    const key = `${protocol} ${fromPort}-${toPort} ${cidr}`;
    return !seen.has(key) && seen.add(key);
  });
}
