import { coerced } from './coerce';
import type { Cursor } from './cursor';
import { type Expression, literalOf, readExpression } from './expression';
import { checkName, readMetadata } from './read-common';
import type { NodeTemplate, Operation, Requirement } from './template';
import type { PropertyDefinition, TypeSystem } from './types';
import { valueProblems } from './value-problems';

const nodeKeys = [
  'type',
  'description',
  'metadata',
  'properties',
  'attributes',
  'capabilities',
  'requirements',
  'interfaces',
  'artifacts',
  'directives',
];
const operationNames = ['create', 'configure', 'start', 'stop', 'delete'];

/** Reads `node_templates` and checks them against their types. */
export function readNodes(cursor: Cursor | undefined, types: TypeSystem): Map<string, NodeTemplate> {
  return new Map((cursor?.entries() ?? []).map(([name, entry]) => [name, readNode(name, entry, types)]));
}

function readNode(name: string, cursor: Cursor, types: TypeSystem): NodeTemplate {
  checkName(name, cursor);
  cursor.onlyKeys(nodeKeys);
  const typeName = cursor.get('type')?.text() ?? '';
  const problem = typeName === '' ? 'A node template needs a type.' : types.problem(typeName);
  if (problem) (cursor.get('type') ?? cursor).fail(problem);
  const type = types.resolve(typeName);
  const capabilities = (cursor.get('capabilities')?.entries() ?? []).map(([key, value]): [string, Map<string, Expression>] => {
    const capability = type.capabilities.get(key);
    if (!capability && !problem) value.fail(`${typeName} has no capability ${key}; it has ${[...type.capabilities.keys()].join(', ')}.`);
    value.onlyKeys(['properties', 'occurrences', 'attributes']);
    return [key, readProperties(value.get('properties'), capability ? types.resolve(capability).properties : null, value)];
  });
  return {
    name,
    at: cursor.at,
    type: typeName,
    metadata: readMetadata(cursor.get('metadata')),
    properties: readProperties(cursor.get('properties'), problem ? null : type.properties, cursor),
    capabilities: new Map(capabilities),
    requirements: (cursor.get('requirements')?.items() ?? []).flatMap((item) => readRequirements(item, problem ? null : type.requirements)),
    operations: operationsOf([...type.interfaces, cursor.get('interfaces')].filter((faces) => faces !== undefined)),
  };
}

// `definitions: null`: the type is not known, which was already said.
function readProperties(
  cursor: Cursor | undefined,
  definitions: Map<string, PropertyDefinition> | null,
  owner: Cursor,
): Map<string, Expression> {
  const properties = new Map(
    (cursor?.entries() ?? []).map(([key, value]): [string, Expression] => {
      const definition = definitions?.get(key);
      const expression = readExpression(definition ? coerced(definition.schema, value) : value.value, value.what, value.diagnostics);
      const literal = literalOf(expression);
      if (definitions && !definition)
        value.warn(`There is no property ${key}, so that it does nothing; there are ${[...definitions.keys()].join(', ')}.`);
      if (definition && literal !== undefined) for (const problem of valueProblems(definition.schema, literal)) value.fail(problem);
      return [key, expression];
    }),
  );
  for (const [key, definition] of definitions ?? [])
    if (!properties.has(key)) {
      if (definition.default) properties.set(key, readExpression(definition.default.value, definition.default.what, owner.diagnostics));
      else if (definition.required) owner.fail(`The property ${key} is missing.`);
    }
  return properties;
}

function readRequirements(cursor: Cursor, known: Set<string> | null): Requirement[] {
  return cursor.entries().map(([name, value]) => {
    if (known && !known.has(name)) value.fail(`There is no requirement ${name}; there are ${[...known].join(', ')}.`);
    const short = value.value.kind === 'scalar';
    const node = short ? value.text() : value.get('node')?.text();
    if (!node) value.fail('A requirement names the node template that fulfils it.');
    const relationship = short ? undefined : value.get('relationship');
    const properties = relationship?.value.kind === 'map' ? relationship.get('properties') : undefined;
    return { name, at: value.at, node: node ?? '', properties: readProperties(properties, null, value) };
  });
}

// What a type's interfaces say counts where the node template says nothing else of the same operation; inputs come together.
function operationsOf(interfaces: Cursor[]): Operation[] {
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
