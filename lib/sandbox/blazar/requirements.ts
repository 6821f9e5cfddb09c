import type { HostDefinition } from '../cloud/definition';
import { blazarError } from './errors';

type Condition = [operator: string, key: string, value: string];
const operators = new Set(['==', '=', '!=', '>=', '<=', '>', '<']);
const numericColumns = new Set(['vcpus', 'memory_mb', 'local_gb']);

/** A host as Blazar keeps it: columns first, then its extra capabilities, which are always text. */
export function hostColumns(host: HostDefinition): Record<string, string> {
  return {
    id: host.id,
    vcpus: String(host.vcpus),
    memory_mb: String(host.memoryMiB),
    local_gb: String(host.diskGiB),
    hypervisor_hostname: host.name,
    hypervisor_type: 'ironic',
    service_name: host.name,
    availability_zone: 'nova',
    reservable: 'true',
    ...host.properties,
  };
}

/**
 * The hosts that fit `hypervisor_properties` and `resource_properties` together. Extra capabilities compare as text, as they do
 * in Blazar (so `>=` on a number of GPUs finds what a reader would not expect).
 * @throws Refusal 400 for an expression that is none, 500 for a capability that no host has
 */
export function fittingHosts(hosts: HostDefinition[], ...expressions: string[]): HostDefinition[] {
  const conditions = expressions.flatMap(parse);
  for (const [, key] of conditions) {
    if (!hosts.some((host) => key in hostColumns(host))) throw blazarError(500, 'BlazarDBNotFound: A database error occurred');
  }
  return hosts.filter((host) => conditions.every((condition) => holds(condition, hostColumns(host))));
}

function parse(text: string): Condition[] {
  if (text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(text);
  }
  if (isCondition(value)) return [[value[0], value[1].slice(1), value[2]]];
  if (Array.isArray(value) && value[0] === 'and') {
    const parts: unknown[] = value.slice(1);
    return parts.map((part): Condition => {
      // one level only: of a nested `and` Blazar keeps the first element
      const inner: unknown = Array.isArray(part) && part[0] === 'and' ? part[1] : part;
      if (!isCondition(inner)) throw malformed(value);
      return [inner[0], inner[1].slice(1), inner[2]];
    });
  }
  throw malformed(value);
}

function isCondition(value: unknown): value is Condition {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    value.every((part) => typeof part === 'string') &&
    operators.has(String(value[0])) &&
    String(value[1]).startsWith('$')
  );
}

// Blazar prints the parsed list as Python does
const malformed = (value: unknown) =>
  blazarError(400, `Malformed requirements ${JSON.stringify(value).replaceAll('"', "'").replaceAll(',', ', ')}`);

function holds([operator, key, wanted]: Condition, columns: Record<string, string>): boolean {
  const actual = columns[key];
  if (actual === undefined) return false;
  const order = numericColumns.has(key) ? Number(actual) - Number(wanted) : actual < wanted ? -1 : actual > wanted ? 1 : 0;
  switch (operator) {
    case '=':
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order < 0;
  }
}
