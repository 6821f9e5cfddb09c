export type InputType = 'string' | 'integer' | 'float' | 'boolean' | 'scalar-unit.size' | 'list' | 'map';
export type Generated = 'password' | 'token' | 'munge' | 'ssh-key' | 'kubeadm-token' | 'certificate-key' | 'ca';

/** A TOSCA constraint, as its keyword and operand: `{in_range: [1, 16]}`. */
export type Constraint = Partial<{
  equal: unknown;
  greater_than: number | string;
  greater_or_equal: number | string;
  less_than: number | string;
  less_or_equal: number | string;
  in_range: [number | string, number | string];
  valid_values: unknown[];
  length: number;
  min_length: number;
  max_length: number;
  pattern: string;
}>;

/** What a change of something that stands does to it, the least first: nothing runs, steps run again, one node after the other, nodes are made anew. */
export const effects = ['none', 'reload', 'rolling', 'recreate', 'data-lost'] as const;
export type Effect = (typeof effects)[number];

/** One question of a recipe's form. */
export interface FormInput {
  name: string;
  type: InputType;
  label: string;
  help?: string;
  default?: unknown;
  required: boolean;
  constraints: Constraint[];
  widget: 'text' | 'number' | 'toggle' | 'select' | 'size' | 'password' | 'list' | 'cidr' | 'ports';
  /** shown and asked only while that input has that value */
  enabledBy?: { input: string; equals: unknown };
  /** no answer but the default is taken while that input has that value, for this reason */
  unless?: { input: string; equals: unknown; because: string };
  /** made by Transat when left empty */
  generated?: Generated;
  secret: boolean;
  /** text of several lines is allowed */
  multiline?: boolean;
  /** type and constraints of the elements of a list or map */
  entry?: { type: string; constraints: Constraint[] };
  tab: string;
  /** what another answer does to nodes that stand; left out: the worst it may be */
  effect?: Effect;
  /** what stands can't get another answer */
  fixed?: boolean;
}

export type InputValues = Record<string, unknown>;

/** What is wrong with a value, for whoever says it in a language. */
export type Fault = { entry?: string } & (
  | { key: 'required' | 'text' | 'integer' | 'number' | 'boolean' | 'size' | 'bounds' | 'list' | 'map' }
  | { key: 'least' | 'most' | 'above' | 'below'; limit: string }
  | { key: 'range'; min: string; max: string }
  | { key: 'equal'; value: string }
  | { key: 'oneOf'; values: string }
  | { key: 'length' | 'minLength' | 'maxLength'; count: number; has: number; of: 'characters' | 'elements' }
  | { key: 'pattern'; pattern: string }
  | { key: 'cidr' | 'port'; text: string }
  | { key: 'tooLong' | 'tooMany'; limit: number }
  | { key: 'noText' | 'controls' | 'nested' }
  | { key: 'unless'; label: string; value: string; because: string }
);

/** Whether all of a text matches a pattern (RE2). */
export type Matches = (pattern: string, text: string) => boolean;
