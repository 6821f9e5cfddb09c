import { holds } from '@/lib/catalog/form/conditions';
import { evaluateNow } from '@/lib/catalog/groups';
import { parsePorts } from '@/lib/inputs/widgets';
import type { Expression } from '@/lib/tosca/expression';
import type { NodeTemplate } from '@/lib/tosca/template';
import type { DecidedGroup } from '../decide';
import type { Draft } from '../draft';
import { problem } from '../problems';
import type { SecurityRule } from '../types';
import { formatCidr, parseCidr } from './cidr';

export const everybody = '0.0.0.0/0';
export const everybodyByIpv6 = '::/0';

/** A port, or a range of them, that a group's nodes answer on. */
export interface Port {
  name: string;
  protocol: SecurityRule['protocol'];
  from?: number;
  to?: number;
  internal: boolean;
  /** open to the deployment's nodes at other sites, too */
  across: boolean;
  cidrs: string[];
  /** the input that says who may come, where one does */
  field?: string;
}

/** The ports of a group: those that it declares, those of the software that runs on it, those that a person asks for. */
export function portsOf(draft: Draft, group: DecidedGroup): Port[] {
  const software = draft.input.recipe.software.filter((each) => each.group === group.template.name && holds(each.enabledBy, draft.values));
  const nodes = [group.template.node, ...software.map(({ node }) => node)];
  return [...nodes.flatMap((node) => declared(draft, group, node)), ...asked(draft, group)];
}

function declared(draft: Draft, group: DecidedGroup, node: NodeTemplate): Port[] {
  const endpoint = node.capabilities.get('endpoint');
  const expression = endpoint?.get('ports');
  const value = (part: Expression | undefined) => evaluateNow(part, draft.input.recipe.template, node, draft.values);
  const single = { protocol: value(endpoint?.get('protocol')), source: value(endpoint?.get('port')) };
  const ports = Object.entries(Object(value(expression))).flatMap(([name, spec]) => {
    const entry = expression?.kind === 'map' ? expression.entries.get(name) : expression;
    return readPort(draft, group, { name, spec, entry });
  });
  if (single.source === undefined || single.source === null) return ports;
  return [...ports, ...readPort(draft, group, { name: node.name, spec: single, entry: endpoint?.get('port') })];
}

/** @param entry where the port was written: what it takes from inputs is what a person can change */
function readPort(
  draft: Draft,
  group: DecidedGroup,
  { name, spec, entry }: { name: string; spec: unknown; entry: Expression | undefined },
): Port[] {
  // a port that a person wrote as text: 80, 80/tcp, 9000-9010/udp from 192.0.2.0/24
  const written = typeof spec === 'string' ? parsePorts(spec) : undefined;
  if (written) return [{ name: `port ${spec}`, ...written, internal: false, across: false, cidrs: [written.cidr ?? everybody] }];
  const { protocol, source, target, source_range: range, remote_cidr: remote, internal, across } = Object(spec) as Record<string, unknown>;
  const part = (key: string) => (entry?.kind === 'map' ? fieldOf(entry.entries.get(key)) : fieldOf(entry));
  const one = source ?? target;
  const [from, to] = (Array.isArray(range) ? range : [one, one]).map((port) =>
    port === undefined || port === null ? undefined : Number(port),
  );
  if (from !== undefined ? !isPortRange(from, to) : protocol !== 'icmp') {
    const said =
      from === undefined ? 'no port is named' : Object.is(from, to) ? `${String(one)} is no port` : `${from} to ${to} are no ports`;
    draft.problems.push(
      problem('invalid-input', `Port ${name} of ${group.template.label}: ${said}.`, {
        field: part('source') ?? part('source_range'),
        remedy: 'Ports are whole numbers from 1 to 65535, the lower one first.',
      }),
    );
    return [];
  }
  const field = part('remote_cidr');
  const ours = { internal: internal === true || across === true, across: across === true };
  return [{ name, protocol: protocolOf(protocol), from, to, ...ours, cidrs: cidrsOf(draft, remote, field), field }];
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
    const own = range?.cidr ? [range.cidr] : cidrs;
    if (range) return [{ name: `port ${String(item).trim()}`, ...range, internal: false, across: false, cidrs: own }];
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
