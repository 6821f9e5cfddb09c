import type { Cursor } from './cursor';
import { readExpression } from './expression';
import type { Operation } from './template';

/** Operations of the standard's interfaces, of nodes and of relationships, in the order in which a deployment runs them. */
export const operationOrder = [
  'create',
  'pre_configure_source',
  'pre_configure_target',
  'configure',
  'post_configure_source',
  'post_configure_target',
  'start',
  'add_source',
  'add_target',
] as const;
const operationNames: readonly string[] = [...operationOrder, 'stop', 'delete', 'remove_target', 'target_changed'];

/**
 * The operations of interfaces. What a type's interfaces say counts where the template says nothing else of the same operation;
 * inputs come together.
 * @param interfaces the ancestors' first
 */
export function operationsOf(interfaces: Cursor[]): Operation[] {
  const operations = new Map<string, Operation>();
  for (const operation of interfaces.flatMap((faces) => faces.entries().flatMap(([, face]) => readOperations(face)))) {
    const inherited = operations.get(operation.name);
    operations.set(operation.name, { ...operation, inputs: new Map([...(inherited?.inputs ?? []), ...operation.inputs]) });
  }
  return [...operations.values()];
}

function readOperations(face: Cursor): Operation[] {
  const entries = face.get('operations')?.entries() ?? face.entries().filter(([key]) => key !== 'type' && key !== 'inputs');
  const shared = face.get('inputs')?.entries() ?? [];
  return entries.flatMap(([name, value]) => {
    if (!operationNames.includes(name)) value.fail(`There is no operation ${name}; there are ${operationNames.join(', ')}.`);
    const implementation = value.value.kind === 'scalar' ? value : value.get('implementation');
    if (!implementation) value.fail('An operation needs an implementation: the path of its script.');
    if (!implementation) return [];
    if (value.value.kind === 'map') value.onlyKeys(['implementation', 'inputs', 'description']);
    const primary = implementation.value.kind === 'scalar' ? implementation : implementation.get('primary');
    const inputs = [...shared, ...(value.value.kind === 'map' ? (value.get('inputs')?.entries() ?? []) : [])];
    const timeout = implementation.value.kind === 'map' ? implementation.get('timeout') : undefined;
    if (implementation.value.kind === 'map') implementation.onlyKeys(['primary', 'timeout', 'dependencies', 'operation_host']);
    if (!primary) implementation.fail('primary, the path of the script, is missing.');
    return [
      {
        name,
        at: value.at,
        script: primary?.text() ?? '',
        scriptAt: (primary ?? implementation).at,
        timeoutSeconds: timeout?.integer(),
        inputs: new Map(inputs.map(([key, input]) => [key, readExpression(input.value, input.what, input.diagnostics)])),
      },
    ];
  });
}
