import { coerced } from './coerce';
import { Cursor, Diagnostics, plain } from './cursor';
import { readExpression } from './expression';
import type { Diagnostic, Located } from './located';
import { checkName, readMetadata } from './read-common';
import { readNodes } from './read-nodes';
import { readSchema } from './read-schema';
import { checkReferences } from './references';
import type { InputDefinition, OutputDefinition, PolicyDefinition, ServiceTemplate } from './template';
import { readTypes, type TypeDefinition, TypeSystem } from './types';
import { valueProblems } from './value-problems';

const versions = ['tosca_simple_yaml_1_0', 'tosca_simple_yaml_1_1', 'tosca_simple_yaml_1_2', 'tosca_simple_yaml_1_3'];
const inputTypes = ['string', 'integer', 'float', 'boolean', 'scalar-unit.size', 'list', 'map'];
/** Far more than anybody fills in, or looks after. */
const mostInputs = 2000;
/** How many node templates a template may have. */
export const mostNodes = 500;

export type TemplateResult = { ok: true; template: ServiceTemplate; warnings: Diagnostic[] } | { ok: false; diagnostics: Diagnostic[] };

/**
 * Reads a service template (TOSCA Simple Profile 1.0 to 1.3) and checks it: shapes, types, inheritance, constraints and
 * what functions refer to.
 * @param root of the YAML file
 * @param imported types of the files it imports
 * @param about `tolerant`: it was written for other tools: what they would not heed is a warning
 * @returns the template, or all that is wrong with it
 */
export function readTemplate(root: Located, imported: TypeDefinition[], about: { tolerant?: boolean } = {}): TemplateResult {
  const diagnostics = new Diagnostics(about);
  const cursor = new Cursor(root, '', diagnostics);
  checkTop(cursor);
  const types = new TypeSystem();
  for (const type of [...imported, ...readTypes(cursor)]) types.add(type);
  const topology = cursor.get('topology_template');
  if (!topology) cursor.fail('A topology_template is needed.');
  const template: ServiceTemplate = {
    at: root.at,
    metadata: readMetadata(cursor.get('metadata')),
    description: cursor.get('description')?.text()?.trim() ?? topology?.get('description')?.text()?.trim() ?? '',
    inputs: named(limited(topology?.get('inputs'), mostInputs), readInput),
    nodes: new Map(),
    outputs: named(topology?.get('outputs'), readOutput),
    policies: (topology?.get('policies')?.items() ?? []).flatMap((item) =>
      item.entries().map(([name, policy]) => readPolicy(name, policy)),
    ),
    types,
  };
  template.nodes = readNodes(limited(topology?.get('node_templates'), mostNodes), types);
  if (diagnostics.list.length === 0) checkReferences(template, diagnostics);
  return diagnostics.list.length === 0
    ? { ok: true, template, warnings: diagnostics.warnings }
    : { ok: false, diagnostics: diagnostics.list };
}

function checkTop(cursor: Cursor): void {
  if (cursor.value.kind !== 'map') {
    cursor.fail('A service template is a map (name: value).');
    return;
  }
  const version = cursor.get('tosca_definitions_version');
  if (!version) cursor.fail('tosca_definitions_version is missing; write tosca_simple_yaml_1_3.');
  else if (!versions.includes(version.text() ?? '')) version.fail(`Only these are read: ${versions.join(', ')}.`);
}

function limited(cursor: Cursor | undefined, most: number): Cursor | undefined {
  const size = cursor?.value.kind === 'map' ? cursor.value.entries.size : 0;
  if (size <= most) return cursor;
  cursor?.fail(`These are ${size}; there may be ${most}.`);
  return undefined;
}

function named<T>(cursor: Cursor | undefined, read: (name: string, cursor: Cursor) => T): Map<string, T> {
  return new Map(
    (cursor?.entries() ?? []).map(([name, entry]) => {
      checkName(name, entry);
      return [name, read(name, entry)];
    }),
  );
}

function readInput(name: string, cursor: Cursor): InputDefinition {
  cursor.onlyKeys(['type', 'description', 'default', 'required', 'constraints', 'entry_schema', 'key_schema', 'status', 'metadata']);
  const schema = readSchema(cursor);
  if (!inputTypes.includes(schema.type)) cursor.fail(`An input's type is one of ${inputTypes.join(', ')}, not ${schema.type}.`);
  const given = cursor.get('default');
  const value = given && plain(coerced(schema, given));
  // an empty text stands for "left empty", and "made by Transat" where the input is generated
  if (given && value !== '') for (const problem of valueProblems(schema, value)) given.doubt(problem);
  return {
    name,
    at: cursor.at,
    schema,
    description: cursor.get('description')?.text()?.trim(),
    ...(given && { default: value }),
    required: cursor.get('required')?.boolean() ?? true,
    metadata: readMetadata(cursor.get('metadata')),
  };
}

function readOutput(name: string, cursor: Cursor): OutputDefinition {
  cursor.onlyKeys(['description', 'value', 'type', 'metadata']);
  const value = cursor.get('value');
  if (!value) cursor.fail('An output needs a value.');
  return {
    name,
    at: cursor.at,
    description: cursor.get('description')?.text()?.trim(),
    value: readExpression(value?.value ?? cursor.value, cursor.what, cursor.diagnostics),
    metadata: readMetadata(cursor.get('metadata')),
  };
}

function readPolicy(name: string, cursor: Cursor): PolicyDefinition {
  const targets = (cursor.get('targets')?.items() ?? []).map((item) => item.text() ?? '');
  return { name, at: cursor.at, type: cursor.get('type')?.text() ?? '', targets, properties: readMetadata(cursor.get('properties')) };
}
