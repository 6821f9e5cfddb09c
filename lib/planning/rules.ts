import { evaluateNow } from '@/lib/catalog/groups';
import { parsePorts } from '@/lib/inputs/widgets';
import type { Expression } from '@/lib/tosca/expression';
import { formatCidr, holdsRange, parseCidr } from './cidr';
import type { DecidedGroup } from './decide';
import type { Draft, Wiring } from './draft';
import { problem } from './problems';
import type { SecurityRule } from './types';

const everybody = '0.0.0.0/0';

interface Port {
  name: string;
  protocol: SecurityRule['protocol'];
  from?: number;
  to?: number;
  internal: boolean;
  cidrs: string[];
  /** the input that says who may come, where one does */
  field?: string;
}

/**
 * What may reach a group's nodes: its ports as the recipe says, SSH on public nodes, SSH and ping between the
 * deployment's own nodes of a site.
 */
export function rulesOf(draft: Draft, group: DecidedGroup, wiring: Wiring): SecurityRule[] {
  const ports = [...declared(draft, group), ...asked(draft, group)];
  const name = group.template.label;
  const open = (port: Omit<Port, 'internal'>, why: string): SecurityRule[] =>
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
  rules.push(...open({ ...ssh, cidrs: wiring.inside }, 'SSH between the deployment’s nodes'));
  rules.push(...open({ name: 'ping', protocol: 'icmp', cidrs: wiring.inside }, 'Ping between the deployment’s nodes'));
  return unique(rules);
}

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

function declared(draft: Draft, group: DecidedGroup): Port[] {
  const expression = group.template.node.capabilities.get('endpoint')?.get('ports');
  if (expression?.kind !== 'map') return [];
  return [...expression.entries].flatMap(([name, entry]) => {
    const spec = evaluateNow(entry, draft.input.recipe.template, group.template.node, draft.values);
    if (typeof spec !== 'object' || spec === null) return [];
    const { protocol, source, source_range: range, remote_cidr: remote, internal } = Object.fromEntries(Object.entries(spec));
    const [from, to] = Array.isArray(range)
      ? range.map(Number)
      : [source, source].map((port) => (port === undefined ? undefined : Number(port)));
    const field = entry.kind === 'map' ? fieldOf(entry.entries.get('remote_cidr')) : undefined;
    if (from !== undefined && !isPortRange(from, to)) {
      const said = from === to ? `${from} is no port` : `${from} to ${to} are no ports`;
      draft.problems.push(
        problem('invalid-input', `${name} of ${group.template.label}: ${said}.`, {
          field: entry.kind === 'map' ? (fieldOf(entry.entries.get('source')) ?? fieldOf(entry.entries.get('source_range'))) : undefined,
          remedy: 'Ports are whole numbers from 1 to 65535, the lower one first.',
        }),
      );
      return [];
    }
    return [{ name, protocol: protocolOf(protocol), from, to, internal: internal === true, cidrs: cidrsOf(draft, remote, field), field }];
  });
}

// Ports that a person asks for, as texts: 80, 80/tcp, 9000-9010/udp.
function asked(draft: Draft, group: DecidedGroup): Port[] {
  const endpoint = group.template.node.capabilities.get('endpoint');
  const value = (name: string) => evaluateNow(endpoint?.get(name), draft.input.recipe.template, group.template.node, draft.values);
  const list = value('open_ports');
  if (!Array.isArray(list) || list.length === 0) return [];
  const cidrs = cidrsOf(draft, value('open_cidr'), fieldOf(endpoint?.get('open_cidr')));
  return list.flatMap((item) => {
    const range = parsePorts(String(item));
    if (range) return [{ name: `port ${String(item).trim()}`, ...range, internal: false, cidrs }];
    draft.problems.push(
      problem('invalid-input', `"${item}" is no port.`, {
        field: fieldOf(endpoint?.get('open_ports')),
        remedy: 'Write 8080, 8080/tcp or 9000-9010/udp.',
      }),
    );
    return [];
  });
}

function isPortRange(from: number, to = from): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && from <= to && to <= 65_535;
}

function cidrsOf(draft: Draft, value: unknown, field: string | undefined): string[] {
  const texts = (Array.isArray(value) ? value : String(value ?? '').split(','))
    .map((text) => String(text).trim())
    .filter((text) => text !== '');
  if (texts.length === 0) return [everybody];
  return texts.flatMap((text) => {
    const range = parseCidr(text);
    if (range) return [formatCidr(range)];
    draft.problems.push(
      problem('invalid-input', `"${text}" is no range of IPv4 addresses.`, {
        field,
        remedy: 'Write one such as 192.0.2.0/24, or 0.0.0.0/0 for everybody.',
      }),
    );
    return [];
  });
}

function fieldOf(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'input' ? `inputs.${expression.name}` : undefined;
}

function protocolOf(value: unknown): SecurityRule['protocol'] {
  return value === 'udp' || value === 'icmp' ? value : 'tcp';
}

// A cloud refuses the same rule twice.
function unique(rules: SecurityRule[]): SecurityRule[] {
  const seen = new Set<string>();
  return rules.filter(({ protocol, fromPort, toPort, cidr }) => {
    const key = `${protocol} ${fromPort}-${toPort} ${cidr}`;
    return !seen.has(key) && seen.add(key);
  });
}
