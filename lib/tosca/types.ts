import type { ValueSchema } from '@/lib/inputs/values';
import type { Cursor } from './cursor';
import { normativeTypes } from './normative-types';
import { type Artifact, readArtifacts } from './read-artifacts';
import { readSchema } from './read-schema';
import { wholeNames } from './short-names';

export interface PropertyDefinition {
  schema: ValueSchema;
  required: boolean;
  default?: Cursor;
}

/** A node, capability, data, relationship or policy type: what it defines itself. */
export interface TypeDefinition {
  name: string;
  derivedFrom?: string;
  properties: Map<string, PropertyDefinition>;
  /** capability name → type (node types) */
  capabilities: Map<string, string>;
  requirements: Set<string>;
  attributes: Set<string>;
  /** `interfaces` with the scripts that every node of the type runs; the ancestors' first */
  interfaces: Cursor[];
  /** files and roles that its scripts need */
  artifacts: Map<string, Artifact>;
}

/** What a type has, its ancestors' included. */
export type ResolvedType = Omit<TypeDefinition, 'derivedFrom'>;

/** Ancestors that a type may have; those of the standard have four. */
const longestLine = 32;

/** Types by name, with inheritance: what a type has is its own and all that its ancestors have. */
export class TypeSystem {
  readonly #types = new Map<string, TypeDefinition>();
  readonly #resolved = new Map<string, ResolvedType>();

  constructor(types: Iterable<TypeDefinition> = normativeTypes) {
    for (const type of types) this.#types.set(type.name, type);
  }

  /** Adds a type; a later definition of a name replaces an earlier one. */
  add(type: TypeDefinition): void {
    this.#resolved.clear();
    this.#types.set(type.name, type);
  }

  has(name: string): boolean {
    return this.#types.has(name);
  }

  /** The whole name of a type that may be given by its last part alone; what is not known stays as it is. */
  nameOf(name: string): string {
    return this.#types.has(name) ? name : (wholeNames(name).find((whole) => this.#types.has(whole)) ?? name);
  }

  /** Whether `name` is `ancestor` or derived from it. */
  isA(name: string, ancestor: string): boolean {
    return this.#line(name).some((type) => type.name === ancestor);
  }

  /** What a type has, its ancestors' included; nearer definitions win. */
  resolve(name: string): ResolvedType {
    const found = this.#resolved.get(name) ?? this.#resolve(name);
    this.#resolved.set(name, found);
    return found;
  }

  #resolve(name: string): ResolvedType {
    const line = this.#line(name).toReversed();
    return {
      name,
      properties: new Map(line.flatMap((type) => [...type.properties])),
      capabilities: new Map(line.flatMap((type) => [...type.capabilities])),
      requirements: new Set(line.flatMap((type) => [...type.requirements])),
      attributes: new Set(line.flatMap((type) => [...type.attributes])),
      interfaces: line.flatMap((type) => type.interfaces),
      artifacts: new Map(line.flatMap((type) => [...type.artifacts])),
    };
  }

  /** Why a type can't be used: an ancestor that is not defined, or a circle. Null where it can. */
  problem(name: string): string | null {
    const seen = new Set<string>();
    for (let current: string | undefined = name; current !== undefined; current = this.#types.get(current)?.derivedFrom) {
      if (seen.has(current)) return `The type ${name} derives from itself.`;
      if (!this.#types.has(current))
        return current === name
          ? `There is no type ${name}; is an import missing?`
          : `${name} derives from ${current}, which is not defined.`;
      seen.add(current);
      if (seen.size > longestLine) return `${name} derives from more than ${longestLine} types.`;
    }
    return null;
  }

  #line(name: string): TypeDefinition[] {
    const line: TypeDefinition[] = [];
    let type = this.#types.get(name);
    while (type && !line.includes(type) && line.length <= longestLine) {
      line.push(type);
      type = type.derivedFrom === undefined ? undefined : this.#types.get(type.derivedFrom);
    }
    return line;
  }
}

const typeSections = [
  'data_types',
  'capability_types',
  'node_types',
  'relationship_types',
  'policy_types',
  'artifact_types',
  'interface_types',
  'group_types',
];

/** Reads all type definitions of a service template or of a file of types. */
export function readTypes(root: Cursor): TypeDefinition[] {
  return typeSections.flatMap((section) => (root.get(section)?.entries() ?? []).map(([name, cursor]) => readType(name, cursor, section)));
}

function readType(name: string, cursor: Cursor, section: string): TypeDefinition {
  const requirements = cursor.get('requirements')?.items() ?? [];
  return {
    name,
    derivedFrom: cursor.get('derived_from')?.text(),
    properties: new Map((cursor.get('properties')?.entries() ?? []).map(([key, value]) => [key, readProperty(value)])),
    artifacts: readArtifacts(cursor.get('artifacts')),
    capabilities: new Map((cursor.get('capabilities')?.entries() ?? []).map(([key, value]) => [key, capabilityType(value)])),
    requirements: new Set(requirements.flatMap((item) => item.entries().map(([key]) => key))),
    attributes: new Set((cursor.get('attributes')?.entries() ?? []).map(([key]) => key)),
    interfaces:
      section === 'node_types' || section === 'relationship_types' ? [cursor.get('interfaces')].filter((faces) => faces !== undefined) : [],
  };
}

function readProperty(cursor: Cursor): PropertyDefinition {
  return {
    schema: readSchema(cursor),
    required: cursor.get('required')?.boolean() ?? true,
    default: cursor.get('default'),
  };
}

// `host: tosca.capabilities.Container` and `host: {type: …}` both occur.
function capabilityType(cursor: Cursor): string {
  return (cursor.value.kind === 'scalar' ? cursor.text() : cursor.get('type')?.text()) ?? 'tosca.capabilities.Root';
}
