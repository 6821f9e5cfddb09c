import { coerced } from './coerce';
import type { Cursor } from './cursor';
import { type Expression, literalOf, readExpression } from './expression';
import { readArtifacts } from './read-artifacts';
import { checkName, readMetadata } from './read-common';
import { operationsOf } from './read-operations';
import { bindRelationships } from './relationships';
import type { NodeTemplate, Requirement } from './template';
import type { PropertyDefinition, ResolvedType, TypeSystem } from './types';
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

/** Reads `node_templates` and checks them against their types. */
export function readNodes(cursor: Cursor | undefined, types: TypeSystem): Map<string, NodeTemplate> {
  const nodes = new Map((cursor?.entries() ?? []).map(([name, entry]) => [name, readNode(name, entry, types)]));
  bindRelationships(nodes);
  return nodes;
}

function readNode(name: string, cursor: Cursor, types: TypeSystem): NodeTemplate {
  checkName(name, cursor);
  cursor.onlyKeys(nodeKeys);
  for (const directive of cursor.get('directives')?.items() ?? [])
    directive.doubt('Of directives only "select" is heeded, and only in an add-on.');
  const typeName = types.nameOf(cursor.get('type')?.text() ?? '');
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
    capabilities: new Map([...defaultsOf(type, types, cursor), ...capabilities]),
    requirements: (cursor.get('requirements')?.items() ?? []).flatMap((item) =>
      readRequirements(item, problem ? null : type.requirements, types),
    ),
    operations: operationsOf(
      [...type.interfaces.map((faces) => faces.toldTo(cursor.diagnostics)), cursor.get('interfaces')].filter(
        (faces) => faces !== undefined,
      ),
    ),
    artifacts: new Map([...type.artifacts, ...readArtifacts(cursor.get('artifacts'))]),
  };
}

// What the types of capabilities say counts, too, where a template does not name the capability at all.
function defaultsOf(type: ResolvedType, types: TypeSystem, cursor: Cursor): [string, Map<string, Expression>][] {
  return [...type.capabilities].flatMap(([name, capability]) => {
    const given = [...types.resolve(capability).properties].flatMap(([key, { default: value }]) =>
      value ? [[key, readExpression(value.value, value.what, cursor.diagnostics)] as const] : [],
    );
    return given.length > 0 ? [[name, new Map(given)]] : [];
  });
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

function readRequirements(cursor: Cursor, known: Set<string> | null, types: TypeSystem): Requirement[] {
  return cursor.entries().map(([name, value]) => {
    if (known && !known.has(name)) value.doubt(`There is no requirement ${name}; there are ${[...known].join(', ')}.`);
    const short = value.value.kind === 'scalar';
    const node = short ? value.text() : value.get('node')?.text();
    if (!node) value.fail('A requirement names the node template that fulfils it.');
    return { name, at: value.at, node: node ?? '', ...readRelationship(short ? undefined : value.get('relationship'), types, value) };
  });
}

// `relationship: AttachesTo` and `relationship: {type, properties, interfaces}` both occur.
function readRelationship(
  cursor: Cursor | undefined,
  types: TypeSystem,
  owner: Cursor,
): Pick<Requirement, 'properties' | 'relationship' | 'operations'> {
  if (!cursor) return { properties: new Map(), operations: [] };
  const isMap = cursor.value.kind === 'map';
  const relationship = types.nameOf((isMap ? cursor.get('type') : cursor)?.text() ?? '');
  const type = types.has(relationship) ? types.resolve(relationship) : null;
  const own = isMap ? [cursor.get('interfaces')].filter((faces) => faces !== undefined) : [];
  return {
    properties: isMap ? readProperties(cursor.get('properties'), type?.properties ?? null, owner) : new Map(),
    ...(relationship !== '' && { relationship }),
    operations: operationsOf([...(type?.interfaces ?? []).map((faces) => faces.toldTo(owner.diagnostics)), ...own]),
  };
}
