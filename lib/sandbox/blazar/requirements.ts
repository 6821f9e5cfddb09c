import type { HostDefinition } from '../cloud/definition';
import { blazarError, internal } from './errors';

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
    ...host.properties,
  };
}

/**
 * What fits `hypervisor_properties` and `resource_properties` together. Extra capabilities compare as text, as they do
 * in Blazar (so `>=` on a number of GPUs finds what a reader would not expect).
 * @param columns of each thing
 * @throws Refusal 400 for an expression that is none, 500 for a capability that nothing has
 */
export function fitting<T>(things: readonly T[], columns: (thing: T) => Record<string, string>, ...expressions: unknown[]): T[] {
  const conditions = expressions.flatMap(parse);
  for (const [, key] of conditions) {
    if (!things.some((thing) => key in columns(thing))) throw blazarError(500, 'BlazarDBNotFound: A database error occurred');
  }
  return things.filter((thing) => conditions.every((condition) => holds(condition, columns(thing))));
}

function parse(expression: unknown): Condition[] {
  if (expression === null || expression === '' || expression === undefined) return [];
  let value = expression;
  if (typeof expression === 'string') {
    try {
      value = JSON.parse(expression);
    } catch {
      throw unfit(expression);
    }
  }
  if (typeof value === 'number' || typeof value === 'boolean') throw internal(); // Python asks for its length
  return conditionsOf(value);
}

function conditionsOf(value: unknown): Condition[] {
  if (isCondition(value)) return [[value[0], value[1].slice(1), value[2]]];
  if (!Array.isArray(value)) throw unfit(value);
  if (value.length === 0) return [];
  const [head, ...rest] = value;
  if (head !== 'and' || rest.length === 0) throw unfit(value);
  return rest.map((part): Condition => {
    // one level only: of a nested `and` Blazar keeps the first element
    const [first] = conditionsOf(part);
    if (!first) throw unfit(value);
    return first;
  });
}

function isCondition(value: unknown): value is Condition {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    value.every((part) => typeof part === 'string' && part.length > 0) &&
    operators.has(String(value[0])) &&
    /^\$./.test(String(value[1]))
  );
}

const unfit = (value: unknown) => blazarError(400, `Malformed requirements ${typeof value === 'string' ? value : pythonText(value)}`);

/** A parsed value as Python prints it. */
function pythonText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, inner]) => `${pythonText(key)}: ${pythonText(inner)}`)
      .join(', ')}}`;
  return String(value);
}

function holds([operator, key, wanted]: Condition, columns: Record<string, string>): boolean {
  const actual = columns[key];
  if (actual === undefined) return false;
  const order = numericColumns.has(key) ? Number(actual) - (Number(wanted) || 0) : actual < wanted ? -1 : actual > wanted ? 1 : 0;
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
