import type { ValueSchema } from '@/lib/inputs/values';
import type { YamlValue } from './cursor';
import type { Expression } from './expression';
import type { Position } from './located';
import type { Artifact } from './read-artifacts';
import type { TypeSystem } from './types';

/** A TOSCA service template as it was written, with names and types already checked. */
export interface ServiceTemplate {
  at: Position;
  metadata: Metadata;
  description: string;
  inputs: Map<string, InputDefinition>;
  nodes: Map<string, NodeTemplate>;
  outputs: Map<string, OutputDefinition>;
  policies: PolicyDefinition[];
  types: TypeSystem;
}

/** `metadata` of anything: names and plain values. */
export type Metadata = Map<string, YamlValue>;

export interface InputDefinition {
  name: string;
  at: Position;
  schema: ValueSchema;
  description?: string;
  default?: YamlValue;
  required: boolean;
  metadata: Metadata;
}

export interface NodeTemplate {
  name: string;
  at: Position;
  type: string;
  metadata: Metadata;
  properties: Map<string, Expression>;
  /** capability → its properties */
  capabilities: Map<string, Map<string, Expression>>;
  requirements: Requirement[];
  operations: Operation[];
  /** its type's, then its own */
  artifacts: Map<string, Artifact>;
}

export interface Requirement {
  name: string;
  at: Position;
  /** name of a node template */
  node: string;
  /** properties of the relationship (`location` of an attached disk) */
  properties: Map<string, Expression>;
  /** type of the relationship, where it is said */
  relationship?: string;
  /** what its relationship runs, on either end */
  operations: Operation[];
}

/** An operation of a node template's interface: a script and its inputs. */
export interface Operation {
  name: string;
  /** the node template at the other end, where a relationship brings the operation */
  of?: string;
  at: Position;
  /** path relative to the file in which it is named; that file is `scriptAt.file` */
  script: string;
  scriptAt: Position;
  timeoutSeconds?: number;
  inputs: Map<string, Expression>;
}

export interface OutputDefinition {
  name: string;
  at: Position;
  description?: string;
  value: Expression;
  metadata: Metadata;
}

export interface PolicyDefinition {
  name: string;
  at: Position;
  type: string;
  targets: string[];
  properties: Metadata;
}
